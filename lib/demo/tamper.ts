import { isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { EVIDENCE } from "@/lib/evidence/folder.ts";
import type { EvidenceFolder } from "./evidence.ts";
import { linesOf, manifestOf, numberOf, recordOf } from "./manifest.ts";
import type { DemoPorts } from "./ports.ts";

/** The file with only the lines that `keep` wants. */
function filterLines(text: string | undefined, keep: (record: JsonObject) => boolean): string {
  return linesOf(text)
    .filter((line) => keep(recordOf(line)))
    .map((line) => `${line}\n`)
    .join("");
}

/** Replaces `from` by `to` in the line of receipt `seq`; whoever does so holds no key, so nothing is signed anew. */
export function editReceipt(
  folder: EvidenceFolder,
  seq: number,
  from: string,
  to: string,
): EvidenceFolder {
  const lines = linesOf(folder.get("receipts.ndjson")).map((line) => {
    if (!line.startsWith(`{"seq":${seq},`)) {
      return line;
    }
    if (!line.includes(from)) {
      throw new RangeError(`receipt ${seq} does not hold ${from}`);
    }
    return line.replace(from, () => to);
  });
  return new Map(folder).set("receipts.ndjson", `${lines.join("\n")}\n`);
}

/** Takes checkpoint `seq` out with its receipts and every record that names it. */
export function removeCheckpoint(folder: EvidenceFolder, seq: number): EvidenceFolder {
  const statement = linesOf(folder.get("checkpoints.ndjson"))
    .map(recordOf)
    .map((record) => member(record, "body"))
    .find((body) => isObject(body) && member(body, "checkpoint_seq") === seq);
  if (!isObject(statement)) {
    throw new RangeError(`no checkpoint ${seq}`);
  }
  const start = numberOf(member(statement, "batch_start_seq"));
  const end = numberOf(member(statement, "batch_end_seq"));
  const namesIt = (record: JsonObject): boolean => {
    const body = member(record, "body");
    return [
      member(isObject(body) ? body : record, "checkpoint_seq"),
      member(record, "witness_checkpoint_seq"),
      member(record, "from_checkpoint_seq"),
      member(record, "to_checkpoint_seq"),
    ].includes(seq);
  };
  const changed = new Map(folder);
  for (const name of [
    "checkpoints.ndjson",
    "checkpoint-publications.ndjson",
    "checkpoint-witnesses.ndjson",
    "checkpoint-consistency-proofs.ndjson",
    "inclusion-proofs.ndjson",
  ]) {
    changed.set(
      name,
      filterLines(folder.get(name), (record) => !namesIt(record)),
    );
  }
  const outside = (record: JsonObject): boolean => {
    const at = numberOf(member(record, "seq"));
    return at < start || at > end;
  };
  return changed.set("receipts.ndjson", filterLines(folder.get("receipts.ndjson"), outside));
}

/** Writes the manifest anew over whatever is there: nobody signs a manifest, so anybody can. */
export function restamp(folder: EvidenceFolder, ports: DemoPorts): EvidenceFolder {
  return new Map(folder).set(EVIDENCE.manifest, manifestOf(folder, ports));
}
