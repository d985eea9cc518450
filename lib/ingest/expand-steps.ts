import type { ArchiveStep } from "./archive/unpack.ts";
import type { ExpandStep } from "./expand-ports.ts";
import { safePath } from "./paths.ts";
import type { ByteSource, IngestFinding } from "./record.ts";

/** One file to look into: dropped, or found in an archive. */
export interface Item {
  readonly input: number;
  readonly path: string;
  readonly source: ByteSource;
  /** Archives around it. */
  readonly depth: number;
  /** Where it is already known, else computed after it became a member. */
  readonly sha256: string | null;
}

export function problemStep(
  item: Item,
  step: ArchiveStep & { readonly kind: "problem" },
): ExpandStep {
  const path = step.name === null ? item.path : `${item.path}/${safePath(step.name).path}`;
  const actual = excerpt(step.actual);
  return findingStep(item, { code: step.code, path, expected: step.expected, actual });
}

export function damagedStep(item: Item, expected: string, actual: string): ExpandStep {
  return findingStep(item, { code: "FMT-011", path: item.path, expected, actual });
}

export function findingStep(item: Item, facts: FindingFacts): ExpandStep {
  const { code, path, expected, actual, line } = facts;
  return {
    kind: "finding",
    finding: { code, input: item.input, path, line: line ?? null, expected, actual },
  };
}

export interface FindingFacts extends Pick<IngestFinding, "code" | "path" | "expected" | "actual"> {
  readonly line?: number | null;
}

export function withoutGzipEnding(name: string): string {
  return name.replace(/\.tgz$/i, ".tar").replace(/\.gz$/i, "");
}

/** Text from a file for a finding: at most 200 characters, control signs replaced. */
export function excerpt(text: string): string {
  return text.replace(/\p{Cc}/gu, "\ufffd").slice(0, 200);
}
