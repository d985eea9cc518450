import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { arbitraryJson } from "@/kernel/testing/arbitrary-json.ts";
import { MAX_POLICY_TEXT, readPolicyText } from "@/lib/policy/read-policy.ts";

function read(text: string) {
  const value = readPolicyText(text);
  if (!value.ok) {
    throw new Error(value.error.problem);
  }
  return value.value;
}

function refusal(text: string) {
  const value = readPolicyText(text);
  if (value.ok) {
    throw new Error(`read as ${canonicalize(value.value)}`);
  }
  return value.error;
}

describe("a policy in YAML", () => {
  it("is read by the core schema", () => {
    const text = [
      "# comment",
      "integer: 12",
      "negative: -5",
      "hexadecimal: 0x10",
      "decimal: 0.60",
      "exponent: 1e3",
      "yes: yes",
      "off: off",
      "flag: true",
      "nothing: ~",
      "absent:",
      "version: '1.0'",
      "underscore: 1_000",
      "block: |",
      "  two",
      "  lines",
      "list: [a, 'b', \"\\u00e9\"]",
      "nested:",
      "  - { x: 1 }",
      "  -",
      "    y: 2",
    ].join("\n");
    expect(read(text)).toEqual({
      integer: 12,
      negative: -5,
      hexadecimal: 16,
      decimal: 0.6,
      exponent: 1000,
      yes: "yes",
      off: "off",
      flag: true,
      nothing: null,
      absent: null,
      version: "1.0",
      underscore: "1_000",
      block: "two\nlines\n",
      list: ["a", "b", "é"],
      nested: [{ x: 1 }, { y: 2 }],
    });
  });

  it("keeps integers exact", () => {
    expect(read("- 9007199254740991\n- 9007199254740992\n- 18446744073709551615")).toEqual([
      9007199254740991,
      9007199254740992n,
      18446744073709551615n,
    ]);
    expect(read("- -9007199254740991\n- -9223372036854775808")).toEqual([
      -9007199254740991,
      -9223372036854775808n,
    ]);
  });

  it("keeps names of the prototype as members of their own", () => {
    const value = read("__proto__:\n  polluted: true\nconstructor: 1\n");
    expect(Object.keys(Object(value))).toEqual(["__proto__", "constructor"]);
    expect(Object(value).polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it("reads what a JSON text says, whatever it says", () => {
    fc.assert(
      fc.property(arbitraryJson, (value) => {
        const text = canonicalize(value);
        fc.pre(text !== "null" && !text.includes('"<<":') && !LONG_EXPONENT.test(text));
        const array = `[${text}]`;
        expect(canonicalize(read(array))).toBe(canonicalize([value]));
      }),
    );
  });
});

/** A double beyond 64 bits without an exponent is an integer to YAML, and refused. */
const LONG_EXPONENT = /\d{20}/;

describe("a policy in YAML is refused with its place", () => {
  it.each([
    ["a: 1\nb:\n  c: 1\n  c: 2", 4, 3, "a member stands here twice"],
    ['"a": 1\na: 2', 2, 1, "a member stands here twice"],
    ["a: &x 1", 1, 7, "an anchor: write the value out where it is used"],
    ["a: &x [1]", 1, 7, "an anchor: write the value out where it is used"],
    ["&x a: 1", 1, 4, "an anchor: write the value out where it is used"],
    ["a: *x", 1, 4, "an alias: write the value out"],
    ["*x : 1", 1, 1, "an alias: write the value out"],
    ["a: !secret b", 1, 12, "a tag: values have the type that they are written in"],
    ["a: !!str 1", 1, 10, "a tag: values have the type that they are written in"],
    ["a: !!binary aGk=", 1, 13, "a tag: values have the type that they are written in"],
    ["a: !!set {b}", 1, 10, "a tag: values have the type that they are written in"],
    ["<<: {a: 1}", 1, 1, "a merge key: write the members out"],
    ["a: 1\n---\nb: 2", 2, 1, "more than one document"],
    ["a: 1\n...\nb: 2", 3, 1, "more than one document"],
    ["%YAML 1.1\n---\na: 1", 1, 1, "only YAML 1.2 is read"],
    ["1: a", 1, 1, "a member's name must be a text"],
    ["? [a]\n: 1", 1, 3, "a member's name must be a text"],
    ["~: a", 1, 1, "a member's name must be a text"],
    ["a: .inf", 1, 4, "a number that JSON lacks"],
    ["a: .nan", 1, 4, "a number that JSON lacks"],
    ["a: 1e400", 1, 4, "a number that JSON lacks"],
    ["a: 18446744073709551616", 1, 4, "an integer beyond 64 bits"],
    ["a: -9223372036854775809", 1, 4, "an integer beyond 64 bits"],
    ['a: "\\ud800"', 1, 4, "half of a surrogate pair"],
    ["", 1, 1, "no policy in the text"],
    ["# only a comment", 1, 1, "no policy in the text"],
  ])("%j", (text, line, column, problem) => {
    expect(refusal(text)).toEqual({ line, column, problem });
  });

  it.each(["a: [1,", "a: b: c", "\ta: 1", "a: 'b", "- a\nb", "a: |x", "a: `b`"])(
    "%j is not YAML",
    (text) => {
      expect(refusal(text).problem).not.toBe("");
    },
  );

  it("where it nests too deeply", () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(readPolicyText(nested(128)).ok).toBe(true);
    expect(refusal(nested(129))).toEqual({ line: 1, column: 129, problem: "nested too deeply" });
    expect(readPolicyText("- ".repeat(50_000)).ok).toBe(false);
    expect(readPolicyText("[".repeat(50_000)).ok).toBe(false);
  });

  it("where it is too long", () => {
    const comment = (length: number) => `a: 1 #${"x".repeat(length - 6)}`;
    expect(read(comment(MAX_POLICY_TEXT))).toEqual({ a: 1 });
    expect(refusal(comment(MAX_POLICY_TEXT + 1)).problem).toMatch(/at most 262144 are read/);
  });
});

describe("a policy in JSON", () => {
  it("is read by the strict parser", () => {
    expect(read(' \n{"a": 18446744073709551615, "b": [1.5]}')).toEqual({
      a: 18446744073709551615n,
      b: [1.5],
    });
  });

  it.each([
    ['{"a": 1,\n "a": 2}', 2, 2, "a member stands here twice (at /a)"],
    ['{"a": {"b": NaN}}', 1, 13, "a number that JSON lacks (at /a/b)"],
    ['{"a": "\\ud800"}', 1, 8, "half of a surrogate pair (at /a)"],
    ['{"a": 18446744073709551616}', 1, 1, "an integer beyond 64 bits (at /a)"],
    ["{a: 1}", 1, 2, "not JSON (at the top)"],
    ['{"a": [1', 1, 9, "the text ends inside a value (at /a)"],
  ])("%s is refused", (text, line, column, problem) => {
    expect(refusal(text)).toMatchObject({ problem });
    expect([line, column]).toEqual([refusal(text).line, refusal(text).column]);
  });
});
