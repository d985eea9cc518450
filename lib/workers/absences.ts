import type { Rows } from "@/lib/verification/rows.ts";
import type { Sequence } from "@/lib/verification/sequence.ts";
import type { Absence } from "./protocol.ts";

/** Gaps that the time axis shows; a log with a gap after every receipt has no use for an axis. */
const MOST = 1_000;

/** Where receipts are absent, by the times of the neighbours that are here. */
export function absencesOf(rows: Rows, sequences: readonly Sequence[]): readonly Absence[] {
  const found: Absence[] = [];
  for (const { log, gaps } of sequences) {
    for (const gap of gaps) {
      if (found.length >= MOST) {
        return found;
      }
      const before = rows.timestamp[log.rowsOf(gap.from - 1)[0] ?? -1] ?? Number.NaN;
      const after = rows.timestamp[log.rowsOf(gap.to + 1)[0] ?? -1] ?? Number.NaN;
      if (!Number.isNaN(before) && !Number.isNaN(after)) {
        const [from, to] = before <= after ? [before, after] : [after, before];
        found.push({ from, to, receipts: gap.to - gap.from + 1 });
      }
    }
  }
  return found;
}
