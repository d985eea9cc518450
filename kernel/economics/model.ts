import type { Money } from "../capability/model.ts";

/** No amount, count or sum of them may pass this: the stores and the wire hold u64. */
export const U64_MAX = 2n ** 64n - 1n;

/** What one grant of one capability has used (kernel semantics 3.1). Units are minor units of `currency`. */
export interface Usage {
  readonly invocations: bigint;
  /** Open holds. */
  readonly exposed: bigint;
  /** Reconciled spend. */
  readonly realized: bigint;
  readonly currency: string | null;
}

export const NO_USAGE: Usage = { invocations: 0n, exposed: 0n, realized: 0n, currency: null };

/**
 * The worst case that was set aside before a call. `units` is zero where the grant has no cost, and where it
 * has a total but no cap for each call (`capped` is false): what such a call costs is known only afterwards.
 */
export interface Hold {
  readonly id: string;
  readonly capabilityId: string;
  readonly grantIndex: number;
  readonly units: bigint;
  /** Null where the grant has no cost. */
  readonly currency: string | null;
  readonly capped: boolean;
  /** Null where the grant has no total. */
  readonly total: Money | null;
  /** Exposed and realized together, with this hold in it. */
  readonly committedAfter: bigint;
}

/** What a tool says that a call has cost. Its word, held against what was set aside. */
export interface CostReport {
  readonly units: bigint;
  readonly currency: string;
}

export type BudgetEventKind = "authorize" | "reverse" | "reconcile";

/**
 * One change of a grant's usage. Applying an event twice changes nothing; the same id with another content
 * is refused, since it would be another decision under an old name.
 */
export interface BudgetEvent {
  readonly id: string;
  readonly kind: BudgetEventKind;
  readonly holdId: string;
  readonly capabilityId: string;
  readonly grantIndex: number;
  readonly units: bigint;
  /** What was really spent: `reconcile` alone. */
  readonly realized: bigint;
  readonly currency: string | null;
}
