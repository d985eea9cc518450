import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { contextOf, type ReadRow, readRowOf } from "@/lib/ingest/read-row.ts";
import type { Member } from "@/lib/ingest/record.ts";
import type { Dataset } from "./dataset.ts";
import { receiptsWithin } from "./receipts-within.ts";
import type { Recognised } from "./recognise.ts";
import { recogniseRow } from "./recognise-row.ts";

/** A receipt as its file holds it now. */
export interface RowText {
  readonly offset: number;
  readonly length: number;
  readonly rawText: string;
  /** What the record's row is as JSON, where its file is read as text and not as JSON; else null. */
  readonly rowText: string | null;
  readonly recognised: Recognised;
}

/** A file was written to after it was read: what was said of it cannot be shown any more. */
export class FileChanged extends Error {
  override readonly name = "FileChanged";

  constructor() {
    super("the file no longer holds what was read from it");
  }
}

/**
 * Reads the record of a dataset's row once more.
 *
 * @throws FileChanged where the file does not hold it any more
 */
export async function readAgain(dataset: Dataset, member: Member, row: number): Promise<RowText> {
  const { rows } = dataset;
  const offset = rows.offset[row] ?? 0;
  const length = rows.length[row] ?? 0;
  const bytes = await member.source.read(offset, offset + length);
  const rawText = new TextDecoder().decode(bytes);
  const read = readRowOf(bytes, member);
  const recognised = findInRecord(dataset, member, row, read);
  return { offset, length, rawText, rowText: rowTextOf(member, read), recognised };
}

/** A record may hold several receipts; the row says where its own stands. */
function findInRecord({ rows }: Dataset, member: Member, row: number, read: ReadRow): Recognised {
  const pointer = rows.pointers[rows.pointer[row] ?? -1] ?? "";
  const all = read.kind === "row" ? (recogniseRow(read, contextOf(member, member.path)) ?? []) : [];
  const found = all.flatMap(receiptsWithin).find((each) => each.pointer === pointer);
  if (found === undefined) {
    throw new FileChanged();
  }
  return found;
}

function rowTextOf({ reading }: Member, read: ReadRow): string | null {
  return reading === undefined || read.kind !== "row" ? null : canonicalize(read.value);
}
