import type { ByteSource } from "../record.ts";
import type { ByteSink } from "../sources.ts";
import type { Budget } from "./budget.ts";

/** What an archive gives: its entries as they come, and what is wrong with it. */
export type ArchiveStep =
  | { readonly kind: "entry"; readonly name: string; readonly source: ByteSource }
  | {
      readonly kind: "problem";
      readonly code: "FMT-011" | "LIM-003";
      /** The entry that it is about, or null for the archive as a whole. */
      readonly name: string | null;
      readonly expected: string | null;
      readonly actual: string;
    };

export interface UnpackContext {
  readonly budget: Budget;
  readonly signal: AbortSignal | undefined;
  readonly sink: () => ByteSink;
}

export type Unpacking = AsyncGenerator<ArchiveStep, void>;

export function damaged(name: string | null, actual: string, expected?: string): ArchiveStep {
  return { kind: "problem", code: "FMT-011", name, expected: expected ?? null, actual };
}

export function overLimit(name: string | null, limit: Limit): ArchiveStep {
  return { kind: "problem", code: "LIM-003", name, ...limit };
}

/** A limit that was passed: what was allowed and what was met. */
export interface Limit {
  readonly expected: string;
  readonly actual: string;
}
