import { toHex } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { logIdOf } from "./checkpoint.ts";
import type { DemoPorts } from "./ports.ts";

const EXPORTED_AT = 1_776_280_000;
export const MANIFEST = "manifest.json";

/** The lines of an NDJSON file, without their ends. */
export function linesOf(text: string | undefined): readonly string[] {
  return (text ?? "").split("\n").filter((line) => line !== "");
}

/** A record of our own making: it parses and is an object. */
export function recordOf(line: string): JsonObject {
  const parsed = parseJson(line);
  if (!parsed.ok || !isObject(parsed.value.value)) {
    throw new RangeError("demo records are JSON objects");
  }
  return parsed.value.value;
}

/**
 * The manifest of these files (`chio.evidence_export_manifest.v1`): counted and hashed from what is
 * there now, so that the same function stamps an honest folder and one that was changed afterwards.
 */
export function manifestText(folder: ReadonlyMap<string, string>, ports: DemoPorts): string {
  const count = (name: string): number => linesOf(folder.get(name)).length;
  const bodies = linesOf(folder.get("checkpoints.ndjson")).map((line) => bodyOf(recordOf(line)));
  const receipts = count("receipts.ndjson");
  const covered = coveredReceipts(folder.get("receipts.ndjson"), bodies);
  const keys = [...new Set(bodies.map((body) => textOf(member(body, "kernel_key"))))];
  const consistency = linesOf(folder.get("checkpoint-consistency-proofs.ndjson")).map(recordOf);
  const witnesses = linesOf(folder.get("checkpoint-witnesses.ndjson")).map(recordOf);
  const files = [...folder].filter(([path]) => path !== MANIFEST);
  const manifest = {
    schema: "chio.evidence_export_manifest.v1",
    exportedAt: EXPORTED_AT,
    query: {},
    counts: {
      toolReceipts: receipts,
      childReceipts: count("child-receipts.ndjson"),
      checkpoints: bodies.length,
      capabilityLineage: count("capability-lineage.ndjson"),
      inclusionProofs: count("inclusion-proofs.ndjson"),
      uncheckpointedReceipts: receipts - covered,
    },
    proofCoverage: { checkpointedReceipts: covered, uncheckpointedReceipts: receipts - covered },
    childReceiptScope: "full_query_window",
    claimBoundary: {
      schema: "chio.evidence_transparency_claims.v1",
      publicationState: "transparency_preview",
      audit: {
        checkpointLogs: keys.map((key) => logIdOf(key, ports)),
        signedCheckpoints: bodies.length,
        checkpointPublications: count("checkpoint-publications.ndjson"),
        checkpointWitnesses: witnesses.length,
        checkpointConsistencyProofs: consistency.length,
        inclusionProofs: count("inclusion-proofs.ndjson"),
        capabilityLineageRecords: count("capability-lineage.ndjson"),
      },
      transparencyPreview: keys.map((key) => {
        const logId = logIdOf(key, ports);
        const own = bodies.filter((body) => member(body, "kernel_key") === key);
        const ofLog = (records: readonly JsonObject[]): number =>
          records.filter((record) => member(record, "log_id") === logId).length;
        return {
          logId,
          claim: "append_only_local_checkpoint_log",
          reason: "no trust anchor is attached, so log identity and growth remain preview claims",
          checkpointCount: own.length,
          witnessCount: ofLog(witnesses),
          consistencyProofCount: ofLog(consistency),
          logTreeSize: Math.max(...own.map((body) => numberOf(member(body, "batch_end_seq")))),
        };
      }),
    },
    files: files.map(([path, text]) => {
      const bytes = ports.primitives.utf8(text);
      return { path, sha256: toHex(ports.primitives.sha256(bytes)), bytes: bytes.length };
    }),
  };
  return JSON.stringify(manifest, null, 2);
}

function coveredReceipts(receipts: string | undefined, bodies: readonly JsonObject[]): number {
  const ranges = bodies.map((body) => [
    numberOf(member(body, "batch_start_seq")),
    numberOf(member(body, "batch_end_seq")),
  ]);
  return linesOf(receipts).filter((line) => {
    const seq = numberOf(member(recordOf(line), "seq"));
    return ranges.some(
      ([from, to]) => from !== undefined && to !== undefined && from <= seq && seq <= to,
    );
  }).length;
}

function bodyOf(checkpoint: JsonObject): JsonObject {
  const body = member(checkpoint, "body");
  return isObject(body) ? body : checkpoint;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

export function numberOf(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}
