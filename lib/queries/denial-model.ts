import type { Evidence } from "@/lib/denials/model.ts";

/** What denials are narrowed by and listed by. `reason` is the reason with its particulars masked. */
export const DENIAL_FACETS = [
  "guard",
  "agent",
  "scope",
  "tool",
  "topic",
  "evidence",
  "policy",
  "reason",
  "group",
  "service",
  "file",
] as const;
export type DenialFacet = (typeof DENIAL_FACETS)[number];

/** What the Denials page asks for. Empty lists mean no restriction; an empty value stands for none. */
export interface DenialFilter {
  /** Unix seconds, start inclusive, end exclusive. */
  readonly time: { readonly from: number; readonly to: number } | null;
  readonly include: Readonly<Partial<Record<DenialFacet, readonly string[]>>>;
  readonly exclude: Readonly<Partial<Record<DenialFacet, readonly string[]>>>;
  /** Found in agent, tool, scope, topic, guard, reason or id, whatever the case; compared literally. */
  readonly text: string;
  /** Whether claims are among the denials that match; their number is always told apart. */
  readonly claims: boolean;
  /** How often the masks were changed; absent or 0 while they are the shipped ones. */
  readonly masks?: number;
  /** {@link DenialNumber}s, as a query found them; absent for no restriction, else 1 to 10,000. */
  readonly rows?: readonly DenialNumber[];
}
export const EVERY_DENIAL: DenialFilter = {
  time: null,
  include: {},
  exclude: {},
  text: "",
  claims: false,
};

export const PATTERN_PARTS = ["guard", "tool", "scope", "agent", "reason"] as const;
export type PatternPart = (typeof PATTERN_PARTS)[number];
export const DEFAULT_PARTS: readonly PatternPart[] = ["guard", "tool", "reason"];

/** Values of the parts that patterns are grouped by; a part that is not in use is absent. */
export type PatternKey = Readonly<Partial<Record<PatternPart, string>>>;

export interface TimeRange {
  /** Unix seconds of the first and the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * Counts of the denials that pass a filter. `denials` counts receipts, and claims too where the filter
 * admits them; `claims` counts the claims that pass everything else, admitted or not.
 */
export interface DenialTotals {
  readonly denials: number;
  readonly claims: number;
  readonly verified: number;
  readonly selfConsistent: number;
  readonly doesNotVerify: number;
  readonly notChecked: number;
  readonly patterns: number;
  readonly agents: number;
  readonly scopes: number;
  readonly range: TimeRange | null;
  /** Denials without a time: in no bin and in no spark line. */
  readonly timeless: number;
  /** All receipts and all denials that are loaded, whatever else is filtered; claims where they are admitted. */
  readonly everyReceipt: number;
  readonly everyDenial: number;
}

export interface DenialBin {
  /** Unix seconds of the bin's start. */
  readonly from: number;
  readonly total: number;
  /** In the order of {@link DenialHistogram.guards}; what is left of `total` are other guards. */
  readonly counts: readonly number[];
}
export interface DenialHistogram {
  readonly binSeconds: number;
  readonly bins: readonly DenialBin[];
  /** The most frequent guards, at most 5. */
  readonly guards: readonly { readonly guard: string; readonly denials: number }[];
  /** How many more guards there are, and their denials. */
  readonly other: { readonly guards: number; readonly denials: number };
}

export interface PatternRow {
  readonly key: PatternKey;
  readonly denials: number;
  /** Of the filter's denials, 0 to 1. */
  readonly share: number;
  readonly verified: number;
  /** Claims of this pattern, whether or not the filter admits them. */
  readonly claims: number;
  readonly agents: number;
  readonly scopes: number;
  readonly tools: number;
  /** The most frequent value of each, the first in order where several are. */
  readonly topGuard: string;
  readonly topAgent: string;
  readonly topTool: string;
  readonly topScope: string;
  /** Unix seconds; null where none has a time. */
  readonly first: number | null;
  readonly last: number | null;
  /** Denials in equal parts of the range that all patterns share. */
  readonly spark: readonly number[];
  /** Denials in the first and in the last third of that range. */
  readonly trend: { readonly earlier: number; readonly later: number };
}
export interface PatternList {
  /** Most frequent first, at most 500. */
  readonly patterns: readonly PatternRow[];
  /** How many patterns there are in all. */
  readonly distinct: number;
  readonly range: TimeRange | null;
}
export const SPARK_BINS = 48;

/** A receipt's row number, or `-1 - record` of a claim: what orders and selects denials. */
export type DenialNumber = number;

export interface DenialRow {
  readonly number: DenialNumber;
  /** Null for a claim. */
  readonly row: number | null;
  /** Number of the dead letter, where the denial came in one that is known. */
  readonly record: number | null;
  readonly evidence: Evidence;
  readonly timestamp: number | null;
  readonly id: string;
  readonly agent: string;
  readonly service: string;
  readonly server: string;
  readonly tool: string;
  readonly scope: string;
  readonly topic: string;
  readonly guard: string;
  readonly reason: string;
  readonly pattern: string;
  readonly capability: string;
  readonly policy: string;
  readonly key: string;
  readonly group: string;
  /** Units as decimal text: they may exceed a double. */
  readonly cost: { readonly units: string; readonly currency: string } | null;
  readonly source: { readonly partition: number; readonly offset: string } | null;
  readonly file: string;
}

export interface DenialFacetValues {
  readonly name: DenialFacet;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly distinct: number;
}

/** When a policy was first seen in any receipt, allowed ones too. */
export interface PolicyBoundary {
  readonly policy: string;
  /** Unix seconds. */
  readonly first: number;
  readonly last: number;
  readonly receipts: number;
  /** Whether no other policy was seen earlier: then it is a beginning, not a change. */
  readonly isFirst: boolean;
}

export const PREVALENCE_FIELDS = [
  "agent",
  "scope",
  "tool",
  "topic",
  "capability",
  "service",
  "policy",
  "group",
  "key",
] as const;
export type PrevalenceField = (typeof PREVALENCE_FIELDS)[number];

/** A value among a pattern's denials and elsewhere. Counts are of receipts, except where said. */
export interface Prevalence {
  readonly field: PrevalenceField;
  readonly value: string;
  /** Denials of the pattern, and other denials, with this value. */
  readonly denials: number;
  readonly outside: number;
  /** Receipts with this value that allow, at any time. */
  readonly allowed: number;
  /** Receipts with this value before the pattern's first second; and those of the pattern's agents. */
  readonly before: number;
  readonly beforeByAgents: number;
}
/** How many of a pattern's receipts stand where in their chains. Claims stand in none. */
export interface ChainPosition {
  readonly denials: number;
  /** They follow from a receipt that is loaded; they name one that is not. */
  readonly caused: number;
  readonly missing: number;
  /** Something follows from them: ordinary for nothing but a dead letter. */
  readonly followed: number;
}

export interface PatternDetail {
  readonly key: PatternKey;
  readonly totals: DenialTotals;
  /** For each field the most frequent values, at most 5. */
  readonly prevalence: readonly Prevalence[];
  /** How many values each field has. */
  readonly distinct: Readonly<Record<PrevalenceField, number>>;
  /** The first two and the last by time. */
  readonly examples: readonly DenialRow[];
  readonly chain: ChainPosition;
}
