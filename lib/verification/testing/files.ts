import { createHash } from "node:crypto";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { BuiltLog } from "./log.ts";

/** Dropped files: text by path. */
export type Files = Readonly<Record<string, string>>;

export function lines(records: readonly JsonObject[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** Receipts in the export's wrapper, numbered from `first`. */
export function numbered(receipts: readonly JsonObject[], first = 1): readonly JsonObject[] {
  return receipts.map((receipt, index) => ({ seq: first + index, receipt }));
}

/** An evidence folder without a manifest. */
export function folder(log: BuiltLog, name = "evidence"): Files {
  return {
    [`${name}/query.json`]: "{}",
    [`${name}/receipts.ndjson`]: lines(numbered(log.receipts)),
    [`${name}/child-receipts.ndjson`]: lines(numbered(log.children)),
    [`${name}/checkpoints.ndjson`]: lines(log.checkpoints),
    [`${name}/inclusion-proofs.ndjson`]: lines(log.proofs),
  };
}

/** Adds a manifest of one folder's files, as the exporter would write it. */
export function stamped(files: Files, name = "evidence", query: JsonObject = {}): Files {
  const inside = Object.entries(files).filter(([path]) => path.startsWith(`${name}/`));
  const count = (file: string): number =>
    (files[`${name}/${file}`] ?? "").split("\n").filter((line) => line !== "").length;
  const manifest = {
    schema: "chio.evidence_export_manifest.v1",
    exportedAt: 1,
    query,
    counts: {
      toolReceipts: count("receipts.ndjson"),
      childReceipts: count("child-receipts.ndjson"),
      checkpoints: count("checkpoints.ndjson"),
      capabilityLineage: 0,
      inclusionProofs: count("inclusion-proofs.ndjson"),
    },
    files: inside.map(([path, text]) => ({
      path: path.slice(name.length + 1),
      sha256: createHash("sha256").update(text).digest("hex"),
      bytes: Buffer.byteLength(text),
    })),
  };
  return { ...files, [`${name}/manifest.json`]: JSON.stringify(manifest) };
}

/** The files with one of them changed line by line; a line that becomes null is removed. */
export function edited(
  files: Files,
  path: string,
  edit: (record: string, index: number) => string | null,
): Files {
  const text = files[path];
  if (text === undefined) {
    throw new RangeError(`there is no ${path}`);
  }
  const kept = text
    .split("\n")
    .filter((line) => line !== "")
    .map(edit)
    .filter((line) => line !== null);
  return { ...files, [path]: kept.map((line) => `${line}\n`).join("") };
}
