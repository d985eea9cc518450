/**
 * Finds where JSON values begin and end in a stream of octets, without decoding or parsing them: strings,
 * escapes and depth are tracked, nothing recurses and nothing is held. The elements of an array at the top
 * are values of their own.
 */
export interface ValueExtent {
  readonly kind: "value" | "unclosed-array";
  readonly start: number;
  readonly end: number;
  /** Line that the value begins in, counted from 1. */
  readonly line: number;
}

const LF = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

type State = "between" | "nested" | "string" | "scalar" | "broken";

export class ValueScanner {
  #state: State = "between";
  #inArray = false;
  #depth = 0;
  #escaped = false;
  #onlySpaceInLine = false;
  #start = 0;
  #startLine = 1;
  #scalarEnd = 0;
  #line = 1;
  #found: ValueExtent[] = [];

  /** Lines begun so far. */
  get lines(): number {
    return this.#line;
  }

  /** Values that end inside `bytes`, which stand at `offset`; pieces must follow each other without a gap. */
  scan(bytes: Uint8Array, offset: number): readonly ValueExtent[] {
    this.#found = [];
    let index = 0;
    while (index < bytes.length) {
      switch (this.#state) {
        case "between":
          index = this.#between(bytes, index, offset);
          break;
        case "nested":
          index = this.#nested(bytes, index, offset);
          break;
        case "string":
          index = this.#string(bytes, index, offset);
          break;
        case "scalar":
          index = this.#scalar(bytes, index, offset);
          break;
        case "broken":
          index = this.#broken(bytes, index, offset);
          break;
      }
    }
    return this.#found;
  }

  /** What was still open at the end: a cut value, and after it an array without its bracket. */
  finish(size: number): readonly ValueExtent[] {
    this.#found = [];
    if (this.#state !== "between") this.#emit(this.#state === "scalar" ? this.#scalarEnd : size);
    if (this.#inArray) {
      this.#found.push({ kind: "unclosed-array", start: size, end: size, line: this.#line });
    }
    return this.#found;
  }

  #emit(end: number): void {
    this.#found.push({ kind: "value", start: this.#start, end, line: this.#startLine });
    this.#state = "between";
    this.#depth = 0;
  }

  #between(bytes: Uint8Array, from: number, offset: number): number {
    for (let index = from; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === LF) this.#line += 1;
      if (isSpace(byte) || byte === COMMA) continue;
      if (byte === OPEN_ARRAY && !this.#inArray) this.#inArray = true;
      else if (byte === CLOSE_ARRAY && this.#inArray) this.#inArray = false;
      else {
        this.#start = offset + index;
        this.#startLine = this.#line;
        this.#scalarEnd = this.#start + 1;
        const nested = byte === OPEN_OBJECT || byte === OPEN_ARRAY;
        this.#depth = nested ? 1 : 0;
        this.#state = nested ? "nested" : byte === QUOTE ? "string" : "scalar";
        return index + 1;
      }
    }
    return bytes.length;
  }

  #nested(bytes: Uint8Array, from: number, offset: number): number {
    let depth = this.#depth;
    for (let index = from; index < bytes.length; index += 1) {
      const byte = bytes[index];
      if (byte === QUOTE) {
        this.#depth = depth;
        this.#state = "string";
        return index + 1;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
      else if (byte === LF) this.#line += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        depth -= 1;
        if (depth === 0) {
          this.#emit(offset + index + 1);
          return index + 1;
        }
      }
    }
    this.#depth = depth;
    return bytes.length;
  }

  #string(bytes: Uint8Array, from: number, offset: number): number {
    for (let index = from; index < bytes.length; index += 1) {
      const byte = bytes[index];
      if (this.#escaped && byte !== LF) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        if (this.#depth === 0) this.#emit(offset + index + 1);
        else this.#state = "nested";
        return index + 1;
      } else if (byte === LF) {
        // No JSON string holds a bare line feed: someone could open a quote to swallow what follows.
        this.#escaped = false;
        this.#state = "broken";
        return index;
      }
    }
    return bytes.length;
  }

  /** Numbers, literals and noise: up to the end of the line or the next sign that structures JSON. */
  #scalar(bytes: Uint8Array, from: number, offset: number): number {
    for (let index = from; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      const structural =
        byte === OPEN_OBJECT || byte === OPEN_ARRAY || byte === QUOTE || byte === COMMA;
      if (byte === LF || structural || (byte === CLOSE_ARRAY && this.#inArray)) {
        this.#emit(this.#scalarEnd);
        return index;
      }
      if (!isSpace(byte)) this.#scalarEnd = offset + index + 1;
    }
    return bytes.length;
  }

  /** After damage, reading resumes at the next line that begins with an object. */
  #broken(bytes: Uint8Array, from: number, offset: number): number {
    for (let index = from; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === LF) {
        this.#line += 1;
        this.#onlySpaceInLine = true;
      } else if (byte === OPEN_OBJECT && this.#onlySpaceInLine) {
        this.#onlySpaceInLine = false;
        this.#emit(offset + index);
        return index;
      } else if (!isSpace(byte)) this.#onlySpaceInLine = false;
    }
    return bytes.length;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09;
}
