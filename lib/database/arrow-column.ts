import {
  Bool,
  type Data,
  type DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Uint64,
  Utf8,
} from "apache-arrow";

/*
 * Columns from typed arrays. Arrow's own builders make code from strings, which a worker's policy
 * forbids, and a call per cell takes ten times as long.
 */

export function int32Column(values: Int32Array): Data<DataType> {
  return makeData({ type: new Int32(), length: values.length, nullCount: 0, data: values });
}

export function float64Column(values: Float64Array): Data<DataType> {
  return makeData({ type: new Float64(), length: values.length, nullCount: 0, data: values });
}

/** Truth values, one octet each: zero is false. */
export function boolColumn(values: Uint8Array): Data<DataType> {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (let row = 0; row < values.length; row += 1) {
    if (values[row] !== 0) {
      const at = row >> 3;
      bits[at] = (bits[at] ?? 0) | (1 << (row & 7));
    }
  }
  return makeData({ type: new Bool(), length: values.length, nullCount: 0, data: bits });
}

/** A column of unsigned 64-bit integers in which `absent` stands for null. */
export function uint64Column(values: BigUint64Array, absent: bigint): Data<DataType> {
  const bitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (values[row] === absent) {
      nullCount += 1;
    } else {
      const at = row >> 3;
      bitmap[at] = (bitmap[at] ?? 0) | (1 << (row & 7));
    }
  }
  return makeData({
    type: new Uint64(),
    length: values.length,
    nullCount,
    nullBitmap: bitmap,
    data: values,
  });
}

/** Texts as they stand, or by their distinct values where most of them repeat. */
export function textColumn(values: readonly string[]): Data<DataType> {
  const numbers = new Map<string, number>();
  const indices = new Int32Array(values.length);
  const most = values.length >> 1;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? "";
    let number = numbers.get(value);
    if (number === undefined) {
      number = numbers.size;
      if (number > most) {
        return distinctTextColumn(values);
      }
      numbers.set(value, number);
    }
    indices[row] = number;
  }
  return codedTextColumn(indices, [...numbers.keys()]);
}

/** `indices[row]` is the place of the row's text in `distinct`. */
export function codedTextColumn(indices: Int32Array, distinct: readonly string[]): Data<DataType> {
  return makeData({
    type: new Dictionary(new Utf8(), new Int32()),
    length: indices.length,
    nullCount: 0,
    data: indices,
    dictionary: makeVector(distinctTextColumn(distinct)),
  });
}

/** Texts as they stand: for those that hardly ever repeat, such as ids. */
export function distinctTextColumn(values: readonly string[]): Data<Utf8> {
  const joined = values.join("");
  const encoder = new TextEncoder();
  let data = encoder.encode(joined);
  const valueOffsets = new Int32Array(values.length + 1);
  const ascii = data.length === joined.length;
  let end = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? "";
    end += ascii ? value.length : utf8Length(value);
    valueOffsets[row + 1] = end;
  }
  if (end !== data.length) {
    // Halves of a surrogate pair in two texts became one sign between them.
    data = encoder.encode(values.map((value) => value.replace(LONE_SURROGATE, "\ufffd")).join(""));
  }
  return makeData({ type: new Utf8(), length: values.length, nullCount: 0, valueOffsets, data });
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Octets of a text in UTF-8; half a surrogate pair is written as U+FFFD. */
function utf8Length(text: string): number {
  let octets = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x800) {
      octets += 2;
      if (unit >= 0xd800 && unit <= 0xdbff && isLowHalf(text.charCodeAt(at + 1))) {
        // Two units and four octets.
        at += 1;
      }
    } else if (unit >= 0x80) {
      octets += 1;
    }
  }
  return octets;
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Columns of equal length as an Arrow stream, which the database takes in one piece. */
export function ipcStream(
  count: number,
  columns: readonly (readonly [name: string, data: Data<DataType>])[],
): Uint8Array {
  const fields = columns.map(([name, data]) => new Field(name, data.type, data.nullCount > 0));
  const schema = new Schema(fields);
  const data = makeData({
    type: new Struct(fields),
    length: count,
    nullCount: 0,
    children: columns.map(([, column]) => column),
  });
  return tableToIPC(new Table(schema, new RecordBatch(schema, data)), "stream");
}
