import { childPointer } from "@/kernel/json/pointer.ts";
import {
  asText,
  asU64,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { HttpProblem } from "./problem.ts";

/** Reads members of a body; the first that is not as it should be is the problem that is answered. */
export class MemberReader {
  readonly #object: JsonObject;
  readonly #at: string;
  #problem: HttpProblem | null = null;

  constructor(object: JsonObject, at = "") {
    this.#object = object;
    this.#at = at;
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#missing(name, "a text");
  }

  optionalText(name: string): string | null {
    const value = member(this.#object, name) ?? null;
    const text = asText(value);
    if (value !== null && (text === undefined || text === "")) {
      this.refuse(name, "a text that is not empty");
    }
    return text ?? null;
  }

  /** A whole number from zero to 2^64 - 1. */
  optionalInteger(name: string): bigint | null {
    const value = member(this.#object, name) ?? null;
    const integer = asU64(value);
    if (value !== null && integer === undefined) {
      this.refuse(name, "a whole number");
    }
    return integer ?? null;
  }

  object(name: string): JsonObject {
    const value = member(this.#object, name);
    if (isObject(value)) {
      return value;
    }
    this.refuse(name, "an object");
    return {};
  }

  optionalObject(name: string): JsonObject | null {
    return (member(this.#object, name) ?? null) === null ? null : this.object(name);
  }

  /** Refuses members of other names: one that is misspelt must not be taken for one that is absent. */
  only(names: readonly string[]): void {
    for (const name of Object.keys(this.#object)) {
      if (!names.includes(name)) {
        this.refuse(name, "no member of this name");
      }
    }
  }

  refuse(name: string, expected: string): void {
    this.#problem ??= {
      code: "bad-request",
      message: `Expected ${expected}.`,
      where: `${this.#at}${childPointer("", name)}`,
    };
  }

  /** The value, if everything that was read was as it should be. */
  done<T>(value: T): Result<T, HttpProblem> {
    return this.#problem === null ? ok(value) : err(this.#problem);
  }

  #missing(name: string, expected: string): string {
    this.refuse(name, expected);
    return "";
  }
}

/** The body as an object. */
export function objectBody(body: JsonValue): Result<JsonObject, HttpProblem> {
  return isObject(body)
    ? ok(body)
    : err({ code: "bad-request", message: "Expected an object.", where: "" });
}
