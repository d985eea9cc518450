import { fromBase64 } from "../kafka/base64.ts";
import { plainCells, quotedCells } from "./csv-cells.ts";
import { type Column, type Reading, reading } from "./reading.ts";
import { most } from "./sample.ts";

const SHARE = 0.8;

/** Columns of the two consoles, by their names in small letters. */
const COLUMNS: ReadonlyMap<string, Column> = new Map<string, Column>([
  ["topic", "topic"],
  ["partitionid", "partition"],
  ["partition", "partition"],
  ["offset", "offset"],
  ["timestamp", "timestamp"],
  ["key", "key"],
  ["value", "value"],
  ["headers", "headers"],
]);

/** CSV that names its columns as one of the two consoles does, or rows of base64, base64, integer, integer. */
export function guessCsv(lines: readonly string[]): Reading | null {
  const heading = lines[0] ?? "";
  const cells = quotedCells(heading) ?? [];
  const columns = cells.map((name) => COLUMNS.get(name.trim().toLowerCase()) ?? "other");
  if (cells.includes("partitionID") && cells.includes("value")) {
    return reading("redpanda-console-csv", { columns, heading });
  }
  if (cells.includes("Value") && cells.includes("Offset") && cells.includes("Key")) {
    const isQuoted = lines.length < 2 || lines.slice(1).some(isQuotedRow);
    return reading("kafbat-csv", { columns, heading, isQuoted });
  }
  return most(lines, SHARE, isConnectRow)
    ? reading("connect-csv", { columns: ["key", "value", "offset", "timestamp"] })
    : null;
}

/** A quote that opens a cell and is written twice inside it, as JSON's quotes are. */
function isQuotedRow(line: string): boolean {
  return /(?:^|,)"(?:\{""|")/.test(line) || /(?:^|,)"[^",{]*",/.test(line);
}

function isConnectRow(line: string): boolean {
  const cells = plainCells(line);
  if (cells?.length !== 4) return false;
  const [key = "", value = "", offset = "", time = ""] = cells;
  return /^\d{1,19}$/.test(offset) && /^\d{1,19}$/.test(time) && isBase64(key) && isBase64(value);
}

function isBase64(text: string): boolean {
  return text === "" || fromBase64(text) !== null;
}
