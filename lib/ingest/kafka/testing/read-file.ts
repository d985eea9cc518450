import { planUnits } from "../../plan.ts";
import { contextOf, readRow } from "../../read-row.ts";
import { readUnit } from "../../read-unit.ts";
import { expandAll } from "../../testing/expand-all.ts";
import { exportedRows } from "../forms.ts";
import type { KafkaRecord, RecordProblem } from "../record.ts";

export interface ReadFile {
  readonly records: readonly KafkaRecord[];
  readonly problems: readonly RecordProblem[];
  /** Rows that are no exported records, or no rows. */
  readonly others: number;
}

/** Every exported record of one file, read as the product reads files. */
export async function readFile(path: string, content: string | Uint8Array): Promise<ReadFile> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const { members } = await expandAll({ [path]: bytes });
  const records: KafkaRecord[] = [];
  const problems: RecordProblem[] = [];
  let others = 0;
  let index = 0;
  for (const unit of planUnits(members, 0)) {
    const member = members.find(({ id }) => id === unit.member);
    if (member === undefined) {
      throw new Error("a unit of no member");
    }
    for await (const batch of readUnit(member.source, unit, member.bounds)) {
      for (const raw of batch) {
        const row = readRow(raw, unit);
        const context = { ...contextOf(unit, unit.path), index };
        const exported = row.kind === "row" ? exportedRows(row.value, context) : null;
        index += 1;
        others += exported === null ? 1 : 0;
        for (const each of exported?.rows ?? []) {
          const read = each.form.read(each.row, each.context);
          if (read.ok) {
            records.push(read.value);
          } else {
            problems.push({ ...read.error, pointer: `${each.pointer}${read.error.pointer}` });
          }
        }
      }
    }
  }
  return { records, problems, others };
}
