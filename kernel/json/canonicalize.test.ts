import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readVector, vectorsDirectory } from "../testing/vectors.ts";
import { canonicalize, canonicalizeCcEscape, hasCcCharacter } from "./canonicalize.ts";
import { parseJson } from "./parse.ts";
import type { JsonValue } from "./value.ts";

function rewritten(text: string, write: (value: JsonValue) => string = canonicalize): string {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    throw new Error(`${parsed.error.kind} at ${parsed.error.offset}`);
  }
  return write(parsed.value.value);
}

it.each([
  ['{"b":1,"a":{"d":[],"c":{}}}', '{"a":{"c":{},"d":[]},"b":1}'],
  ['{"10":1,"9":2,"1":3}', '{"1":3,"10":1,"9":2}'],
  ['{"\\ud800\\udc00":1,"\\uffff":2,"\\ue000":3}', '{"\ud800\udc00":1,"\ue000":3,"\uffff":2}'],
  ['{"":1,"a":2,"A":3,"__proto__":4}', '{"":1,"A":3,"__proto__":4,"a":2}'],
  [
    "[1.0,1e21,1e20,1e-6,1e-7,-0,-0.0,4.50]",
    "[1,1e+21,100000000000000000000,0.000001,1e-7,0,0,4.5]",
  ],
  ["[9007199254740993,18446744073709551615]", "[9007199254740993,18446744073709551615]"],
  ["[-9223372036854775808,18446744073709551616]", "[-9223372036854775808,18446744073709552000]"],
  [
    '"\\u0000\\u001f\\u007f\\u2028\\/\\b\\f\\n\\r\\t"',
    '"\\u0000\\u001f\u007f\u2028/\\b\\f\\n\\r\\t"',
  ],
  [" [ true , null , false ] ", "[true,null,false]"],
])("writes %s as %s", (text, expected) => {
  expect(rewritten(text)).toBe(expected);
});

it("escapes the second block of control characters in the older dialect alone", () => {
  const text = '{"\u0080":"\u007f\u009f\u00a0"}';
  expect(rewritten(text)).toBe(text);
  expect(rewritten(text, canonicalizeCcEscape)).toBe('{"\\u0080":"\\u007f\\u009f\u00a0"}');
  expect(hasCcCharacter("\u00a0~\n")).toBe(false);
  expect(hasCcCharacter("a\u0085")).toBe(true);
});

it("throws on what no JSON text holds", () => {
  expect(() => canonicalize([Number.NaN])).toThrow(RangeError);
  expect(() => canonicalize({ a: Number.POSITIVE_INFINITY })).toThrow(RangeError);
});

it("is one text for one value, whatever the order and spacing it came in", () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(shuffled);
    }
    return typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([k, v]) => [k, shuffled(v)]),
        )
      : value;
  };
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: "grapheme" }), (value) => {
      const canonical = rewritten(JSON.stringify(value));
      expect(rewritten(JSON.stringify(shuffled(value), null, 1))).toBe(canonical);
      expect(rewritten(canonical)).toBe(canonical);
      expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 500 },
  );
});

describe.skipIf(vectorsDirectory() === null)("vectors", () => {
  interface Case {
    id: string;
    input_json: string;
    canonical_json: string;
  }
  it.each([
    ["receipts-april/canonical.json", 5, canonicalize],
    ["receipts-v1/canonical.json", 23, canonicalize],
    ["receipts-v1/canonical.cc-escape-dialect.json", 21, canonicalizeCcEscape],
  ])("%s", (path, count, write) => {
    const { cases }: { cases: Case[] } = JSON.parse(readVector(path));
    expect(cases).toHaveLength(count);
    for (const known of cases) {
      expect([known.id, rewritten(known.input_json, write)]).toStrictEqual([
        known.id,
        known.canonical_json,
      ]);
    }
  });
});
