import { gzipSync } from "node:zlib";
import { planUnits } from "../../plan.ts";
import { contextOf, readRow } from "../../read-row.ts";
import { readUnit } from "../../read-unit.ts";
import type { Member, RawRecord } from "../../record.ts";
import { expandAll } from "../../testing/expand-all.ts";
import type { ExportForm } from "../export-form.ts";
import { exportedRows } from "../forms.ts";
import type { KafkaRecord } from "../record.ts";

/** Stands in a template for an octet that is no UTF-8. */
export const NO_TEXT = "\ue000";

/** The octets of a template: UTF-8, and 0xFF for every {@link NO_TEXT}. */
export function octetsOf(template: string): Uint8Array {
  const bytes = new TextEncoder().encode(template);
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const isMark = bytes[at] === 0xee && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x80;
    out.push(isMark ? 0xff : (bytes[at] ?? 0));
    at += isMark ? 2 : 0;
  }
  return Uint8Array.from(out);
}

export function gzipped(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes));
}

export interface ExportRead {
  readonly member: Member;
  readonly records: readonly KafkaRecord[];
  /** Where each of {@link records} stands. */
  readonly places: readonly RawRecord[];
  /** What is no exported record, by the text of it or null where it has none. */
  readonly refused: readonly (string | null)[];
}

/** Reads one file as the workers do, from its octets to exported records, without verifying anything. */
export async function readExported(
  bytes: Uint8Array,
  path = "export.txt",
  readAs?: ExportForm,
): Promise<ExportRead> {
  const { members } = await expandAll({ [path]: bytes }, { readAs: () => readAs });
  const [member] = members;
  if (member === undefined) throw new Error("no member");
  const records: KafkaRecord[] = [];
  const places: RawRecord[] = [];
  const refused: (string | null)[] = [];
  let index = 0;
  for (const unit of planUnits([member], 0)) {
    for await (const batch of readUnit(member.source, unit, member.bounds)) {
      for (const raw of batch) {
        const read = readRow(raw, unit);
        if (read.kind === "heading") continue;
        const context = { ...contextOf(unit, unit.path), index };
        index += 1;
        const rows = read.kind === "row" ? exportedRows(read.value, context)?.rows : undefined;
        const found = [...(rows ?? [])].flatMap(({ row, form, context: own }) => {
          const record = form.read(row, own);
          return record.ok ? [record.value] : [];
        });
        if (found.length === 0) refused.push(raw.text);
        for (const record of found) {
          records.push(record);
          places.push(raw);
        }
      }
    }
  }
  return { member, records, places, refused };
}
