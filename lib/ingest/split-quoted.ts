import type { ValueExtent } from "./split-values.ts";

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/**
 * Finds where the rows of a CSV (RFC 4180) begin and end in a stream of octets: a line feed inside a quoted
 * cell ends nothing. A quote opens only at the beginning of a cell. Nothing is held.
 */
export class QuotedScanner {
  #isQuoted = false;
  /** The last sign closed a cell; another quote is one that belongs to the cell. */
  #hasClosed = false;
  #isCellStart = true;
  #isBlank = true;
  #isReturn = false;
  #line = 1;
  #start: number;
  #startLine = 1;
  #isPlain = false;
  #isBroken = false;
  #found: ValueExtent[] = [];

  /** @param start place of the first octet */
  constructor(start: number) {
    this.#start = start;
  }

  /** Lines begun so far. */
  get lines(): number {
    return this.#line;
  }

  /** Rows that end inside `bytes`, which stand at `offset`; pieces must follow each other without a gap. */
  scan(bytes: Uint8Array, offset: number): readonly ValueExtent[] {
    this.#found = [];
    for (let index = 0; index < bytes.length && !this.#isBroken; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === LF) this.#feed(offset + index);
      else this.#sign(byte);
      this.#isReturn = byte === CR;
    }
    return this.#found;
  }

  /**
   * Whether a cell that went over lines is followed by neither a comma nor the row's end: its quote was none,
   * and another row's quote closed it. Nothing is read from there on until quotes are given up.
   */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Octets, up to `position`, of a row whose quote is still open; 0 where none is. */
  openUntil(position: number): number {
    return this.#isQuoted ? position - this.#start : 0;
  }

  /** The row that the file ends in. */
  finish(size: number): readonly ValueExtent[] {
    this.#found = [];
    if (!this.#isBlank) this.#emit(size);
    return this.#found;
  }

  /**
   * From the row on whose quote is open, every line is a row: somebody could open a quote to swallow what
   * follows. Once for a file, so that nobody makes it read again and again.
   *
   * @returns where to read on
   */
  giveUpQuotes(): number {
    this.#isPlain = true;
    this.#isBroken = false;
    this.#line = this.#startLine;
    this.#beginRow(this.#start);
    return this.#start;
  }

  #sign(byte: number): void {
    if (byte !== CR) this.#isBlank = false;
    if (this.#isQuoted) {
      this.#isQuoted = byte !== QUOTE;
      this.#hasClosed = !this.#isQuoted;
      return;
    }
    const mayFollow = byte === QUOTE || byte === COMMA || byte === CR;
    if (this.#hasClosed && !mayFollow && this.#line > this.#startLine) this.#isBroken = true;
    const opens = byte === QUOTE && !this.#isPlain && (this.#isCellStart || this.#hasClosed);
    this.#isQuoted = opens;
    this.#hasClosed = false;
    this.#isCellStart = byte === COMMA;
  }

  #feed(at: number): void {
    this.#line += 1;
    if (this.#isQuoted) return;
    if (!this.#isBlank) this.#emit(this.#isReturn ? at - 1 : at);
    this.#beginRow(at + 1);
  }

  #beginRow(at: number): void {
    this.#start = at;
    this.#startLine = this.#line;
    this.#isQuoted = false;
    this.#hasClosed = false;
    this.#isCellStart = true;
    this.#isBlank = true;
    this.#isReturn = false;
  }

  #emit(end: number): void {
    this.#found.push({ kind: "value", start: this.#start, end, line: this.#startLine });
  }
}
