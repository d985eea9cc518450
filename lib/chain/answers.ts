import type { Beneath, NodeFacts, Settlement } from "./model.ts";

/** What is known of the links as a whole, for a page without a chosen receipt. */
export interface ChainOverview {
  readonly receipts: number;
  readonly links: number;
  readonly missing: number;
  /** Receipts that have a link at all. */
  readonly linked: number;
  /** Roots with the most descendants, at most five; counts are exact. */
  readonly roots: readonly { readonly facts: NodeFacts; readonly descendants: Beneath }[];
  /** Denied receipts with a cause, newest first, at most five. */
  readonly denials: readonly NodeFacts[];
}

/** One line of a chain written out: a parent, then its children one level deeper. */
export interface ChainLine {
  readonly node: number;
  readonly level: number;
  /** The node stood further up already: its continuation is not written twice. */
  readonly repeated: boolean;
  /** Neighbours that the depth leaves out. */
  readonly cutOff: number;
}

/** As {@link ChainLine}, for a page. */
export interface CauseLine {
  readonly facts: NodeFacts;
  readonly level: number;
  readonly repeated: boolean;
}

/** From a node to what began it, every branch of every join; a list is cut at 500 lines and says so. */
export interface RootCause {
  readonly lines: readonly CauseLine[];
  readonly roots: number;
  readonly isCut: boolean;
}

/** Around a denied step. Lists hold at most 50; `total` is the true number. */
export interface StepList {
  readonly total: number;
  readonly steps: readonly NodeFacts[];
}
export interface WhereItStopped {
  readonly denied: NodeFacts;
  /** What led to it and was allowed, nearest first. */
  readonly before: StepList;
  /** What other steps of the same kind (tool or topic, service) led on to, and this one did not: names with counts. */
  readonly neverRan: {
    /** Allowed steps of the same kind that were looked at: at most 10,000, the nearest in the order of time. */
    readonly alike: number;
    readonly steps: readonly {
      readonly label: string;
      readonly boundary: NodeFacts["boundary"];
      readonly service: string;
      /** How many of the alike led on to it. */
      readonly count: number;
    }[];
  };
  /** Recorded after it all the same: steps that name the denied one as their cause. */
  readonly after: StepList;
  /** Other consequences of the same cause, which went on. */
  readonly siblings: StepList;
}

/** Of everything within a walk. */
export interface ChainStatistics {
  /** Most steps one after the other. */
  readonly depth: number;
  /** Most consequences of one step, and whose. */
  readonly fanOut: { readonly most: number; readonly at: NodeFacts | null };
  readonly roots: number;
  readonly leaves: number;
  /** Seconds between the first and the last step; null where no step says its time. */
  readonly span: number | null;
  readonly services: readonly string[];
  readonly crossings: number;
  /** Sums in minor units, one for each currency, over the walk; and along the path to the root cause. */
  readonly cost: readonly { readonly currency: string; readonly units: bigint }[];
  readonly costOfPath: readonly { readonly currency: string; readonly units: bigint }[];
  /** The longest time between a cause and its consequence. */
  readonly slowest: {
    readonly from: NodeFacts;
    readonly to: NodeFacts;
    readonly seconds: number;
  } | null;
  readonly settlement: Readonly<Record<Settlement, number>>;
  readonly strengths: Readonly<Record<"asserted" | "observed" | "verified", number>>;
}

/** Two chains of the same kind, step by step. */
export interface ChainComparison {
  readonly left: NodeFacts;
  readonly right: NodeFacts;
  readonly same: number;
  readonly steps: readonly ComparedStep[];
  /** Lines that are not listed. */
  readonly more: number;
}
export interface ComparedStep {
  readonly kind: "same" | "added" | "missing" | "changed";
  /** Depth under the compared roots. */
  readonly level: number;
  readonly left: NodeFacts | null;
  readonly right: NodeFacts | null;
  /** What differs: `decision`, `service`, `agent`, `guard`, `cost`, `integrity`, `settlement`. */
  readonly differs: readonly string[];
}

/** A way between two nodes along links, whichever way they point. */
export interface PathBetween {
  readonly steps: readonly {
    readonly facts: NodeFacts;
    /** How the step before leads here; null for the first. */
    readonly by: "caused" | "caused-by" | null;
  }[];
}
