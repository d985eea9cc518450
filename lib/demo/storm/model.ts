import type { KafkaRecord } from "@/lib/ingest/kafka/record.ts";

/** A record of a topic before any tool exported it. */
export type StormRecord = Omit<KafkaRecord, "form" | "fidelity">;

/**
 * What one pattern amounts to. Its three parts are written beside the template that the rows were made from;
 * the numbers are counted as rows are emitted. Nothing here was worked out by code that groups or masks.
 */
export interface PatternTruth {
  readonly guard: string;
  readonly tool: string;
  /** The reason with its particulars masked. */
  readonly reason: string;
  readonly denials: number;
  /** How many of them carry no receipt. */
  readonly claims: number;
  readonly agents: readonly string[];
  readonly scopes: readonly string[];
  /** Distinct keys of the records that were judged. */
  readonly keys: number;
  /** Unix seconds. */
  readonly first: number;
  readonly last: number;
}

/** An agent that was denied one scope again and again: sliding windows must find exactly these. */
export interface BurstTruth {
  readonly agent: string;
  readonly scope: string;
  readonly guard: string;
  readonly denials: number;
  readonly claims: number;
  readonly keys: number;
  /** Between one try of a key and its next, by the records' times. */
  readonly gapMs: number;
  /** Unix seconds. */
  readonly first: number;
  readonly last: number;
}

/** An agent that was denied several scopes in a short time, each for the first time. */
export interface WideningTruth {
  readonly agent: string;
  /** In the order in which they were tried, with the second of the first try of each. */
  readonly tried: readonly { readonly scope: string; readonly tool: string; readonly at: number }[];
}

/** A denied call of which the same agent was granted the same scope later. Unix seconds. */
export interface ProbeTruth {
  readonly agent: string;
  readonly scope: string;
  readonly denied: number;
  readonly allowed: number;
}

/** A moment at which a rule has to fire, and how many more events its cooldown has to hold back. */
export interface FiringTruth {
  readonly agent: string;
  readonly at: number;
  readonly held: number;
}

/** Denials of one guard in the bar that starts at `second`. */
export interface BarTruth {
  readonly second: number;
  readonly guard: string;
  readonly denials: number;
}

export const BAR_SECONDS = 600;

/** What a storm holds, counted while it was made. */
export interface StormTruth {
  readonly seed: number;
  /** Rows of the dead letter files that are denials, receipts of the log, and what is neither. */
  readonly deadLetters: number;
  readonly receipts: number;
  readonly allows: number;
  readonly failures: number;
  readonly tombstones: number;
  readonly copies: number;
  /** Denials are receipts that say deny, and claims. */
  readonly denials: number;
  readonly claims: number;
  readonly patterns: readonly PatternTruth[];
  readonly guards: readonly { readonly guard: string; readonly denials: number }[];
  readonly bars: readonly BarTruth[];
  readonly bursts: readonly BurstTruth[];
  readonly widenings: readonly WideningTruth[];
  readonly probes: readonly ProbeTruth[];
  /** Firings of the two rules that {@link STORM_RULES} describes. */
  readonly firings: {
    readonly repeats: readonly FiringTruth[];
    readonly scopes: readonly FiringTruth[];
  };
  /** Unix seconds of the first and last denial. */
  readonly first: number;
  readonly last: number;
}

/** The rules whose firings a storm knows, over denials of one agent: every denial, or distinct scopes. */
export const STORM_RULES = {
  repeats: { windowSeconds: 600, threshold: 40, cooldownSeconds: 1800 },
  scopes: { windowSeconds: 600, threshold: 3, cooldownSeconds: 1800 },
} as const;

/** Everything that the analyst's five minutes name, counted while the files were made. */
export interface WalkthroughTruth extends StormTruth {
  readonly scale: number;
  readonly checkpoints: number;
  /** The day, Unix seconds of its midnight in UTC. */
  readonly day: number;
  readonly policy: { readonly changedAt: number; readonly before: string; readonly after: string };
  /** The pattern that stands on top. */
  readonly top: {
    readonly agent: string;
    readonly scope: string;
    readonly tool: string;
    readonly denials: number;
    readonly keys: number;
    readonly gapMs: number;
    readonly first: number;
    readonly last: number;
    /** What else this agent tried, in order, and when. */
    readonly widening: WideningTruth;
  };
  /** How often "distinct scopes per agent in 10 minutes, 30 minutes of cooldown" fires, by threshold. */
  readonly scopeRule: readonly {
    readonly threshold: number;
    readonly firings: readonly FiringTruth[];
  }[];
  /** The top pattern's denials judged again with its scope granted to `capability`. */
  readonly replay: {
    readonly capability: string;
    /** The grant to add, as a capability's scope has it. */
    readonly grant: {
      readonly server_id: string;
      readonly tool_name: string;
      readonly operations: readonly string[];
    };
    readonly allowed: number;
    readonly refusedByConstraint: number;
  };
}
