import { logId } from "@/kernel/checkpoint/chain.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { pretty } from "./folder.ts";

export interface ManifestFile {
  readonly path: string;
  /** Bare hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/** What the records of one signing key amount to. */
export interface LogFacts {
  readonly key: string;
  readonly checkpoints: number;
  readonly witnesses: number;
  readonly consistencyProofs: number;
  /** The last number that one of its checkpoints covers. */
  readonly treeSize: number;
}

/** What a manifest states of the files beside it; every number was counted by whoever wrote them. */
export interface ManifestFacts {
  /** Unix seconds. */
  readonly exportedAt: number;
  readonly query: JsonObject;
  readonly toolReceipts: number;
  readonly childReceipts: number;
  readonly checkpoints: number;
  readonly publications: number;
  readonly witnesses: number;
  readonly consistencyProofs: number;
  readonly inclusionProofs: number;
  readonly lineage: number;
  /** Tool receipts that a checkpoint covers. */
  readonly covered: number;
  readonly logs: readonly LogFacts[];
  readonly files: readonly ManifestFile[];
}

/** The manifest of an evidence folder (`chio.evidence_export_manifest.v1`). Nobody signs it. */
export function manifestText(facts: ManifestFacts, primitives: Primitives): string {
  const uncovered = facts.toolReceipts - facts.covered;
  return pretty({
    schema: "chio.evidence_export_manifest.v1",
    exportedAt: facts.exportedAt,
    query: facts.query,
    counts: {
      toolReceipts: facts.toolReceipts,
      childReceipts: facts.childReceipts,
      checkpoints: facts.checkpoints,
      capabilityLineage: facts.lineage,
      inclusionProofs: facts.inclusionProofs,
      uncheckpointedReceipts: uncovered,
    },
    proofCoverage: { checkpointedReceipts: facts.covered, uncheckpointedReceipts: uncovered },
    childReceiptScope: "full_query_window",
    claimBoundary: {
      schema: "chio.evidence_transparency_claims.v1",
      publicationState: "transparency_preview",
      audit: {
        checkpointLogs: facts.logs.map(({ key }) => logId(key, primitives)),
        signedCheckpoints: facts.checkpoints,
        checkpointPublications: facts.publications,
        checkpointWitnesses: facts.witnesses,
        checkpointConsistencyProofs: facts.consistencyProofs,
        inclusionProofs: facts.inclusionProofs,
        capabilityLineageRecords: facts.lineage,
      },
      transparencyPreview: facts.logs.map((log) => ({
        logId: logId(log.key, primitives),
        claim: "append_only_local_checkpoint_log",
        reason: "no trust anchor is attached, so log identity and growth remain preview claims",
        checkpointCount: log.checkpoints,
        witnessCount: log.witnesses,
        consistencyProofCount: log.consistencyProofs,
        logTreeSize: log.treeSize,
      })),
    },
    files: facts.files.map(({ path, sha256, bytes }) => ({ path, sha256, bytes })),
  });
}
