import type { JsonObject } from "@/kernel/json/value.ts";
import { type SplitHeaders, splitHeaders } from "./headers.ts";
import { isDigits, millisecondsOf } from "./numbers.ts";
import type { Column, Reading } from "./reading.ts";
import { type LossyPart, type TextHeader, textRow } from "./row.ts";

const TAB = "\t";

/** The first `count` cells of a line; the last one takes the rest of it. Null where there are fewer. */
export function cellsOf(line: string, count: number): readonly string[] | null {
  const cells: string[] = [];
  let start = 0;
  for (let left = count; left > 1; left -= 1) {
    const tab = line.indexOf(TAB, start);
    if (tab < 0) return null;
    cells.push(line.slice(start, tab));
    start = tab + 1;
  }
  cells.push(line.slice(start));
  return cells;
}

/**
 * A line of `kcat -f` in the columns that the file was seen to have. kcat writes nothing for a key or a
 * value that is not there, and the same for an empty one; with `-Z` it writes NULL.
 */
export function readKcatLine(line: string, { columns, headerNames }: Reading): JsonObject | null {
  const cells = cellsOf(line, columns.length);
  return cells === null ? null : rowOf(cells, columns, new Set(headerNames));
}

interface Parts {
  topic: string | null;
  partition: string | null;
  offset: string | null;
  ts: number | null;
  key: string | null;
  value: string | null;
  headers: readonly TextHeader[];
  lossy: LossyPart[];
}

function rowOf(
  cells: readonly string[],
  columns: readonly Column[],
  known: ReadonlySet<string>,
): JsonObject | null {
  const parts: Parts = {
    topic: null,
    partition: null,
    offset: null,
    ts: null,
    key: null,
    value: null,
    headers: [],
    lossy: [],
  };
  for (const [at, column] of columns.entries()) {
    if (!take(parts, column, cells[at] ?? "", known)) return null;
  }
  return textRow("kcat-text", parts);
}

/** False where the cell cannot stand in its column: the line is no record of this form. */
function take(parts: Parts, column: Column, cell: string, known: ReadonlySet<string>): boolean {
  switch (column) {
    case "topic":
      parts.topic = cell;
      return true;
    case "partition":
    case "offset":
      parts[column] = cell;
      return isDigits(cell);
    case "timestamp": {
      const time = millisecondsOf(cell);
      parts.ts = time ?? null;
      return time !== undefined;
    }
    case "key":
    case "value":
      parts[column] = cell === "" || cell === "NULL" ? null : cell;
      return true;
    case "headers":
      takeHeaders(parts, cell, splitHeaders(cell, "=", "NULL", known));
      return true;
    case "other":
      return true;
  }
}

function takeHeaders(parts: Parts, cell: string, split: SplitHeaders | null): void {
  if (cell === "") return;
  parts.headers = split?.headers ?? [];
  if (split === null || split.isAmbiguous) parts.lossy.push("headers");
}
