import type { DenialNumber } from "./denial-model.ts";

export interface MatrixLine {
  readonly value: string;
  readonly denials: number;
}
/** Denials by two fields; the most frequent values of each, the rest counted. */
export interface DenialMatrix {
  readonly rows: readonly MatrixLine[];
  readonly columns: readonly MatrixLine[];
  /** Indexes into `rows` and `columns`; pairs without a denial are left out. */
  readonly cells: readonly {
    readonly row: number;
    readonly column: number;
    readonly denials: number;
  }[];
  /** How many values each field has in all. */
  readonly distinctRows: number;
  readonly distinctColumns: number;
  /** All matching denials; those outside the shown rows and columns are `total` less the cells' sum. */
  readonly total: number;
}

/** The first time that an agent asked for a scope or tool, where it was denied. */
export interface FirstSeen {
  readonly kind: "scope" | "tool";
  readonly agent: string;
  readonly value: string;
  /** Unix seconds of the pair's first decision, and of the agent's first decision of any kind. */
  readonly first: number;
  readonly agentFirst: number;
  /** Matching denials of the pair. */
  readonly denials: number;
  /** Receipts that allow the pair, at any time. */
  readonly allowed: number;
}
export interface FirstSeenList {
  /** Latest first, at most 200. */
  readonly pairs: readonly FirstSeen[];
  readonly distinct: number;
}

/** How a denied scope spread from agent to agent. */
export interface ScopeSpread {
  readonly scope: string;
  readonly denials: number;
  readonly agents: number;
  /** For each agent the second of its first denial, ascending; at most 60. */
  readonly steps: readonly { readonly agent: string; readonly at: number }[];
}

/** A denial after which the same agent's next call for the same scope or tool was allowed. */
export interface Probe {
  readonly agent: string;
  readonly scope: string;
  readonly tool: string;
  readonly denied: DenialNumber;
  readonly deniedAt: number;
  readonly allowed: number;
  readonly allowedAt: number;
  readonly gapSeconds: number;
}
export interface ProbeList {
  /** Latest first, at most 200. */
  readonly probes: readonly Probe[];
  readonly total: number;
  readonly agents: number;
}

/** Repeated denials of the record with one key. */
export interface Retry {
  readonly key: string;
  readonly topic: string;
  readonly denials: number;
  readonly agents: number;
  /** Unix seconds; null where none has a time. */
  readonly first: number | null;
  readonly last: number | null;
  /** Between neighbours in time; null with fewer than two times. */
  readonly medianGapMs: number | null;
  /** Gaps within 10 % of the median, 0 to 1. */
  readonly regular: number | null;
  /** Whether times are those of records, in milliseconds, or of receipts, in whole seconds. */
  readonly precision: "millisecond" | "second";
}
export interface RetryList {
  /** Most denials first, at most 200. */
  readonly retries: readonly Retry[];
  /** Keys that were denied more than once, and the denials of those keys. */
  readonly keys: number;
  readonly denials: number;
}

/** Exact sums as decimal text, largest first: a sum may exceed what a double holds. */
export interface RefusedCost {
  readonly currency: string;
  readonly units: string;
  readonly denials: number;
}
export interface RefusedCosts {
  readonly totals: readonly RefusedCost[];
  /** The most costly agents, at most 200. */
  readonly agents: readonly (RefusedCost & { readonly agent: string })[];
}

export interface ConsumerGroup {
  readonly group: string;
  readonly denials: number;
  readonly agents: number;
  /** Denials by a guard whose name says budget or velocity. */
  readonly budget: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly costs: readonly RefusedCost[];
}

/** Offsets of one partition that receipts name; those between that none names advanced without a receipt. */
export interface PartitionCoverage {
  readonly topic: string;
  readonly partition: number;
  readonly offsets: number;
  /** Decimal texts. */
  readonly from: string;
  readonly to: string;
  /** Offsets between `from` and `to` that no loaded receipt names. */
  readonly absent: string;
  readonly gaps: number;
  /** The widest, at most 5, both ends inclusive. */
  readonly widest: readonly { readonly from: string; readonly to: string }[];
}

/** Records that a connector could not process; they are no denials. */
export interface ProcessingFailure {
  readonly failure: string;
  readonly records: number;
  readonly topics: number;
  /** Record times in milliseconds; null where none is known. */
  readonly first: number | null;
  readonly last: number | null;
}
