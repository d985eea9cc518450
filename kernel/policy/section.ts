import { childPointer } from "../json/pointer.ts";
import { asText, asU64, isArray, isObject, type JsonValue, member } from "../json/value.ts";
import type { PolicyProblem, PolicyProblemKind } from "./problem.ts";

/** Collects every problem of a policy, so that its author sees all of them at once. */
export type Problems = PolicyProblem[];

/** Integers of a policy that are kept as `number`. */
const MAX_SMALL = 2n ** 32n - 1n;
const U64_MAX = 2n ** 64n - 1n;

/**
 * Reads one object of a policy. Each method reads one member: the default where it is absent; where it has
 * another type or range, a problem and the default. {@link end} refuses what was never asked for, so a
 * member that is misspelt is a problem, not a rule that silently does nothing.
 */
export class Section {
  readonly pointer: string;
  readonly #value: JsonValue | undefined;
  readonly #problems: Problems;
  readonly #known = new Set<string>();

  /** `undefined` reads as an empty object: every member takes its default. */
  constructor(value: JsonValue | undefined, pointer: string, problems: Problems) {
    this.pointer = pointer;
    this.#value = value;
    this.#problems = problems;
    if (value !== undefined && !isObject(value)) {
      this.#refuse(pointer, "wrong-type", "expected an object");
    }
  }

  /** The names that the object has. */
  names(): readonly string[] {
    return isObject(this.#value) ? Object.keys(this.#value) : [];
  }

  has(name: string): boolean {
    return this.names().includes(name);
  }

  /** Any value: what is not looked into. */
  raw(name: string): JsonValue | undefined {
    this.#known.add(name);
    return isObject(this.#value) ? member(this.#value, name) : undefined;
  }

  /** A member that is an object itself; null where it is absent. */
  section(name: string): Section | null {
    const value = this.raw(name);
    return value === undefined
      ? null
      : new Section(value, childPointer(this.pointer, name), this.#problems);
  }

  /** The same; where it is absent, an empty one, of which every member takes its default. */
  sectionOrEmpty(name: string): Section {
    return new Section(this.raw(name), childPointer(this.pointer, name), this.#problems);
  }

  /** Each element of a list of objects. */
  sections(name: string): readonly Section[] {
    const value = this.#read(name, (found) => (isArray(found) ? found : undefined), [], "a list");
    const pointer = childPointer(this.pointer, name);
    return value.map(
      (element, index) => new Section(element, childPointer(pointer, index), this.#problems),
    );
  }

  flag(name: string, fallback: boolean): boolean {
    return this.#read(
      name,
      (found) => (typeof found === "boolean" ? found : undefined),
      fallback,
      "true or false",
    );
  }

  text(name: string, fallback: string): string {
    return this.#read(name, asText, fallback, "a text");
  }

  /** A text that must be there and hold something. */
  required(name: string): string {
    if (!this.has(name)) {
      this.problem(name, "wrong-type", "expected a text");
    }
    const text = this.text(name, "?");
    if (text === "") {
      this.problem(name, "out-of-range", "must not be empty");
    }
    return text;
  }

  texts(name: string, fallback: readonly string[]): readonly string[] {
    const read = (found: JsonValue): readonly string[] | undefined =>
      isArray(found) && found.every((element) => typeof element === "string") ? found : undefined;
    return this.#read(name, read, fallback, "a list of texts");
  }

  /** A list of texts for which an empty one means the built-in one too (kernel semantics 7.3). */
  textsOrDefault(name: string, fallback: readonly string[]): readonly string[] {
    const texts = this.texts(name, fallback);
    return texts.length === 0 ? fallback : texts;
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const read = (found: JsonValue): T | undefined => choices.find((choice) => choice === found);
    return this.#read(name, read, fallback, `one of ${choices.join(", ")}`);
  }

  /** A list of some of the choices. */
  choices<T extends string>(
    name: string,
    choices: readonly T[],
    fallback: readonly T[],
  ): readonly T[] {
    const read = (found: JsonValue): readonly T[] | undefined => {
      const elements = isArray(found) ? found : [null];
      const chosen = elements.flatMap((one) => choices.filter((choice) => choice === one));
      return chosen.length === elements.length ? chosen : undefined;
    };
    return this.#read(name, read, fallback, `a list of ${choices.join(", ")}`);
  }

  /** An integer of the u64 range, at least `least`. */
  count(name: string, fallback: bigint, least: bigint = 0n, most: bigint = U64_MAX): bigint {
    const count = this.#read(name, asU64, fallback, "an integer from 0");
    if (count < least || count > most) {
      this.problem(name, "out-of-range", `must be from ${least} to ${most}`);
    }
    return count;
  }

  /** The same, where it fits a `number`. */
  small(name: string, fallback: number, least: number): number {
    return Number(this.count(name, BigInt(fallback), BigInt(least), MAX_SMALL));
  }

  /** A limit; null, which may also be written, is none. */
  limit(name: string, fallback: bigint | null, least = 0n): bigint | null {
    const value = this.raw(name);
    if (value === undefined) {
      return fallback;
    }
    return value === null ? null : this.count(name, least, least);
  }

  /** A finite number of at least zero. */
  ratio(name: string, fallback: number): number {
    const read = (found: JsonValue): number | undefined =>
      isNumber(found) && found >= 0 ? found : undefined;
    return this.#read(name, read, fallback, "a number from 0");
  }

  /** A finite number; null, which may also be written, is none. */
  bound(name: string): number | null {
    const read = (found: JsonValue): number | undefined => (isNumber(found) ? found : undefined);
    return this.raw(name) === null ? null : this.#read<number | null>(name, read, null, "a number");
  }

  problem(name: string, kind: PolicyProblemKind, detail: string): void {
    this.#refuse(childPointer(this.pointer, name), kind, detail);
  }

  /** Refuses the whole section. */
  refuse(kind: PolicyProblemKind, detail: string): void {
    this.#refuse(this.pointer, kind, detail);
  }

  /** Refuses every member that was not read. Nothing is read after it. */
  end(): void {
    for (const name of this.names()) {
      if (!this.#known.has(name)) {
        this.problem(name, "unknown-key", "is not known");
      }
    }
  }

  #read<T>(
    name: string,
    read: (found: JsonValue) => T | undefined,
    fallback: T,
    expected: string,
  ): T {
    const found = this.raw(name);
    if (found === undefined) {
      return fallback;
    }
    const value = read(found);
    if (value === undefined) {
      this.problem(name, "wrong-type", `expected ${expected}`);
      return fallback;
    }
    return value;
  }

  #refuse(pointer: string, kind: PolicyProblemKind, detail: string): void {
    this.#problems.push({ pointer, kind, detail });
  }
}

function isNumber(value: JsonValue): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
