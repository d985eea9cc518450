import type { Primitives } from "@/kernel/primitives.ts";
import { EVIDENCE, retentionText } from "@/lib/evidence/folder.ts";
import { manifestText } from "@/lib/evidence/manifest.ts";
import { checkpointStore } from "../store/checkpoint-store.ts";
import { lineageStore } from "../store/lineage-store.ts";
import { receiptStore } from "../store/receipt-store.ts";
import { type Connection, integerAt, integerOrNullAt, openForReading } from "../store/sqlite.ts";
import { storedRecords } from "./checkpoint-records.ts";
import { EvidenceFiles } from "./evidence-files.ts";
import {
  checkpointLines,
  claimLogLines,
  consistencyLines,
  httpReceiptLines,
  inclusionLines,
  lineageLines,
  publicationLines,
  receiptLines,
  witnessLines,
} from "./evidence-lines.ts";
import { ExportTally } from "./export-tally.ts";
import { type ZipEntry, zipStream } from "./zip-stream.ts";

export interface EvidenceExportOptions {
  /** `receipts.sqlite3` of a data directory. */
  readonly path: string;
  /** Unix seconds. */
  readonly now: bigint;
  readonly primitives: Primitives;
}

const README = [
  "Evidence exported by a Chio Explorer server: every receipt of its log in order, the signed checkpoints",
  "over them, and what follows from those. Drop the archive, or give it to `chio verify --trust FILE` with",
  "the server's trust bundle, which you should have from another hand than this archive.",
  "",
].join("\n");

/**
 * The whole log as a zip of an evidence folder (wire format 7.1), as it is made. One read transaction is one
 * moment of the log, however much is appended meanwhile. A page of receipts, one batch and the chain of
 * checkpoints are in memory, never the log.
 */
export async function* evidenceExport(
  options: EvidenceExportOptions,
): AsyncGenerator<Uint8Array, void> {
  const connection = openForReading(options.path);
  try {
    connection.exec("BEGIN");
    yield* zipStream(folderEntries(connection, options));
  } finally {
    // Prepared statements keep a closed connection alive, and with it the moment that it looks at.
    connection.exec("ROLLBACK");
    connection.close();
  }
}

/** The files one after the other: each is read from the store only when it is written. */
function* folderEntries(
  connection: Connection,
  { now, primitives }: EvidenceExportOptions,
): Generator<ZipEntry, void> {
  const receipts = receiptStore(connection);
  const records = [...storedRecords(checkpointStore(connection), primitives)];
  const lastCovered = BigInt(records.at(-1)?.end ?? 0);
  const tally = new ExportTally(records);
  const files = new EvidenceFiles();
  yield files.entry(EVIDENCE.query, ["{}"]);
  yield files.entry(EVIDENCE.receipts, receiptLines(receipts, "tool", lastCovered, tally));
  yield files.entry(EVIDENCE.childReceipts, receiptLines(receipts, "child", lastCovered, tally));
  yield files.entry(EVIDENCE.checkpoints, checkpointLines(records));
  yield files.entry(EVIDENCE.publications, publicationLines(records, primitives));
  yield files.entry(EVIDENCE.witnesses, witnessLines(records, primitives));
  yield files.entry(EVIDENCE.consistency, consistencyLines(records, primitives));
  yield files.entry(EVIDENCE.equivocations, []);
  yield files.entry(EVIDENCE.lineage, lineageLines(lineageStore(connection), tally));
  yield files.entry(EVIDENCE.inclusion, inclusionLines(receipts, records, primitives, tally));
  if (tally.child > 0) {
    yield files.entry(EVIDENCE.claimLog, claimLogLines(receipts));
  }
  if (receipts.httpAfter(0n, 1).length > 0) {
    yield files.entry(EVIDENCE.httpReceipts, httpReceiptLines(receipts));
  }
  yield files.entry(EVIDENCE.retention, [retention(connection)]);
  yield files.entry(EVIDENCE.readme, [README]);
  // Only now is every other file written, hashed and counted.
  const facts = tally.facts(Number(now), files.written);
  yield files.entry(EVIDENCE.manifest, [manifestText(facts, primitives)]);
}

function retention(connection: Connection): string {
  const [pages = [], size = [], oldest = []] = [
    "PRAGMA page_count",
    "PRAGMA page_size",
    "SELECT MIN(timestamp) FROM chio_tool_receipts",
  ].map((sql) => connection.prepare(sql).first() ?? []);
  const oldestAt = integerOrNullAt(oldest, 0);
  return retentionText(
    Number(integerAt(pages, 0) * integerAt(size, 0)),
    oldestAt === null ? null : Number(oldestAt),
  );
}
