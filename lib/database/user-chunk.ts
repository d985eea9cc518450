import { DataType, type RecordBatch } from "apache-arrow";
import type { ColumnKind, ColumnPart, ResultChunk } from "@/lib/workbench/model.ts";

const INTEGERS = new Set(
  "TINYINT SMALLINT INTEGER BIGINT UTINYINT USMALLINT UINTEGER UBIGINT".split(" "),
);

/** How a column of that type is carried, and what the engine makes of it first. */
export function carried(type: string): { readonly kind: ColumnKind; readonly cast: string } {
  if (INTEGERS.has(type)) {
    return { kind: "integer", cast: "" };
  }
  switch (type) {
    case "BOOLEAN":
      return { kind: "boolean", cast: "" };
    case "FLOAT":
    case "DOUBLE":
      return { kind: "double", cast: "::double" };
    case "DATE":
      return { kind: "date", cast: "" };
    case "TIMESTAMP":
      return { kind: "timestamp", cast: "" };
    case "VARCHAR":
      return { kind: "text", cast: "" };
    case "HUGEINT":
    case "UHUGEINT":
      return { kind: "digits", cast: "::varchar" };
    default:
      return { kind: type.startsWith("DECIMAL(") ? "digits" : "text", cast: "::varchar" };
  }
}

/**
 * A batch of the engine as plain columns. Values stay where they are: nothing is copied but flags.
 *
 * @throws TypeError where a column is none of the carried kinds
 */
export function chunkOf(batch: RecordBatch): ResultChunk {
  return {
    rows: batch.numRows,
    columns: batch.data.children.map((data) => {
      const valid =
        data.nullCount === 0 ? null : shifted(data.nullBitmap, data.offset, data.length);
      if (DataType.isUtf8(data.type)) {
        const offsets: unknown = data.valueOffsets;
        const bytes: unknown = data.values;
        if (offsets instanceof Int32Array && bytes instanceof Uint8Array) {
          return { form: "texts", bytes, offsets, valid };
        }
      }
      if (DataType.isBool(data.type) && data.values instanceof Uint8Array) {
        return { form: "numbers", values: flags(data.values, data.offset, data.length), valid };
      }
      return { form: "numbers", values: numbersOf(data.values), valid };
    }),
  };
}

function numbersOf(values: unknown): Extract<ColumnPart, { form: "numbers" }>["values"] {
  if (
    values instanceof Int8Array ||
    values instanceof Int16Array ||
    values instanceof Int32Array ||
    values instanceof Uint8Array ||
    values instanceof Uint16Array ||
    values instanceof Uint32Array ||
    values instanceof Float32Array ||
    values instanceof Float64Array ||
    values instanceof BigInt64Array ||
    values instanceof BigUint64Array
  ) {
    return values;
  }
  throw new TypeError("a column came in a form that is not carried");
}

function flags(bits: Uint8Array, offset: number, length: number): Uint8Array {
  const values = new Uint8Array(length);
  for (let row = 0; row < length; row += 1) {
    const at = row + offset;
    values[row] = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1;
  }
  return values;
}

/** A bitmap whose first bit is that of the first row. */
function shifted(bits: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset === 0) {
    return bits;
  }
  const values = new Uint8Array(Math.ceil(length / 8));
  for (let row = 0; row < length; row += 1) {
    const at = row + offset;
    if ((((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1) {
      values[row >> 3] = (values[row >> 3] ?? 0) | (1 << (row & 7));
    }
  }
  return values;
}
