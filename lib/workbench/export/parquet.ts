import { type ColumnSource, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import { cellText, isNull } from "../cells.ts";
import type { ColumnKind, ColumnPart, ResultChunk, ResultColumn } from "../model.ts";
import { distinctNames, type Encoder } from "./encoder.ts";
import { PieceWriter } from "./piece-writer.ts";

/** Values of one row group: as many as are written within one turn of the page. */
const GROUP_VALUES = 60_000;

/**
 * Parquet, Snappy, in row groups that are small enough not to hold the page up. Whole numbers keep their
 * width and sign, DECIMAL keeps its scale where 18 digits hold it, timestamps are microseconds of no zone,
 * dates are days; wider numbers and nested values are text.
 */
export function parquetEncoder(columns: readonly ResultColumn[]): Encoder {
  const names = distinctNames(columns);
  const elements = columns.map((column, at) => element(column, names[at] ?? ""));
  const out = new PieceWriter();
  const writer = new ParquetWriter({
    writer: out,
    schema: [{ name: "root", num_children: columns.length }, ...elements],
    createdBy: "Chio Explorer (hyparquet-writer)",
  });
  const groupRows = Math.max(Math.floor(GROUP_VALUES / Math.max(columns.length, 1)), 1);
  const held: Cell[][] = columns.map(() => []);
  const write = (rows: number): void => {
    const columnData: ColumnSource[] = held.map((values, at) => ({
      name: names[at] ?? "",
      data: values.splice(0, rows),
    }));
    // Nothing to wait for: the pieces stay in memory.
    void writer.write({ columnData, rowGroupSize: rows });
  };
  return {
    type: "application/vnd.apache.parquet",
    extension: "parquet",
    chunk: (chunk) => {
      columns.forEach((column, at) => {
        const part = chunk.columns[at];
        const values = held[at];
        if (part !== undefined && values !== undefined) {
          append(values, part, column, chunk);
        }
      });
      while ((held[0]?.length ?? 0) >= groupRows) {
        write(groupRows);
      }
      return out.take();
    },
    end: () => {
      const rest = held[0]?.length ?? 0;
      if (rest > 0) {
        write(rest);
      }
      void writer.finish();
      return out.take();
    },
  };
}

type Cell = string | number | bigint | boolean | null;

function append(
  values: Cell[],
  part: ColumnPart,
  { kind, type }: ResultColumn,
  chunk: ResultChunk,
): void {
  const scale = decimalScale(type);
  for (let row = 0; row < chunk.rows; row += 1) {
    values.push(isNull(part, row) ? null : cellOf(part, kind, scale, row));
  }
}

function cellOf(part: ColumnPart, kind: ColumnKind, scale: number | null, row: number): Cell {
  if (part.form === "numbers") {
    const value = part.values[row] ?? 0;
    return kind === "boolean" ? value !== 0 : value;
  }
  const text = cellText(part, kind, row);
  if (text === null || kind !== "digits" || scale === null) {
    return text;
  }
  return BigInt(text.replace(".", ""));
}

/** The scale of a decimal of at most 18 digits, which 64 bits hold; null for every other type. */
function decimalScale(type: string): number | null {
  const found = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  return found === null || Number(found[1]) > 18 ? null : Number(found[2]);
}

function element({ kind, type }: ResultColumn, name: string): SchemaElement {
  const column = { name, repetition_type: "OPTIONAL" } as const;
  const text = { ...column, type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
  switch (kind) {
    case "boolean":
      return { ...column, type: "BOOLEAN" };
    case "double":
      return { ...column, type: "DOUBLE" };
    case "date":
      return { ...column, type: "INT32", converted_type: "DATE" };
    case "timestamp":
      return { ...column, type: "INT64", converted_type: "TIMESTAMP_MICROS" };
    case "text":
      return text;
    case "integer":
      return { ...column, ...integer(type) };
    case "digits": {
      const scale = decimalScale(type);
      const precision = Number(/^DECIMAL\((\d+)/.exec(type)?.[1] ?? 0);
      return scale === null
        ? text
        : { ...column, type: "INT64", converted_type: "DECIMAL", precision, scale };
    }
  }
}

function integer(type: string): Pick<SchemaElement, "type" | "converted_type"> {
  switch (type) {
    case "TINYINT":
      return { type: "INT32", converted_type: "INT_8" };
    case "SMALLINT":
      return { type: "INT32", converted_type: "INT_16" };
    case "INTEGER":
      return { type: "INT32", converted_type: "INT_32" };
    case "UTINYINT":
      return { type: "INT32", converted_type: "UINT_8" };
    case "USMALLINT":
      return { type: "INT32", converted_type: "UINT_16" };
    case "UINTEGER":
      return { type: "INT32", converted_type: "UINT_32" };
    case "UBIGINT":
      return { type: "INT64", converted_type: "UINT_64" };
    default:
      return { type: "INT64", converted_type: "INT_64" };
  }
}
