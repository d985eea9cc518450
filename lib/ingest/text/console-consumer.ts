import type { JsonObject } from "@/kernel/json/value.ts";
import { splitHeaders } from "./headers.ts";
import { isDigits, millisecondsOf } from "./numbers.ts";
import type { Reading } from "./reading.ts";
import { type LossyPart, type TextParts, textRow } from "./row.ts";
import { cellsOf } from "./tab-line.ts";

const NULL = "null";
const NO_HEADERS = "NO_HEADERS";
const LABELS: readonly string[] = [
  "CreateTime:",
  "LogAppendTime:",
  "NO_TIMESTAMP",
  "Partition:",
  "Offset:",
  "Delivery:",
  "Epoch:",
];

/** Where the labelled cells of a line end; 0 where it has none. */
export function labelsEnd(line: string): number {
  let start = 0;
  for (let count = 0; count < LABELS.length; count += 1) {
    const tab = line.indexOf("\t", start);
    const end = tab < 0 ? line.length : tab;
    if (!isLabel(line, start, end) || tab < 0) return start;
    start = tab + 1;
  }
  return start;
}

function isLabel(line: string, start: number, end: number): boolean {
  // The longest label and the digits of a 64-bit number: a longer cell is none.
  return (
    end - start <= 40 &&
    /^(?:(?:CreateTime|LogAppendTime|Delivery|Epoch):-?\d+|(?:Partition|Offset):\d+|NO_TIMESTAMP)$/.test(
      line.slice(start, end),
    )
  );
}

/**
 * A line of `kafka-console-consumer` with any of `print.timestamp`, `print.partition`, `print.offset`,
 * `print.delivery`, `print.epoch`, `print.headers` and `print.key`. It writes `null` for a key, a value or a
 * header's value that is not there.
 */
export function readConsoleLine(line: string, given: Reading): JsonObject | null {
  const end = labelsEnd(line);
  const cells = cellsOf(line.slice(end), given.columns.length);
  const labels = labelled(line, end);
  if (cells === null || labels === null) return null;
  const known = new Set(given.headerNames);
  let parts: TextParts = { ...labels, value: null };
  const lossy: LossyPart[] = [];
  for (const [at, column] of given.columns.entries()) {
    const cell = cells[at] ?? "";
    if (column === "headers") {
      if (cell === NO_HEADERS || cell === "") continue;
      const split = splitHeaders(cell, ":", NULL, known);
      if (split === null || split.isAmbiguous) lossy.push("headers");
      parts = { ...parts, headers: split?.headers ?? [] };
    } else if (column === "key") {
      parts = { ...parts, key: cell === NULL ? null : cell };
    } else if (column === "value") {
      parts = { ...parts, value: cell === NULL ? null : cell };
    }
  }
  return textRow("console-consumer", { ...parts, lossy });
}

function labelled(line: string, end: number): Omit<TextParts, "value"> | null {
  let parts: Omit<TextParts, "value"> = {};
  for (let start = 0; start < end; ) {
    const tab = line.indexOf("\t", start);
    const colon = line.indexOf(":", start);
    const number = line.slice(colon + 1, tab);
    switch (line.slice(start, colon < 0 || colon > tab ? tab : colon)) {
      case "CreateTime":
      case "LogAppendTime": {
        const ts = millisecondsOf(number);
        if (ts === undefined) return null;
        const tsType = line.startsWith("C", start) ? "create" : "log-append";
        parts = { ...parts, ts, tsType };
        break;
      }
      case "Partition":
        if (!isDigits(number)) return null;
        parts = { ...parts, partition: number };
        break;
      case "Offset":
        if (!isDigits(number)) return null;
        parts = { ...parts, offset: number };
        break;
    }
    start = tab + 1;
  }
  return parts;
}
