import { parseJson } from "@/kernel/json/parse.ts";
import type { Member } from "@/lib/ingest/record.ts";
import type { Dataset } from "./dataset.ts";
import { receiptsWithin } from "./receipts-within.ts";
import { type Recognised, recognise } from "./recognise.ts";

/** A receipt as its file holds it now. */
export interface RowText {
  readonly offset: number;
  readonly length: number;
  readonly rawText: string;
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
  return { offset, length, rawText, recognised: findInRecord(dataset, row, rawText) };
}

/** A record may hold several receipts; the row says where its own stands. */
function findInRecord({ rows }: Dataset, row: number, text: string): Recognised {
  const pointer = rows.pointers[rows.pointer[row] ?? -1] ?? "";
  const parsed = parseJson(text);
  const all = parsed.ok ? recognise(parsed.value.value) : [];
  const found = all.flatMap(receiptsWithin).find((each) => each.pointer === pointer);
  if (found === undefined) {
    throw new FileChanged();
  }
  return found;
}
