/** Two ways to read one pattern. Facts are laid out for each; nothing here weighs them. */
export const READINGS = ["misconfiguration", "attack"] as const;
export type Reading = (typeof READINGS)[number];

/** What was counted; times in Unix seconds. */
export type ReadingFact =
  /** The last policy that was first seen before the pattern's first denial, and how long before. */
  | {
      readonly kind: "policy-change";
      readonly policy: string;
      readonly at: number;
      readonly secondsBefore: number;
    }
  /** No policy was first seen in the hour before the first denial. */
  | { readonly kind: "no-policy-change"; readonly withinSeconds: number }
  /** Message keys that were retried, and how evenly. */
  | {
      readonly kind: "retries";
      readonly keys: number;
      readonly gaps: number;
      readonly medianMs: number;
      /** Gaps within 10 % of the median, 0 to 1. */
      readonly regular: number;
      readonly precision: "millisecond" | "second";
    }
  /** Who asked. `newCapabilities` were in no receipt before the first denial. */
  | {
      readonly kind: "actors";
      readonly agents: number;
      readonly groups: number;
      readonly capabilities: number;
      readonly newCapabilities: number;
      readonly keys: number;
    }
  /** What else the pattern's agents were denied in its time, give or take an hour; by first denial. */
  | {
      readonly kind: "other-tools";
      readonly tools: number;
      readonly otherTools: number;
      readonly scopes: number;
      /** At most 12. */
      readonly order: readonly { readonly value: string; readonly at: number }[];
    }
  /** Whether these agents asked for these scopes (or tools) before the first denial. */
  | { readonly kind: "asked-before"; readonly before: number; readonly allowedBefore: number }
  /** Calls by these agents for these scopes (or tools) that were allowed after a denial. */
  | { readonly kind: "allowed-after"; readonly count: number };

export interface ReadingEvidence {
  readonly reading: Reading;
  readonly sign: "for" | "against";
  readonly fact: ReadingFact;
  /** A statement that gives the fact's numbers, as it runs in the workbench. */
  readonly sql: string;
}
export interface TwoReadings {
  readonly first: number | null;
  readonly last: number | null;
  readonly evidence: readonly ReadingEvidence[];
}
