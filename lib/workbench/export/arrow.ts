import {
  AsyncByteQueue,
  Bool,
  Data,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
} from "apache-arrow";
import type { ColumnPart, ResultColumn } from "../model.ts";
import { distinctNames, type Encoder } from "./encoder.ts";

/** Columns keep their types; what is wider than 64 bits, decimal or nested is text. An Arrow IPC file. */
export function arrowEncoder(columns: readonly ResultColumn[]): Encoder {
  const types = columns.map(arrowType);
  const fields = distinctNames(columns).map(
    (name, at) => new Field(name, types[at] ?? new Utf8(), true),
  );
  const schema = new Schema(fields);
  const queue = new PieceQueue();
  const writer = new RecordBatchFileWriter();
  writer.reset(queue, schema);
  return {
    type: "application/vnd.apache.arrow.file",
    extension: "arrow",
    chunk: (chunk) => {
      const children = chunk.columns.map((part, at) =>
        dataOf(part, types[at] ?? new Utf8(), chunk.rows),
      );
      const data = makeData({
        type: new Struct(fields),
        length: chunk.rows,
        nullCount: 0,
        children,
      });
      writer.write(new RecordBatch(schema, data));
      return queue.take();
    },
    end: () => {
      writer.finish();
      return queue.take();
    },
  };
}

/** Octets as they are written: the writer's own queue would keep all of them until the end. */
class PieceQueue extends AsyncByteQueue {
  #pieces: Uint8Array<ArrayBuffer>[] = [];

  override write(piece: ArrayBuffer | Uint8Array): void {
    this.#pieces.push(new Uint8Array(piece));
  }

  take(): readonly Uint8Array<ArrayBuffer>[] {
    const taken = this.#pieces;
    this.#pieces = [];
    return taken;
  }
}

function arrowType({ kind, type }: ResultColumn): DataType {
  switch (kind) {
    case "boolean":
      return new Bool();
    case "double":
      return new Float64();
    case "date":
      return new DateDay();
    case "timestamp":
      return new TimestampMicrosecond();
    case "digits":
    case "text":
      return new Utf8();
    case "integer":
      return integerType(type);
  }
}

function integerType(type: string): DataType {
  switch (type) {
    case "TINYINT":
      return new Int8();
    case "SMALLINT":
      return new Int16();
    case "INTEGER":
      return new Int32();
    case "UTINYINT":
      return new Uint8();
    case "USMALLINT":
      return new Uint16();
    case "UINTEGER":
      return new Uint32();
    case "UBIGINT":
      return new Uint64();
    default:
      return new Int64();
  }
}

function dataOf(part: ColumnPart, type: DataType, length: number): Data<DataType> {
  const nulls = part.valid === null ? 0 : -1;
  const valid = part.valid === null ? {} : { 2: part.valid };
  if (part.form === "texts") {
    return new Data(type, 0, length, nulls, { 0: part.offsets, 1: part.bytes, ...valid });
  }
  const isFlags = type instanceof Bool && part.values instanceof Uint8Array;
  const values = isFlags ? packed(part.values) : part.values;
  return new Data(type, 0, length, nulls, { 1: values, ...valid });
}

function packed(flags: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(flags.length / 8));
  flags.forEach((flag, row) => {
    if (flag !== 0) {
      bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
    }
  });
  return bits;
}
