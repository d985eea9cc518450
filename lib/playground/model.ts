import type { GrantComparison } from "@/kernel/capability/compare.ts";
import type { Money } from "@/kernel/capability/model.ts";
import type { Denial, EvidenceRow, TraceStep } from "@/kernel/evaluation/model.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";

/** Where something was written that the page can point at. */
export type InputName = "capability" | "request" | "policy" | "clock" | "used";

/** What an evaluation here starts from: texts as they stand in the page's editors. */
export interface PlaygroundInput {
  /** A token, signed or not, as JSON; empty where none is presented. */
  readonly capability: string;
  /** The token as it was loaded, with its own signature; null for one that was written here. */
  readonly loaded: JsonObject | null;
  /** What is done about the signature of a token that is not as it was loaded. */
  readonly signing: "demo" | "own";
  readonly request: string;
  /** Unix seconds, as typed. */
  readonly clock: string;
  /** A policy document, YAML or JSON; null for the default policy. */
  readonly policy: string | null;
  /** Capability authorities that are pinned and in force, canonical spelling; null where none is pinned at all. */
  readonly pinnedIssuers: readonly string[] | null;
  readonly used: UsedBefore;
}

/** What the grant that is charged has used before this call, as typed; empty is nothing. */
export interface UsedBefore {
  readonly invocations: string;
  /** Minor units, in the currency of the grant. */
  readonly spent: string;
}

/** Why a text cannot be judged at all. The message is a sentence. */
export interface InputProblem {
  readonly input: InputName;
  readonly message: string;
  /** UTF-16 index into the text, where the problem has a place. */
  readonly offset: number | null;
}

/** How the token that was judged came to its signature. */
export type TokenSigning =
  | { readonly kind: "none" }
  | { readonly kind: "demo"; readonly edited: boolean }
  | {
      readonly kind: "own";
      readonly fits: boolean;
      /** `assumed`: no authority is pinned, so the token's own issuer was taken as trusted. */
      readonly issuer: "pinned" | "not-pinned" | "assumed";
    };

/** A line of an editor that decided, counted from 1. */
export interface DecidingLine {
  readonly input: "capability" | "request";
  readonly line: number;
}

export interface ComparedGrant {
  readonly comparison: GrantComparison;
  /** Lines of the capability's text, from 1; null where the grant is not found in it. */
  readonly lines: { readonly from: number; readonly to: number } | null;
}

/** What ended a grant's budget: its number of calls, or its total with what one call may cost. */
export type ExhaustedGrant =
  | { readonly kind: "invocations"; readonly limit: bigint }
  | {
      readonly kind: "cost";
      readonly total: Money;
      readonly left: bigint;
      /** Null where the grant does not say what a call may cost. */
      readonly perCall: bigint | null;
    };

export type PlaygroundOutcome =
  | { readonly kind: "unreadable"; readonly problems: readonly InputProblem[] }
  | JudgedOutcome;

export interface JudgedOutcome {
  readonly kind: "judged";
  /** Null where the call is allowed. */
  readonly denial: Denial | null;
  readonly trace: readonly TraceStep[];
  readonly evidence: readonly EvidenceRow[];
  /** Guards of the policy in their order, those that did not run too. */
  readonly guards: readonly string[];
  readonly asked: { readonly serverId: string; readonly toolName: string };
  readonly capability: {
    readonly id: string;
    readonly issuer: string;
    /** Unix seconds, start inclusive, end exclusive. */
    readonly issuedAt: bigint;
    readonly expiresAt: bigint;
  } | null;
  readonly signing: TokenSigning;
  /** What the kernel here was given: the token as signed, and the authorities that it took as trusted. */
  readonly presented: {
    readonly token: JsonObject | null;
    readonly trustedIssuers: readonly string[];
  };
  /** The grant that was not covered any more; null unless that is why the call is denied. */
  readonly exhausted: ExhaustedGrant | null;
  readonly grants: readonly ComparedGrant[];
  readonly deciding: DecidingLine | null;
  readonly policyHash: string;
  /** Signed with a throw-away key, marked as a demo; never evidence. */
  readonly receipt: JsonObject;
  /** Of the whole evaluation, signing of the receipt included. */
  readonly milliseconds: number;
}

/** One change that would turn a denial; found by search over the evaluator. */
export interface Change {
  readonly target: "capability" | "policy" | "request" | "budget";
  /** RFC 6901, into the target. */
  readonly pointer: string;
  readonly kind: "add" | "replace" | "remove";
  readonly before: JsonValue | null;
  readonly after: JsonValue | null;
  /** The change in a few words: `one more grant for read_file`. */
  readonly about: string;
}

export interface Hint {
  readonly changes: readonly Change[];
  /** How many evaluations the search took. */
  readonly evaluations: number;
}
