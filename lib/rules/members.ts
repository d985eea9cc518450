import { childPointer } from "@/kernel/json/pointer.ts";
import { isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { PlacelessProblem, RuleProblemCode } from "./problem.ts";

/**
 * Reads the members of one object of a rules file. What is absent, of another type or out of range becomes a
 * problem and reads as a harmless value; {@link end} refuses what was never asked for. A rule that was not
 * understood to its last member must not run: it would count something else than its author reads.
 */
export class Members {
  readonly pointer: string;
  readonly #value: JsonValue | undefined;
  readonly #problems: PlacelessProblem[];
  readonly #asked = new Set<string>();

  constructor(value: JsonValue | undefined, pointer: string, problems: PlacelessProblem[]) {
    this.pointer = pointer;
    this.#value = value;
    this.#problems = problems;
    if (!isObject(value)) {
      this.#add("wrong-type", pointer, "this is no object", "write its members");
    }
  }

  has(name: string): boolean {
    return isObject(this.#value) && member(this.#value, name) !== undefined;
  }

  raw(name: string): JsonValue | undefined {
    this.#asked.add(name);
    return isObject(this.#value) ? member(this.#value, name) : undefined;
  }

  /** A text; `fallback` where it is absent, null if it may not be. */
  text(name: string, fallback: string | null = null): string {
    const value = this.#given(name, fallback);
    return typeof value === "string" ? value : this.#wrong(name, value, "a text", fallback ?? "");
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#given(name, fallback);
    return typeof value === "boolean" ? value : this.#wrong(name, value, "true or false", fallback);
  }

  number(name: string, fallback: number | null = null): number {
    const value = this.#given(name, fallback);
    return typeof value === "number" ? value : this.#wrong(name, value, "a number", fallback ?? 1);
  }

  /** One of the names that are known. */
  oneOf<T extends string>(name: string, known: readonly T[], fallback: T | null, other: T): T {
    const value = this.#given(name, fallback);
    const found = known.find((each) => each === value);
    if (found === undefined && value !== undefined) {
      this.#unknownName(childPointer(this.pointer, name), value, known);
    }
    return found ?? other;
  }

  /** A list of texts; empty where it is absent. */
  texts(name: string): readonly string[] {
    return this.list(name).flatMap((value, index) => {
      if (typeof value === "string") {
        return [value];
      }
      const pointer = childPointer(childPointer(this.pointer, name), index);
      this.#add("wrong-type", pointer, "this is no text", "write a text, in quotes if need be");
      return [];
    });
  }

  /** A list of known names. */
  names<T extends string>(name: string, known: readonly T[]): readonly T[] {
    return this.texts(name).flatMap((value, index) => {
      const found = known.find((each) => each === value);
      if (found === undefined) {
        this.#unknownName(childPointer(childPointer(this.pointer, name), index), value, known);
      }
      return found === undefined ? [] : [found];
    });
  }

  list(name: string): readonly JsonValue[] {
    const value = this.#given(name, []);
    return isArray(value) ? value : this.#wrong(name, value, "a list", []);
  }

  refuse(code: RuleProblemCode, name: string, detail: string, fix: string): void {
    this.#add(code, childPointer(this.pointer, name), detail, fix);
  }

  /** Refuses members that nobody asked for. */
  end(): void {
    if (isObject(this.#value)) {
      for (const name of Object.keys(this.#value)) {
        if (!this.#asked.has(name)) {
          this.refuse(
            "unknown-member",
            name,
            "no such member is known",
            "remove it or correct its name",
          );
        }
      }
    }
  }

  #given(name: string, fallback: JsonValue): JsonValue | undefined {
    const value = this.raw(name);
    if (value !== undefined || fallback !== null) {
      return value === undefined ? fallback : value;
    }
    if (isObject(this.#value)) {
      this.#add("missing-member", this.pointer, `it has no ${name}`, `add ${name}`);
    }
    return undefined;
  }

  #wrong<T>(name: string, value: JsonValue | undefined, wanted: string, fallback: T): T {
    if (value !== undefined) {
      this.refuse("wrong-type", name, `this is not ${wanted}`, `write ${wanted}`);
    }
    return fallback;
  }

  #unknownName(pointer: string, value: JsonValue, known: readonly string[]): void {
    const shown =
      typeof value === "string" ? `${JSON.stringify(value.slice(0, 60))} is` : "this is";
    this.#add("unknown-name", pointer, `${shown} not known here`, `use one of ${known.join(", ")}`);
  }

  #add(code: RuleProblemCode, pointer: string, detail: string, fix: string): void {
    this.#problems.push({ code, pointer, detail, fix });
  }
}
