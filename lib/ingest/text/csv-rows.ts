import { parseJson } from "@/kernel/json/parse.ts";
import { isArray, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { jsonCells, plainCells, quotedCells } from "./csv-cells.ts";
import { isDigits, timeOf } from "./numbers.ts";
import type { Column, Reading } from "./reading.ts";
import { type TextHeader, type TextParts, textRow } from "./row.ts";

/**
 * Redpanda Console's CSV. It quotes nothing and writes `;` for every comma of a key or value, and so it
 * cannot be told what stood there: where commas give JSON, JSON is assumed, and nothing in it is verified.
 */
export function readRedpandaLine(line: string, { columns }: Reading): JsonObject | null {
  const cells = plainCells(line);
  if (cells === null || cells.length < columns.length) return null;
  const parts = partsOf(cells, columns);
  if (parts === null) return null;
  const key = parts.key === "" ? null : (parts.key ?? null);
  const value = parts.value === "" ? null : parts.value;
  const isChanged = value?.includes(";") === true;
  return textRow("redpanda-console-csv", {
    ...parts,
    key,
    value: isChanged ? withCommas(value) : value,
    // Nothing was replaced where no `;` stands, and a tombstone has nothing to replace.
    isRewritten: isChanged,
    lossy: [...(key?.includes(";") === true ? (["key"] as const) : [])],
  });
}

function withCommas(value: string): string {
  return value.startsWith("{") ? value.replaceAll(";", ",") : value;
}

/**
 * Kafbat UI's CSV, quoted as RFC 4180 has it; early builds joined the cells without quotes. Nothing is
 * written for a key or value that is not there.
 */
export function readKafbatRow(text: string, { columns, isQuoted }: Reading): JsonObject | null {
  const cells = isQuoted ? quotedCells(text) : jsonCells(text);
  if (cells === null || cells.length !== columns.length) return null;
  const parts = partsOf(cells, columns);
  if (parts === null) return null;
  const at = columns.indexOf("headers");
  const written = at < 0 ? "" : (cells[at] ?? "");
  const headers = written === "" ? [] : jsonHeaders(written);
  return textRow("kafbat-csv", {
    ...parts,
    key: parts.key === "" ? null : (parts.key ?? null),
    value: parts.value === "" ? null : parts.value,
    headers: headers ?? [],
    lossy: headers === null ? ["headers"] : [],
  });
}

/** A map or a list of `{key, value}`, as Kafbat's JSON has them. */
function jsonHeaders(text: string): readonly TextHeader[] | null {
  const parsed = parseJson(text);
  if (!parsed.ok) return null;
  const { value } = parsed.value;
  if (isObject(value)) {
    return Object.entries(value).map(([name, held]) => [
      name,
      typeof held === "string" ? held : null,
    ]);
  }
  if (!isArray(value)) return null;
  return value.flatMap((each): readonly TextHeader[] => {
    const name = isObject(each) ? member(each, "key") : undefined;
    const held = isObject(each) ? member(each, "value") : undefined;
    return typeof name === "string" ? [[name, typeof held === "string" ? held : null]] : [];
  });
}

/** Aiven's Connect sinks: base64 key, base64 value, offset, Unix seconds; no row that names the columns. */
export function readConnectLine(line: string, { columns }: Reading): JsonObject | null {
  const cells = plainCells(line);
  if (cells === null || cells.length !== columns.length) return null;
  const parts = partsOf(cells, columns);
  if (parts === null) return null;
  return textRow("connect-csv", {
    ...parts,
    key: parts.key === "" ? null : (parts.key ?? null),
    value: parts.value === "" ? null : parts.value,
    isBase64: true,
  });
}

function partsOf(cells: readonly string[], columns: readonly Column[]): TextParts | null {
  let parts: TextParts = { value: null };
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? "";
    switch (column) {
      case "topic":
      case "key":
      case "value":
        parts = { ...parts, [column]: cell };
        break;
      case "partition":
      case "offset":
        if (!isDigits(cell)) return null;
        parts = { ...parts, [column]: cell };
        break;
      case "timestamp": {
        const ts = timeOf(cell);
        if (ts === undefined) return null;
        parts = { ...parts, ts };
        break;
      }
      case "headers":
      case "other":
        break;
    }
  }
  return parts;
}
