import type { Money } from "../capability/model.ts";

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

/** A worst-case amount that was set aside before a call; `units` is zero where the grant has no cost. */
export interface Hold {
  readonly id: string;
  readonly capabilityId: string;
  readonly grantIndex: number;
  readonly units: bigint;
  readonly currency: string | null;
  /** Null where the grant has no total. */
  readonly total: Money | null;
  /** Exposed and realized together, with this hold in it. */
  readonly committedAfter: bigint;
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
