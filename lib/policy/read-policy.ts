import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
} from "yaml";
import { type JsonProblem, MAX_DEPTH, parseJson } from "@/kernel/json/parse.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";

/** Where a policy text cannot be read, both from 1, and why: one sentence without its full stop. */
export interface PolicyTextProblem {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/** UTF-16 units of a policy text that is read: far beyond any real one, and read in well under a second. */
export const MAX_POLICY_TEXT = 256 * 1024;

/**
 * Reads a policy as JSON, where it begins with `{`, else as YAML 1.2 (core schema). What two readers could
 * read in two ways is refused: duplicate members, anchors and aliases, merge keys, tags, another version of
 * YAML, several documents, numbers that JSON lacks. Integers stay exact. Never throws.
 */
export function readPolicyText(text: string): Result<JsonValue, PolicyTextProblem> {
  if (text.length > MAX_POLICY_TEXT) {
    return err({
      line: 1,
      column: 1,
      problem: `the text has ${text.length} characters; at most ${MAX_POLICY_TEXT} are read`,
    });
  }
  return /^\s*\{/.test(text) ? readJson(text) : readYaml(text);
}

function readJson(text: string): Result<JsonValue, PolicyTextProblem> {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return err({
      ...placeOf(text, parsed.error.offset),
      problem: `${JSON_PROBLEMS[parsed.error.kind]} (at ${parsed.error.pointer || "the top"})`,
    });
  }
  const [beyond] = parsed.value.beyondU64;
  return beyond === undefined
    ? ok(parsed.value.value)
    : err({ line: 1, column: 1, problem: `${INTEGER_RANGE} (at ${beyond})` });
}

const INTEGER_RANGE = "an integer beyond 64 bits";

const JSON_PROBLEMS: Readonly<Record<JsonProblem["kind"], string>> = {
  syntax: "not JSON",
  cut: "the text ends inside a value",
  "duplicate-key": "a member stands here twice",
  "lone-surrogate": "half of a surrogate pair",
  number: "a number that JSON lacks",
  depth: "nested too deeply",
};

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - start + 1 };
}

/** What stops the walk: thrown inside this file alone, and always caught in it. */
class Refusal extends Error {
  readonly offset: number;

  constructor(offset: number, problem: string) {
    super(problem);
    this.offset = offset;
  }
}

function readYaml(text: string): Result<JsonValue, PolicyTextProblem> {
  const lines = new LineCounter();
  try {
    return ok(documentValue(parseDocuments(text, lines)));
  } catch (error) {
    // The parser recurses: a text that nests without end exhausts the stack.
    const refusal = error instanceof Refusal ? error : new Refusal(0, "the text cannot be parsed");
    const { line, col } = lines.linePos(refusal.offset);
    return err({ line: Math.max(line, 1), column: Math.max(col, 1), problem: refusal.message });
  }
}

/** Duplicate members are looked for in the walk, since the parser compares each with each. */
function parseDocuments(text: string, lineCounter: LineCounter): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    intAsBigInt: true,
    prettyErrors: false,
    lineCounter,
  });
  return [...documents];
}

function documentValue(documents: readonly Document.Parsed[]): JsonValue {
  const [document, second] = documents;
  if (second !== undefined) {
    throw new Refusal(second.range[0], "more than one document");
  }
  const problem = document?.errors[0];
  if (problem !== undefined) {
    throw new Refusal(problem.pos[0], problem.message);
  }
  if (document === undefined || document.contents === null) {
    throw new Refusal(0, "no policy in the text");
  }
  if (document.directives.yaml.version !== "1.2") {
    throw new Refusal(0, "only YAML 1.2 is read");
  }
  return jsonOf(document.contents, 0);
}

/** Only what the parser built is walked, so that `__proto__` stays a member like any other. */
function jsonOf(node: unknown, depth: number): JsonValue {
  if (isAlias(node)) {
    throw new Refusal(startOf(node), "an alias: write the value out");
  }
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) {
    throw new Refusal(0, "a value that JSON lacks");
  }
  const at = startOf(node);
  if (node.anchor !== undefined) {
    throw new Refusal(at, "an anchor: write the value out where it is used");
  }
  if (node.tag !== undefined) {
    throw new Refusal(at, "a tag: values have the type that they are written in");
  }
  if (isScalar(node)) {
    return scalarOf(node.value, at);
  }
  if (depth === MAX_DEPTH) {
    throw new Refusal(at, "nested too deeply");
  }
  return isSeq(node)
    ? node.items.map((item) => jsonOf(item, depth + 1))
    : objectOf(node.items, depth);
}

function objectOf(
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  depth: number,
): JsonObject {
  const members = new Map<string, JsonValue>();
  for (const { key, value } of pairs) {
    const at = startOf(key);
    const name = jsonOf(key, depth + 1);
    if (typeof name !== "string") {
      throw new Refusal(at, "a member's name must be a text");
    }
    if (name === "<<") {
      throw new Refusal(at, "a merge key: write the members out");
    }
    if (members.has(name)) {
      throw new Refusal(at, "a member stands here twice");
    }
    members.set(name, value === null ? null : jsonOf(value, depth + 1));
  }
  return Object.fromEntries(members);
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function scalarOf(value: unknown, at: number): JsonValue {
  switch (typeof value) {
    case "bigint":
      return integerOf(value, at);
    case "number":
      if (Number.isFinite(value)) {
        return value;
      }
      throw new Refusal(at, "a number that JSON lacks");
    case "string":
      if (LONE_SURROGATE.test(value)) {
        throw new Refusal(at, "half of a surrogate pair");
      }
      return value;
    case "boolean":
      return value;
    default:
      if (value === null) {
        return null;
      }
      throw new Refusal(at, "a value that JSON lacks");
  }
}

/** As the kernel's JSON parser reads integers: exact, within the ranges of i64 and u64. */
function integerOf(value: bigint, at: number): number | bigint {
  if (BigInt.asIntN(64, value) !== value && BigInt.asUintN(64, value) !== value) {
    throw new Refusal(at, INTEGER_RANGE);
  }
  const double = Number(value);
  return Number.isSafeInteger(double) ? double : value;
}

function startOf(node: unknown): number {
  return isAlias(node) || isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}
