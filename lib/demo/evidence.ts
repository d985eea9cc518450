import type { JsonObject } from "@/kernel/json/value.ts";
import { ChainTree } from "@/lib/evidence/chain-tree.ts";
import type { CheckpointRecord } from "@/lib/evidence/checkpoint.ts";
import {
  consistencyOf,
  isOneLog,
  publicationOf,
  witnessOf,
} from "@/lib/evidence/derived-records.ts";
import { EVIDENCE, ndjson, retentionText } from "@/lib/evidence/folder.ts";
import type { DemoBatch } from "./batch.ts";
import { generateLog, type LogOptions } from "./log.ts";
import { manifestOf } from "./manifest.ts";
import type { DemoPorts } from "./ports.ts";

/** The files of an evidence folder, by their path inside it. */
export type EvidenceFolder = ReadonlyMap<string, string>;

/** The log as a kernel's `evidence export` would write it (wire-format 7.1), manifest included. */
export async function evidenceFolder(
  options: LogOptions,
  ports: DemoPorts,
): Promise<EvidenceFolder> {
  return folderOf(generateLog(options, ports), ports);
}

/** The same of any log. */
export async function folderOf(
  batches: AsyncIterable<DemoBatch>,
  ports: DemoPorts,
): Promise<EvidenceFolder> {
  const receipts: string[] = [];
  const proofs: string[] = [];
  const checkpoints: CheckpointRecord[] = [];
  let oldest: number | null = null;
  for await (const batch of batches) {
    receipts.push(ndjson(batch.receipts.map(({ seq, value }) => ({ seq, receipt: value }))));
    proofs.push(ndjson(batch.proofs()));
    const time = batch.receipts[0]?.value["timestamp"];
    oldest ??= typeof time === "number" ? time : null;
    if (batch.checkpoint !== null) {
      checkpoints.push(batch.checkpoint);
    }
  }
  const folder = new Map<string, string>([
    [EVIDENCE.query, "{}"],
    [EVIDENCE.receipts, receipts.join("")],
    [EVIDENCE.childReceipts, ""],
    [EVIDENCE.checkpoints, ndjson(checkpoints.map((one) => one.value))],
    ...derivedRecords(checkpoints, ports),
    [EVIDENCE.equivocations, ""],
    [EVIDENCE.lineage, ""],
    [EVIDENCE.inclusion, proofs.join("")],
    [EVIDENCE.retention, retentionText(0, oldest)],
    [EVIDENCE.readme, "Demo data of Chio Explorer, signed with demo keys that everyone has.\n"],
  ]);
  folder.set(EVIDENCE.manifest, manifestOf(folder, ports));
  return folder;
}

function derivedRecords(
  checkpoints: readonly CheckpointRecord[],
  { primitives }: DemoPorts,
): readonly [string, string][] {
  const chain = new ChainTree(primitives.sha256);
  const witnesses: JsonObject[] = [];
  const consistency: JsonObject[] = [];
  checkpoints.forEach((to, index) => {
    chain.append(to.chainLeaf);
    const from = checkpoints[index - 1];
    if (from !== undefined && isOneLog(from, to)) {
      witnesses.push(witnessOf(from, to, primitives));
      consistency.push(consistencyOf(from, to, chain, primitives));
    }
  });
  const publications = checkpoints.map((one) => publicationOf(one, primitives));
  return [
    [EVIDENCE.publications, ndjson(publications)],
    [EVIDENCE.witnesses, ndjson(witnesses)],
    [EVIDENCE.consistency, ndjson(consistency)],
  ];
}
