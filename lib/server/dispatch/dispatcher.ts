import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";

/** A call that was allowed, as it was judged: after every rewrite. */
export interface DispatchCall {
  readonly serverId: string;
  readonly toolName: string;
  readonly arguments: JsonValue;
}

/**
 * What came of running it. `failed`: no result can be vouched for, so nothing is delivered and the hold is
 * given back; `detail` becomes part of a signed reason, so it names no path and no address.
 */
export type DispatchOutcome =
  | {
      readonly kind: "delivered";
      readonly output: JsonObject;
      /** The cost that the tool reports, as received; undefined where it reports none. */
      readonly cost: JsonValue | undefined;
    }
  | { readonly kind: "failed"; readonly detail: string };

/** Runs allowed calls on tool servers. A kernel without one evaluates and dispatches nothing. */
export interface Dispatcher {
  /** Whether the tool can be called right now. */
  isRegistered(serverId: string, toolName: string): boolean;
  /** Never rejects, and always settles within the time limit of the settings. */
  call(call: DispatchCall): Promise<DispatchOutcome>;
  close(): Promise<void>;
}
