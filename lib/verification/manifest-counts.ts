import { resolvePointer } from "@/kernel/json/pointer.ts";
import { asU64 } from "@/kernel/json/value.ts";
import type { Draft, Ledger } from "./ledger.ts";
import { type PlacedRecord, placeOf } from "./members.ts";

/** What the rows of some files amount to, for comparison with a manifest's counts. */
export interface CollectionCounts {
  readonly toolReceipts: number;
  readonly childReceipts: number;
  readonly checkpoints: number;
  readonly capabilityLineage: number;
  readonly inclusionProofs: number;
  readonly publications: number;
  readonly witnesses: number;
  readonly consistencyProofs: number;
  /** Null where child receipts stand between the numbers, so that nobody can tell. */
  readonly uncheckpointedReceipts: number | null;
}

const COUNTED = [
  "toolReceipts",
  "childReceipts",
  "checkpoints",
  "capabilityLineage",
  "inclusionProofs",
  "uncheckpointedReceipts",
] as const satisfies readonly (keyof CollectionCounts)[];

/** Compares the counts. Rows of files that the manifest does not list are not its own: they are what MAN-002 is about. */
export function compareCounts(
  manifest: PlacedRecord,
  found: CollectionCounts,
  ledger: Ledger,
  cause: Draft | null,
): void {
  for (const name of COUNTED) {
    compare(manifest, `/counts/${name}`, found[name], "MAN-004", ledger, cause);
  }
}

/**
 * What the manifest claims beyond its counts: how many receipts a checkpoint covers, and what its claim
 * boundary rests on. Both are derived from the files and signed by nobody, hence warnings.
 */
export function compareClaims(
  manifest: PlacedRecord,
  found: CollectionCounts,
  ledger: Ledger,
): void {
  const { toolReceipts, uncheckpointedReceipts: uncovered } = found;
  const claims: readonly (readonly [string, number | null])[] = [
    ["/proofCoverage/checkpointedReceipts", uncovered === null ? null : toolReceipts - uncovered],
    ["/proofCoverage/uncheckpointedReceipts", uncovered],
    ["/claimBoundary/audit/signedCheckpoints", found.checkpoints],
    ["/claimBoundary/audit/checkpointPublications", found.publications],
    ["/claimBoundary/audit/checkpointWitnesses", found.witnesses],
    ["/claimBoundary/audit/checkpointConsistencyProofs", found.consistencyProofs],
    ["/claimBoundary/audit/inclusionProofs", found.inclusionProofs],
    ["/claimBoundary/audit/capabilityLineageRecords", found.capabilityLineage],
  ];
  for (const [pointer, actual] of claims) {
    compare(manifest, pointer, actual, "MAN-007", ledger, null);
  }
}

function compare(
  manifest: PlacedRecord,
  pointer: string,
  actual: number | null,
  code: "MAN-004" | "MAN-007",
  ledger: Ledger,
  cause: Draft | null,
): void {
  const value = resolvePointer(manifest.value, pointer);
  if (value === undefined || actual === null || asU64(value) === BigInt(actual)) {
    return;
  }
  ledger.add({
    code,
    subject: { kind: "manifest", id: pointer.slice(pointer.lastIndexOf("/") + 1) },
    place: placeOf(manifest, pointer),
    cause,
    expected: String(asU64(value) ?? ""),
    actual: String(actual),
  });
}
