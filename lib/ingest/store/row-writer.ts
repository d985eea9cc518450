import type { SqlValue } from "@sqlite.org/sqlite-wasm";
import { decodeLossily } from "../raw-records.ts";
import type { ByteSource } from "../record.ts";
import type { ByteSink } from "../sources.ts";

const PIECE_BYTES = 1024 * 1024;
const encoder = new TextEncoder();

export interface WrittenRows {
  readonly source: ByteSource;
  /** End of each row in octets. */
  readonly bounds: Float64Array;
}

/** Rows one after the other as JSON, with the place where each ends. */
export class RowWriter {
  readonly #sink: ByteSink;
  #piece = new Uint8Array(PIECE_BYTES);
  #filled = 0;
  #size = 0;
  #ends: number[] = [];

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  get size(): number {
    return this.#size;
  }

  get rows(): number {
    return this.#ends.length;
  }

  add(...parts: readonly (string | Uint8Array)[]): void {
    for (const part of parts) this.#write(typeof part === "string" ? encoder.encode(part) : part);
    this.#ends.push(this.#size);
  }

  finish(): WrittenRows {
    this.#flush();
    return { source: this.#sink.source(), bounds: Float64Array.from(this.#ends) };
  }

  #write(bytes: Uint8Array): void {
    if (this.#filled + bytes.length > this.#piece.length) this.#flush();
    if (bytes.length > PIECE_BYTES) this.#sink.add(new Uint8Array(bytes));
    else {
      this.#piece.set(bytes, this.#filled);
      this.#filled += bytes.length;
    }
    this.#size += bytes.length;
  }

  #flush(): void {
    if (this.#filled > 0) this.#sink.add(this.#piece.slice(0, this.#filled));
    this.#filled = 0;
  }
}

/** A column's value as JSON; integers exact, whatever their size. */
export function jsonOf(value: SqlValue): string {
  if (value === null) return "null";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  return JSON.stringify(textOf(value));
}

/** A column's value as text, lossy where the store holds octets that are not UTF-8. */
export function textOf(value: SqlValue): string {
  if (value instanceof Uint8Array) return decodeLossily(value);
  if (value instanceof ArrayBuffer || value instanceof Int8Array) return "";
  return String(value);
}
