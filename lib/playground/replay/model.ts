import type { DenyCode } from "@/kernel/evaluation/deny-codes.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { TrustKey } from "@/lib/session/model.ts";

/** What denials are judged by again: texts as they stand in the page's editors. */
export interface ReplayInput {
  /** The edited token; it stands for the capability of its own id. Empty for none. */
  readonly capability: string;
  /** That token as it was loaded, with its own signature; null for one that was written here. */
  readonly loaded: JsonObject | null;
  readonly signing: "demo" | "own";
  /** The token's dates were made up with a template: they say nothing about the capability. */
  readonly datesMadeUp: boolean;
  /** A policy document, YAML or JSON; null for the default policy. */
  readonly policy: string | null;
  /** Pinned keys; those of capability authorities are in force by their windows, at each denial's time. */
  readonly pinned: readonly TrustKey[];
}

/** Guards whose answer depends on other calls: they are left out, and named. */
export const STATEFUL_GUARDS = ["velocity", "agent-velocity", "data-flow"] as const;

/** Everything that a replay leaves out, by the names that the page gives to them. */
export const NOT_EVALUATED = [
  "revocation",
  ...STATEFUL_GUARDS,
  "budget",
  "proof of possession",
] as const;

/** What denied a call at its time and is not looked at again. */
export type LeftOut =
  | (typeof NOT_EVALUATED)[number]
  | "subject"
  | "registration"
  | "emergency stop"
  | "tool server"
  | "output scan"
  | "internal error"
  | "another guard";

/** Why a denial cannot be judged again. */
export type WhyNot =
  | { readonly why: "record-lost" }
  | { readonly why: "http-receipt" }
  | { readonly why: "no-call" }
  | { readonly why: "no-parameters" }
  | { readonly why: "parameters-redacted" }
  | { readonly why: "parameters-differ" }
  | { readonly why: "no-time" }
  | { readonly why: "call-unreadable" }
  | { readonly why: "capability-not-named" }
  | { readonly why: "capability-not-loaded" }
  | { readonly why: "capability-unreadable" }
  | { readonly why: "ancestors-not-loaded" }
  | { readonly why: "proof-not-kept" }
  /** Nothing that is evaluated denies it, but what denied it then is left out. */
  | { readonly why: "cause-left-out"; readonly cause: LeftOut };

/** What becomes of one denial. */
export type ReplayOutcome =
  | { readonly kind: "allowed" }
  | {
      readonly kind: "denied";
      readonly code: DenyCode;
      /** The guard, or `kernel`. */
      readonly guard: string;
      /** A grant names the tool, and only a condition on the arguments keeps it from fitting. */
      readonly byConstraint: boolean;
    }
  | ({ readonly kind: "not-evaluated" } & WhyNot);

export interface JudgedDenial {
  readonly outcome: ReplayOutcome;
  /** The receipt names no agent, so the capability's subject was taken for it. */
  readonly agentAssumed: boolean;
}

/** What became of the denials of one pack. */
export interface JudgedPack {
  /** Numbers in the database. */
  readonly rows: Float64Array<ArrayBuffer>;
  /** For each of them, an index into `outcomes`. */
  readonly outcomeOf: Uint16Array<ArrayBuffer>;
  /** Every outcome that this run has met so far, in the order in which they were met. */
  readonly outcomes: readonly ReplayOutcome[];
  /** Rows whose agent was taken from their capability. */
  readonly agentsAssumed: number;
}
