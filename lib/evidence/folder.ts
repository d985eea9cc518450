import type { JsonObject } from "@/kernel/json/value.ts";

/** The files of an evidence folder (wire format 7.1), in the order in which they are written. */
export const EVIDENCE = {
  query: "query.json",
  receipts: "receipts.ndjson",
  childReceipts: "child-receipts.ndjson",
  checkpoints: "checkpoints.ndjson",
  publications: "checkpoint-publications.ndjson",
  witnesses: "checkpoint-witnesses.ndjson",
  consistency: "checkpoint-consistency-proofs.ndjson",
  equivocations: "checkpoint-equivocations.ndjson",
  lineage: "capability-lineage.ndjson",
  inclusion: "inclusion-proofs.ndjson",
  /** Ours: where child receipts stand among the others, this alone says which leaf is whose. */
  claimLog: "claim-log-entries.ndjson",
  /** Ours: receipts of HTTP requests, which no checkpoint covers. */
  httpReceipts: "http-receipts.ndjson",
  retention: "retention.json",
  readme: "README.txt",
  manifest: "manifest.json",
} as const;

/** A record a line, each line ended. For records of our own that hold no integer beyond 2^53. */
export function ndjson(records: readonly JsonObject[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** Multi-line JSON, as the exporter writes whole files. */
export function pretty(value: JsonObject): string {
  return JSON.stringify(value, null, 2);
}

/** What is said of the log's age and size: octets of the live store, Unix seconds or null of an empty one. */
export function retentionText(liveDbSizeBytes: number, oldest: number | null): string {
  return pretty({ liveDbSizeBytes, oldestLiveReceiptTimestamp: oldest });
}
