import {
  CUT_NUMBER,
  FOREIGN_ENDING,
  FOREIGN_NUMBER,
  findLoneSurrogate,
  HEX4,
  mayHoldSurrogates,
  NUMBER,
  numberOf,
  SIMPLE_ESCAPES,
} from "./lexemes.ts";
import type { JsonProblem, ParsedJson } from "./parse.ts";
import { Refusal, Scanner } from "./scanner.ts";
import type { JsonValue } from "./value.ts";

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

class StrictReader extends Scanner {
  readonly #maxDepth: number;
  readonly #mayHoldSurrogates: boolean;
  readonly #beyondU64: string[] = [];
  #depth = 0;

  constructor(text: string, maxDepth: number) {
    super(text);
    this.#maxDepth = maxDepth;
    this.#mayHoldSurrogates = mayHoldSurrogates(text);
  }

  read(): ParsedJson {
    this.skipSpace();
    if (this.at === this.text.length) {
      this.refuse("syntax", this.at);
    }
    const value = this.#value();
    this.skipSpace();
    if (this.at < this.text.length) {
      this.refuse("syntax", this.at);
    }
    return { value, beyondU64: this.#beyondU64 };
  }

  #value(): JsonValue {
    switch (this.text[this.at]) {
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
      this.refuse("depth", this.at);
    }
    this.at += 1;
    this.skipSpace();
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): JsonValue {
    const members: Record<string, JsonValue> = {};
    if (this.takes("}")) {
      return members;
    }
    do {
      this.skipSpace();
      const start = this.at;
      if (this.text[start] !== '"') {
        this.unexpected();
      }
      const name = this.#string();
      this.path.push(name);
      if (Object.hasOwn(members, name)) {
        this.refuse("duplicate-key", start);
      }
      this.skipSpace();
      this.expect(":");
      this.skipSpace();
      setOwn(members, name, this.#value());
      this.path.pop();
      this.skipSpace();
    } while (this.takes(","));
    this.expect("}");
    return members;
  }

  #array(): JsonValue {
    const elements: JsonValue[] = [];
    if (this.takes("]")) {
      return elements;
    }
    do {
      this.skipSpace();
      this.path.push(elements.length);
      elements.push(this.#value());
      this.path.pop();
      this.skipSpace();
    } while (this.takes(","));
    this.expect("]");
    return elements;
  }

  #string(): string {
    const text = this.text;
    const opening = this.at;
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
        this.at = at + 1;
        decoded += this.#escape();
        at = this.at;
        chunk = at;
      } else if (unit >= 0x20) {
        at += 1;
      } else {
        this.at = at;
        this.unexpected();
      }
    }
    this.at = at + 1;
    decoded += text.slice(chunk, at);
    if (this.#mayHoldSurrogates) {
      const lone = findLoneSurrogate(text, opening + 1, at, decoded);
      if (lone !== null) {
        this.refuse("lone-surrogate", lone);
      }
    }
    return decoded;
  }

  #escape(): string {
    const letter = this.text.charAt(this.at);
    const simple = SIMPLE_ESCAPES.get(letter);
    if (simple !== undefined) {
      this.at += 1;
      return simple;
    }
    if (letter !== "u") {
      this.unexpected();
    }
    this.at += 1;
    const digits = this.match(HEX4);
    if (digits === undefined) {
      while (/[0-9a-fA-F]/.test(this.text.charAt(this.at))) {
        this.at += 1;
      }
      this.unexpected();
    }
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #number(): JsonValue {
    const start = this.at;
    const token = this.match(NUMBER);
    if (token === undefined || this.#goesOn(start + token.length)) {
      this.#notOurs(start);
    }
    this.at = start + token.length;
    const value = numberOf(token);
    if (value === "out-of-range") {
      this.refuse("number", start);
    }
    if (value !== "beyond-64-bits") {
      return value;
    }
    this.#beyondU64.push(this.pointer());
    return Number(token);
  }

  #goesOn(end: number): boolean {
    FOREIGN_ENDING.lastIndex = end;
    return FOREIGN_ENDING.test(this.text);
  }

  /** A number that is cut, one of another language, or none; outside of any value it is a line of prose. */
  #notOurs(start: number): never {
    if (this.match(CUT_NUMBER) !== undefined) {
      this.at = this.text.length;
      this.unexpected();
    }
    if (this.#depth > 0 && this.match(FOREIGN_NUMBER) !== undefined) {
      this.refuse("number", start);
    }
    this.unexpected();
  }

  #literal(word: string, value: boolean | null): JsonValue {
    for (const letter of word) {
      this.expect(letter);
    }
    return value;
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
