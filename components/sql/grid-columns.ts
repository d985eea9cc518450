import { isNumericKind } from "@/lib/workbench/model.ts";
import type { ResultRows } from "@/lib/workbench/result-rows.ts";

/** Width of one character of the grid, in CSS pixels. */
const CHARACTER = 7.3;
const PADDING = 24;
const LEAST = 72;
const MOST = 380;
const SAMPLE = 60;

export interface GridColumn {
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly left: number;
  readonly width: number;
  readonly end: boolean;
}

/** Columns as wide as their first rows and their names want, side by side; room that is left is shared. */
export function gridColumns(rows: ResultRows, room: number): readonly GridColumn[] {
  const widths = rows.result.columns.map(({ name, type }, index) => {
    let longest = Math.max(name.length + 6, type.length * 0.85);
    for (let row = 0; row < Math.min(rows.result.rows, SAMPLE); row += 1) {
      longest = Math.max(longest, rows.start(row, index, 60)?.text.length ?? 4);
    }
    return Math.min(Math.max(Math.ceil(longest * CHARACTER) + PADDING, LEAST), MOST);
  });
  const wanted = widths.reduce((sum, width) => sum + width, 0);
  const last = widths.length - 1;
  let left = 0;
  return rows.result.columns.map(({ name, type, kind }, index) => {
    const extra = index === last && wanted < room ? room - wanted : 0;
    const width = (widths[index] ?? LEAST) + extra;
    const column = { index, name, type, left, width, end: isNumericKind(kind) && extra === 0 };
    left += width;
    return column;
  });
}

/** The columns that are in view, and a few beside them. */
export function visibleColumns(
  columns: readonly GridColumn[],
  from: number,
  room: number,
  focused: number,
): readonly GridColumn[] {
  return columns.filter(
    ({ left, width, index }) =>
      index === focused || (left + width > from - 400 && left < from + room + 400),
  );
}
