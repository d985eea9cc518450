import { err, ok, type Result } from "@/kernel/result.ts";
import type { HttpProblem } from "./problem.ts";

const LARGEST_U64 = 2n ** 64n - 1n;

/**
 * Reads the parameters of an address. One that nobody asked for, or that stands there twice, is a problem: a
 * filter that is misspelt must not widen what is answered.
 */
export class QueryReader {
  readonly #query: URLSearchParams;
  readonly #asked = new Set<string>();
  #problem: HttpProblem | null = null;

  constructor(query: URLSearchParams) {
    this.#query = query;
  }

  text(name: string): string | null {
    this.#asked.add(name);
    const [value, second] = this.#query.getAll(name);
    if (second !== undefined) {
      this.#refuse(name, "one value");
    }
    return value ?? null;
  }

  /** A whole number from zero to 2^64 - 1. */
  integer(name: string): bigint | null {
    const text = this.text(name);
    if (text === null) {
      return null;
    }
    const value = /^\d{1,20}$/.test(text) ? BigInt(text) : null;
    if (value === null || value > LARGEST_U64) {
      this.#refuse(name, "a whole number");
    }
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | null {
    const text = this.text(name);
    const found = values.find((one) => one === text) ?? null;
    if (text !== null && found === null) {
      this.#refuse(name, values.join(", "));
    }
    return found;
  }

  done(): Result<null, HttpProblem> {
    for (const name of this.#query.keys()) {
      if (!this.#asked.has(name)) {
        this.#refuse(name, "no parameter of this name");
      }
    }
    return this.#problem === null ? ok(null) : err(this.#problem);
  }

  #refuse(where: string, expected: string): void {
    this.#problem ??= { code: "bad-request", message: `Expected ${expected}.`, where };
  }
}
