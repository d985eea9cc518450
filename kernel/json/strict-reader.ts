import type { JsonProblem, ParsedJson } from "./parse.ts";
import { childPointer } from "./pointer.ts";
import type { JsonValue } from "./value.ts";

/** Unwinds the recursion at the first character that cannot be accepted; never leaves this file. */
class Refusal {
  readonly problem: JsonProblem;
  constructor(problem: JsonProblem) {
    this.problem = problem;
  }
}

/**
 * Reads JSON character by character: slower than the platform's parser, but it sees every name, every
 * digit and every escape, and knows where it stands when it refuses.
 */
export function readStrictly(
  text: string,
  maxDepth: number,
): ParsedJson | { readonly problem: JsonProblem } {
  const reader = new StrictReader(text, maxDepth);
  try {
    return reader.read();
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      return { problem: thrown.problem };
    }
    throw thrown;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What a number may look like when the text ends inside it. */
const CUT_NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:(?<=\d)[eE][+-]?)?)?$/y;
const FOREIGN_NUMBER = /-?(?:NaN|Infinity)/y;
/** In Unicode mode a surrogate matches only where it has no partner. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const ANY_SURROGATE = /[\ud800-\udfff]|\\u[dD]/;
const HEX4 = /[0-9a-fA-F]{4}/y;

const MIN_I64 = -(2n ** 63n);
const MAX_U64 = 2n ** 64n - 1n;
const MAX_U64_DIGITS = 20;

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

class StrictReader {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #mayHoldSurrogates: boolean;
  readonly #path: (string | number)[] = [];
  readonly #beyondU64: string[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
    this.#mayHoldSurrogates = ANY_SURROGATE.test(text);
  }

  read(): ParsedJson {
    this.#skipSpace();
    if (this.#at === this.#text.length) {
      this.#refuse("syntax", this.#at);
    }
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) {
      this.#refuse("syntax", this.#at);
    }
    return { value, beyondU64: this.#beyondU64 };
  }

  #value(): JsonValue {
    switch (this.#text[this.#at]) {
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case "t":
        return this.#literal("true", true);
      case "f":
        return this.#literal("false", false);
      case "n":
        return this.#literal("null", null);
      default:
        return this.#number();
    }
  }

  #nested(read: () => JsonValue): JsonValue {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) {
      this.#refuse("depth", this.#at);
    }
    this.#at += 1;
    this.#skipSpace();
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): JsonValue {
    const members: Record<string, JsonValue> = {};
    if (this.#takes("}")) {
      return members;
    }
    do {
      this.#skipSpace();
      const start = this.#at;
      if (this.#text[start] !== '"') {
        this.#unexpected();
      }
      const name = this.#string();
      this.#path.push(name);
      if (Object.hasOwn(members, name)) {
        this.#refuse("duplicate-key", start);
      }
      this.#skipSpace();
      this.#expect(":");
      this.#skipSpace();
      setOwn(members, name, this.#value());
      this.#path.pop();
      this.#skipSpace();
    } while (this.#takes(","));
    this.#expect("}");
    return members;
  }

  #array(): JsonValue {
    const elements: JsonValue[] = [];
    if (this.#takes("]")) {
      return elements;
    }
    do {
      this.#skipSpace();
      this.#path.push(elements.length);
      elements.push(this.#value());
      this.#path.pop();
      this.#skipSpace();
    } while (this.#takes(","));
    this.#expect("]");
    return elements;
  }

  #string(): string {
    const text = this.#text;
    const opening = this.#at;
    let decoded = "";
    let chunk = opening + 1;
    let at = chunk;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit === 34) {
        break;
      }
      if (unit === 92) {
        decoded += text.slice(chunk, at);
        this.#at = at + 1;
        decoded += this.#escape();
        at = this.#at;
        chunk = at;
      } else if (unit >= 0x20) {
        at += 1;
      } else {
        this.#at = at;
        this.#unexpected();
      }
    }
    this.#at = at + 1;
    decoded += text.slice(chunk, at);
    if (this.#mayHoldSurrogates) {
      this.#refuseLoneSurrogates(decoded, opening + 1, at);
    }
    return decoded;
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at);
    const simple = SIMPLE_ESCAPES.get(letter);
    if (simple !== undefined) {
      this.#at += 1;
      return simple;
    }
    if (letter !== "u") {
      this.#unexpected();
    }
    this.#at += 1;
    const digits = this.#match(HEX4);
    if (digits === undefined) {
      while (/[0-9a-fA-F]/.test(this.#text.charAt(this.#at))) {
        this.#at += 1;
      }
      this.#unexpected();
    }
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  /** Judges the text as written, too: half a pair beside an escaped half is no character in UTF-8. */
  #refuseLoneSurrogates(decoded: string, start: number, end: number): void {
    const written = LONE_SURROGATE.exec(this.#text.slice(start, end));
    if (written !== null) {
      this.#refuse("lone-surrogate", start + written.index);
    }
    const lone = LONE_SURROGATE.exec(decoded);
    if (lone === null) {
      return;
    }
    let at = start;
    for (let left = lone.index; left > 0; left -= 1) {
      const escaped = this.#text[at] === "\\";
      at += escaped ? (this.#text[at + 1] === "u" ? 6 : 2) : 1;
    }
    this.#refuse("lone-surrogate", at);
  }

  #number(): JsonValue {
    const start = this.#at;
    const token = this.#match(NUMBER);
    if (token === undefined && this.#match(FOREIGN_NUMBER) !== undefined) {
      this.#refuse("number", start);
    }
    const next = this.#text[start + (token?.length ?? 0)];
    if (token === undefined || next === "." || next === "e" || next === "E") {
      this.#at = this.#match(CUT_NUMBER) === undefined ? start : this.#text.length;
      this.#unexpected();
    }
    this.#at = start + token.length;
    const double = Number(token);
    if (!Number.isFinite(double)) {
      this.#refuse("number", start);
    }
    return Number.isSafeInteger(double) || /[.eE]/.test(token) ? double : this.#big(token, double);
  }

  #big(token: string, double: number): number | bigint {
    const digits = token.startsWith("-") ? token.length - 1 : token.length;
    if (digits <= MAX_U64_DIGITS) {
      const exact = BigInt(token);
      if (exact >= MIN_I64 && exact <= MAX_U64) {
        return exact;
      }
    }
    this.#beyondU64.push(this.#pointer());
    return double;
  }

  #literal(word: string, value: boolean | null): JsonValue {
    for (const letter of word) {
      this.#expect(letter);
    }
    return value;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) {
      return false;
    }
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#takes(character)) {
      this.#unexpected();
    }
  }

  #skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) {
        return;
      }
      this.#at += 1;
    }
  }

  #unexpected(): never {
    this.#refuse(this.#at >= this.#text.length ? "cut" : "syntax", this.#at);
  }

  #refuse(kind: JsonProblem["kind"], offset: number): never {
    throw new Refusal({ kind, offset, pointer: this.#pointer() });
  }

  #pointer(): string {
    return this.#path.reduce<string>(childPointer, "");
  }
}

/** Defines an own member, `__proto__` included: plain assignment would set the prototype instead. */
function setOwn(members: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name === "__proto__") {
    Object.defineProperty(members, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    members[name] = value;
  }
}
