import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, member as memberOf } from "@/kernel/json/value.ts";
import type { Member } from "@/lib/ingest/record.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";
import { type Recognised, recognise } from "@/lib/verification/recognise.ts";

/** A receipt as its file holds it now. */
export interface RowText {
  readonly offset: number;
  readonly length: number;
  readonly rawText: string;
  readonly recognised: Recognised;
}

/**
 * Reads the record of a dataset's row once more.
 *
 * @throws Error where the file does not hold it any more
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
  const found = all.flatMap(receiptIn).find((each) => each.pointer === pointer);
  if (found === undefined) {
    throw new Error("the file no longer holds what was read from it");
  }
  return found;
}

/** An anchor proof carries its receipt. */
function receiptIn(found: Recognised): readonly Recognised[] {
  if (found.kind === "receipt") {
    return [found];
  }
  const inner = found.kind === "anchor-proof" ? memberOf(found.value, "receipt") : undefined;
  const pointer = `${found.pointer}/receipt`;
  return isObject(inner) ? [{ kind: "receipt", value: inner, pointer, wrapper: found.value }] : [];
}
