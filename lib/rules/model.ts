import type { EventField } from "@/lib/denials/model.ts";

export const SEVERITIES = ["informational", "low", "medium", "high", "critical"] as const;
export type RuleSeverity = (typeof SEVERITIES)[number];

/** Which denials a rule counts: signed by a pinned key; with a signature that fits; whatever says so. */
export const RULE_EVIDENCE = ["verified", "signed", "everything"] as const;
export type RuleEvidence = (typeof RULE_EVIDENCE)[number];

export const OPERATORS = [
  "is",
  "is-not",
  "starts-with",
  "ends-with",
  "contains",
  "matches",
] as const;
export type RuleOperator = (typeof OPERATORS)[number];

/** Holds where the operator holds for one of the values; of `is-not`, for none of them. */
export interface RuleCondition {
  readonly field: EventField;
  readonly operator: RuleOperator;
  readonly values: readonly string[];
}

export type RuleMeasure =
  | { readonly kind: "count" }
  | { readonly kind: "distinct"; readonly field: EventField }
  /** Denials over decisions, 0 to 1, where the window holds at least `minimum` decisions. */
  | { readonly kind: "ratio"; readonly minimum: number };

/**
 * Counts denials of a group over a sliding window. The window of an event at second `t` holds what came at
 * or before it, in the order of the events, later than `t - windowSeconds`. The rule fires at the first event
 * whose measure reaches the threshold; for `cooldownSeconds` after it, further such events of the group are
 * held back and counted.
 */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: RuleSeverity;
  readonly isEnabled: boolean;
  /** All must hold. */
  readonly conditions: readonly RuleCondition[];
  readonly groupBy: readonly EventField[];
  readonly measure: RuleMeasure;
  readonly windowSeconds: number;
  readonly threshold: number;
  readonly cooldownSeconds: number;
  readonly evidence: RuleEvidence;
}

export interface Alert {
  readonly rule: string;
  readonly severity: RuleSeverity;
  /** Unix seconds of the event at which it fired, and of the oldest event in its window. */
  readonly at: number;
  readonly since: number;
  readonly group: readonly { readonly field: EventField; readonly value: string }[];
  readonly measure: number;
  readonly threshold: number;
  /** How many events its window held; at most {@link ALERT_MEMBERS} are listed (alert-members.ts). */
  readonly events: number;
  /** Numbers of receipts in the database, and of claims (dead letters), of the window's events. */
  readonly rows: readonly number[];
  readonly records: readonly number[];
  /** Events that would have fired too, held back until `heldUntil`. */
  readonly held: number;
  readonly heldUntil: number;
}
export const ALERT_MEMBERS = 500;

export interface RulePreview {
  /** The first {@link PREVIEW_ALERTS}, by time. */
  readonly alerts: readonly Alert[];
  /** How often it would have fired, and how many further events cooldowns held back. */
  readonly fired: number;
  readonly held: number;
  /** Denials that pass the conditions and count as evidence, and the groups that they fall into. */
  readonly events: number;
  readonly groups: number;
  /** Denials that pass the conditions but are not counted, by what they are worth. */
  readonly notCounted: { readonly unverified: number; readonly claims: number };
  /** The greatest measure that any window reached; 0 where there is none. */
  readonly peak: number;
  /** How often it would have fired at other thresholds, ascending; for the slider. */
  readonly curve: readonly { readonly threshold: number; readonly fired: number }[];
}
export const PREVIEW_ALERTS = 1000;
