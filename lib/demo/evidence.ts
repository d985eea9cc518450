import type { JsonObject } from "@/kernel/json/value.ts";
import { consistencyOf, type DemoCheckpoint, publicationOf, witnessOf } from "./checkpoint.ts";
import { generateLog, type LogOptions } from "./log.ts";
import { manifestText } from "./manifest.ts";
import type { DemoPorts } from "./ports.ts";

/** The files of an evidence folder, by their path inside it. */
export type EvidenceFolder = ReadonlyMap<string, string>;

/** A record a line, each line ended. Demo values hold no integer beyond 2^53. */
export function ndjson(records: readonly JsonObject[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** The log as a kernel's `evidence export` would write it (wire-format 7.1), manifest included. */
export async function evidenceFolder(
  options: LogOptions,
  ports: DemoPorts,
): Promise<EvidenceFolder> {
  const receipts: string[] = [];
  const proofs: string[] = [];
  const checkpoints: DemoCheckpoint[] = [];
  let oldest: number | null = null;
  for await (const batch of generateLog(options, ports)) {
    receipts.push(ndjson(batch.receipts.map(({ seq, value }) => ({ seq, receipt: value }))));
    proofs.push(ndjson(batch.proofs()));
    const time = batch.receipts[0]?.value["timestamp"];
    oldest ??= typeof time === "number" ? time : null;
    if (batch.checkpoint !== null) {
      checkpoints.push(batch.checkpoint);
    }
  }
  const folder = new Map<string, string>([
    ["query.json", "{}"],
    ["receipts.ndjson", receipts.join("")],
    ["child-receipts.ndjson", ""],
    ["checkpoints.ndjson", ndjson(checkpoints.map((one) => one.value))],
    ...derivedRecords(checkpoints, ports),
    ["checkpoint-equivocations.ndjson", ""],
    ["capability-lineage.ndjson", ""],
    ["inclusion-proofs.ndjson", proofs.join("")],
    ["retention.json", pretty({ liveDbSizeBytes: 0, oldestLiveReceiptTimestamp: oldest })],
    ["README.txt", "Demo data of Chio Explorer, signed with demo keys that everyone has.\n"],
  ]);
  folder.set("manifest.json", manifestText(folder, ports));
  return folder;
}

/** Multi-line JSON, as the exporter writes whole files. */
export function pretty(value: JsonObject): string {
  return JSON.stringify(value, null, 2);
}

/** A change of key starts another log id, and no record spans two logs. */
function derivedRecords(
  checkpoints: readonly DemoCheckpoint[],
  ports: DemoPorts,
): readonly [string, string][] {
  const leaves = checkpoints.map((one) => one.chainLeaf);
  const witnesses: JsonObject[] = [];
  const consistency: JsonObject[] = [];
  checkpoints.forEach((to, index) => {
    const from = checkpoints[index - 1];
    if (from !== undefined && from.key.key === to.key.key) {
      witnesses.push(witnessOf(from, to, ports));
      consistency.push(consistencyOf(from, to, leaves, ports));
    }
  });
  return [
    ["checkpoint-publications.ndjson", ndjson(checkpoints.map((one) => publicationOf(one, ports)))],
    ["checkpoint-witnesses.ndjson", ndjson(witnesses)],
    ["checkpoint-consistency-proofs.ndjson", ndjson(consistency)],
  ];
}
