import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { locate } from "@/kernel/json/pointer.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { detectForm } from "@/kernel/receipt/detect.ts";
import { type ReceiptFacts, receiptFacts } from "@/kernel/receipt/facts.ts";
import type { RecordContext } from "@/lib/ingest/kafka/form.ts";
import { planUnits } from "@/lib/ingest/plan.ts";
import { contextOf, type ReadRow, readRow } from "@/lib/ingest/read-row.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import type { Member } from "@/lib/ingest/record.ts";
import { receiptsWithin, sequenceOf } from "@/lib/verification/receipts-within.ts";
import { recogniseRow } from "@/lib/verification/recognise-row.ts";
import type { CliProgress } from "./verify-inputs.ts";

/** Where a receipt's record stands, to read it again, and where the receipt stands in it. */
export interface ScannedPlace {
  readonly member: number;
  readonly offset: number;
  readonly length: number;
  /** RFC 6901, "" where the record is the receipt. */
  readonly pointer: string;
}

/** A receipt as it stands in a record, not verified. */
export interface FoundReceipt {
  readonly pointer: string;
  readonly receipt: JsonObject;
  /** The wrapper's sequence number, which nobody signed; null for none. */
  readonly seq: bigint | null;
}

/**
 * Every receipt of the members in the order of the files, read but not verified: what a question about
 * all of them needs, at the cost of parsing alone. Throws where reading a file does.
 */
export async function* scanReceipts(
  members: ReadonlyMap<number, Member>,
  onProgress?: (progress: CliProgress) => void,
): AsyncGenerator<{ readonly place: ScannedPlace; readonly found: FoundReceipt }> {
  const units = planUnits([...members.values()], 0);
  const total = units.reduce((sum, unit) => sum + unit.end - unit.start, 0);
  let done = 0;
  for (const unit of units) {
    const member = members.get(unit.member);
    if (member === undefined) {
      throw new RangeError(`unit of the unknown member ${unit.member}`);
    }
    for await (const batch of readUnit(member.source, unit, member.bounds)) {
      for (const record of batch) {
        const { offset, length } = record;
        for (const found of receiptsIn(readRow(record, unit), contextOf(unit, unit.path))) {
          yield { place: { member: unit.member, offset, length, pointer: found.pointer }, found };
        }
      }
    }
    done += unit.end - unit.start;
    onProgress?.({ stage: "list", done, total });
  }
}

/** The receipts of one record; none where it cannot be read in one way. */
export function receiptsIn(read: ReadRow, context: RecordContext): readonly FoundReceipt[] {
  const found = read.kind === "row" ? recogniseRow(read, context) : null;
  return (found ?? [])
    .flatMap(receiptsWithin)
    .map((found) => ({ pointer: found.pointer, receipt: found.value, seq: sequenceOf(found) }));
}

/** What a found receipt says. */
export function factsOf({ receipt }: FoundReceipt): ReceiptFacts {
  return receiptFacts(receipt, detectForm(receipt) ?? "pre-v1");
}

/**
 * A found receipt exactly as it stands in the text of its record; null where it stands there inside a text
 * of its own (a Kafka value), spelled with escapes.
 */
export function rawText(text: string, pointer: string): string | null {
  const at = locate(text, pointer);
  const raw = at === null ? "" : text.slice(at.start, at.end);
  return raw.startsWith("{") ? raw : null;
}

/** A found receipt on one line: as it stands where that is one line, else canonical, of the same value. */
export function lineOf(text: string, { pointer, receipt }: FoundReceipt): string {
  const raw = rawText(text, pointer);
  return raw === null || /[\r\n]/.test(raw) ? canonicalize(receipt) : raw;
}
