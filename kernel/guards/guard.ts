import type { ToolGrant } from "../capability/model.ts";
import type { ToolCall } from "../evaluation/call.ts";
import type { JsonValue } from "../json/value.ts";
import type { GuardConfig } from "../policy/effective-policy.ts";
import type { CompilePattern } from "../regex.ts";
import type { Result } from "../result.ts";
import type { ToolAction } from "./action.ts";

/**
 * What a guard remembers between calls, under its own name. Values are replaced, never changed in place.
 * The shell owns it: an evaluation that must leave no trace is given a copy.
 */
export interface GuardMemory {
  get(guard: string, key: string): JsonValue | undefined;
  set(guard: string, key: string, value: JsonValue): void;
}

/** What a guard sees of a call. */
export interface GuardRequest {
  readonly call: ToolCall;
  readonly action: ToolAction;
  readonly capabilityId: string;
  /** The grant that covers the call, and its place in the scope. */
  readonly grant: { readonly index: number; readonly grant: ToolGrant } | null;
  /** Unix milliseconds. */
  readonly now: bigint;
  readonly memory: GuardMemory;
}

/**
 * `deny` says why in one sentence and where: `pointer` is an RFC 6901 pointer into the arguments, or null
 * where it is the call as a whole. A guard that is not concerned with an action allows it.
 */
export type GuardAnswer =
  | { readonly verdict: "allow"; readonly details?: string }
  | { readonly verdict: "deny"; readonly reason: string; readonly pointer: string | null };

export interface Guard {
  /** The name in evidence and in receipts, in kebab case. */
  readonly name: string;
  check(request: GuardRequest): GuardAnswer;
}

/**
 * Makes one guard from the policy; null where the policy leaves it off. The error is a sentence: a guard that
 * cannot be built as written is refused when the policy is loaded, never skipped when a call comes.
 */
export interface GuardFactory {
  readonly name: string;
  make(config: GuardConfig, compile: CompilePattern): Result<Guard | null, string>;
}
