import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_DEPTH, parseJson } from "./parse.ts";
import { readStrictly } from "./strict-reader.ts";

function read(text: string): unknown {
  const parsed = parseJson(text);
  expect(parsed).toMatchObject({ ok: true });
  return parsed.ok ? parsed.value.value : undefined;
}

function problemOf(text: string): unknown {
  const parsed = parseJson(text);
  expect(parsed).toMatchObject({ ok: false });
  return parsed.ok ? undefined : parsed.error;
}

describe("integers", () => {
  it.each([
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["9007199254740993", 9007199254740993n],
    ["-9223372036854775808", -9223372036854775808n],
    ["18446744073709551615", 18446744073709551615n],
    ["9223372036854776000", 9223372036854776000n],
    ["1.0", 1],
    ["1e2", 100],
    ["-0", -0],
    ["0.1", 0.1],
    ["1e-400", 0],
    ["9007199254740993.0", 9007199254740992],
  ])("reads %s exactly, also inside a value", (token, expected) => {
    expect(read(token)).toStrictEqual(expected);
    expect(read(`{"a":[${token},{"b":${token}}]}`)).toStrictEqual({
      a: [expected, { b: expected }],
    });
  });

  it("reads an integer beyond 64 bits as a double and says where", () => {
    expect(parseJson('{"a":[0,18446744073709551616],"b/~":-9223372036854775809}')).toStrictEqual({
      ok: true,
      value: {
        value: { a: [0, 2 ** 64], "b/~": -(2 ** 63) },
        beyondU64: ["/a/1", "/b~1~0"],
      },
    });
    expect(parseJson("100000000000000000000")).toStrictEqual({
      ok: true,
      value: { value: 1e20, beyondU64: [""] },
    });
  });
});

describe("refusals", () => {
  it.each([
    ['{"a":1,"a":1}', "duplicate-key", 7, "/a"],
    ['{"a":1,"\\u0061":2}', "duplicate-key", 7, "/a"],
    ['{"x":[{"__proto__":1,"__proto__":2}]}', "duplicate-key", 21, "/x/0/__proto__"],
    ['{"x":[true,"\\ud800"]}', "lone-surrogate", 12, "/x/1"],
    ['{"x":"a\\n\\u0041\\uDC00b"}', "lone-surrogate", 15, "/x"],
    ['{"x":"\\udc00\\ud800"}', "lone-surrogate", 6, "/x"],
    ['{"\\ud800":1}', "lone-surrogate", 2, ""],
    ['{"x":"\ud800"}', "lone-surrogate", 6, "/x"],
    ['{"x":"\ud800\\udc00"}', "lone-surrogate", 6, "/x"],
    ['{"x":1e400}', "number", 5, "/x"],
    ['{"x":NaN}', "number", 5, "/x"],
    ["[1,-Infinity]", "number", 3, "/1"],
    ["", "syntax", 0, ""],
    ["  ", "syntax", 2, ""],
    ["hello", "syntax", 0, ""],
    ["[1,]", "syntax", 3, "/1"],
    ['{"a":1,}', "syntax", 7, ""],
    ["[01]", "number", 1, "/0"],
    ["[+1]", "number", 1, "/0"],
    ["[-.5]", "number", 1, "/0"],
    ["[1.]", "number", 1, "/0"],
    ["[0x10]", "number", 1, "/0"],
    ["[1_000]", "number", 1, "/0"],
    ["[-]", "syntax", 1, "/0"],
    ["2026-01-01 started", "syntax", 0, ""],
    ["1 2", "syntax", 2, ""],
    ['["a\nb"]', "syntax", 3, "/0"],
    ['["\\x"]', "syntax", 3, "/0"],
    ['["\\u12g4"]', "syntax", 6, "/0"],
    ["\ufeff{}", "syntax", 0, ""],
    ["{'a':1}", "syntax", 1, ""],
  ])("refuses %j as %s", (text, kind, offset, pointer) => {
    expect(problemOf(text)).toStrictEqual({ kind, offset, pointer });
  });

  const whole = '{"a":[1.5e+3,"x\\u00e9\\n",true,null],"b":-0.5}';
  it.each(Array.from(whole, (_, end) => whole.slice(0, end)).slice(1))("calls %j cut", (text) => {
    expect(problemOf(text)).toMatchObject({ kind: "cut", offset: text.length });
  });

  it.each(["[", '{"a":'])("bounds the nesting of %j", (opening) => {
    const closing = opening === "[" ? "]" : "}";
    const nested = (depth: number) =>
      `${opening.repeat(depth - 1)}${opening === "[" ? "[]" : "{}"}${closing.repeat(depth - 1)}`;
    expect(parseJson(nested(MAX_DEPTH)).ok).toBe(true);
    expect(problemOf(nested(MAX_DEPTH + 1))).toMatchObject({
      kind: "depth",
      offset: opening.length * MAX_DEPTH,
    });
    expect(problemOf(nested(200_000))).toMatchObject({ kind: "depth" });
    expect(problemOf(opening.repeat(200_000))).toMatchObject({ kind: "depth" });
  });

  it("does not take brackets inside strings, or many siblings, for nesting", () => {
    const text = JSON.stringify({ text: '[{"\\'.repeat(300), siblings: Array(300).fill([{}]) });
    expect(JSON.stringify(read(text))).toBe(text);
  });
});

it("gives objects no foreign prototype and no inherited members", () => {
  for (const text of ['{"__proto__":{"polluted":1}}', '{ "__proto__": {"polluted": 1} }']) {
    const value = read(text);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(Object(value))).toStrictEqual(["__proto__"]);
    expect(Reflect.get(Object(value), "polluted")).toBeUndefined();
  }
});

describe("the plain and the strict reader", () => {
  it("agree on every value that the platform writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (generated) => {
        const text = JSON.stringify(generated);
        const strict = readStrictly(text, MAX_DEPTH);
        const either = parseJson(text);
        expect(either).toStrictEqual(
          "problem" in strict ? { ok: false, error: strict.problem } : { ok: true, value: strict },
        );
      }),
      { numRuns: 1500 },
    );
  });

  const fragments = fc.constantFrom(
    ...'{}[],:"\\ \n-0.eE',
    ...['"a"', '"a":1,', '"\\u0061":', "\\ud800", "\\udc00", "\ud800", "\udc00", "é", "null"],
    ...["9007199254740993", "18446744073709552000", "9223372036854776000", "1e400", "1.50", "NaN"],
  );

  it("agree on arbitrary text, and accept only what the platform accepts", () => {
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        const strict = readStrictly(text, MAX_DEPTH);
        const either = parseJson(text);
        expect(either).toStrictEqual(
          "problem" in strict ? { ok: false, error: strict.problem } : { ok: true, value: strict },
        );
        if (either.ok) {
          expect(() => JSON.parse(text)).not.toThrow();
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("let no duplicated member and no rounded integer pass", () => {
    const name = fc.string({ maxLength: 3 });
    const space = fc.constantFrom("", " ", "\n");
    fc.assert(
      fc.property(name, fc.jsonValue(), fc.jsonValue(), space, (twice, first, second, gap) => {
        const member = JSON.stringify(twice);
        const text = `[{${member}:${JSON.stringify(first)},${gap}${member}:${JSON.stringify(second)}}]`;
        const problem = problemOf(text);
        expect(["duplicate-key", "lone-surrogate"]).toContain(Reflect.get(Object(problem), "kind"));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), space, (integer, gap) => {
        const value = read(`[${gap}${integer}]`);
        expect(Array.isArray(value) && String(value[0])).toBe(String(integer));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the platform's parser", () => {
  const number = fc.oneof(
    fc.constantFrom("0", "-0", "1e0", "1e3", "1000", "5e9", "1e400", "-1E5", "0.5", "5e-1", "1.0"),
    fc.constantFrom("9007199254740991", "9007199254740993", "9223372036854776000", "1e15", "1e22"),
    fc.integer().map(String),
    fc.tuple(fc.integer(), fc.nat({ max: 4 })).map(([digits, zeros]) => `${digits}e${zeros}`),
  );
  const string = fc.oneof(
    fc.constantFrom(
      '""',
      '"a"',
      '"b"',
      '"__proto__"',
      '"\\u0061"',
      '"é"',
      '"\\ud83d"',
      '"😀"',
      '"\ud83d"',
    ),
    fc.string({ maxLength: 5 }).map((text) => JSON.stringify(text)),
  );
  const space = fc.constantFrom("", "", "", "", "", "", "", " ", "\n");
  const { text } = fc.letrec<{ text: string; list: string; members: string }>((tie) => ({
    text: fc.oneof(
      { depthSize: "small" },
      number,
      string,
      fc.constantFrom("true", "false", "null", "{}", "[]", "[ ]"),
      tie("list"),
      tie("members"),
    ),
    list: fc
      .tuple(fc.array(tie("text"), { maxLength: 4 }), space)
      .map(([items, gap]) => `[${items.join(`${gap},`)}]`),
    members: fc
      .tuple(fc.array(fc.tuple(string, tie("text")), { maxLength: 4 }), space)
      .map(([items, gap]) => `{${items.map(([name, item]) => `${name}:${gap}${item}`).join(",")}}`),
  }));

  it("is believed only where the strict reader reads the same", () => {
    fc.assert(
      fc.property(text, (spelled) => {
        const strictly = readStrictly(spelled, MAX_DEPTH);
        expect(parseJson(spelled)).toStrictEqual(
          "problem" in strictly
            ? { ok: false, error: strictly.problem }
            : { ok: true, value: strictly },
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    '{"a":1,"a":1000000}',
    '{"a":1,"a":1e0}',
    '{"":0,"":1e6,"b":10e7}',
    '{"a":[{"b":1,"b":12e9}]}',
    '{"a" :1,"a":2}',
  ])("does not let a short spelling make up for a dropped member: %s", (spelled) => {
    expect(parseJson(spelled)).toMatchObject({ ok: false, error: { kind: "duplicate-key" } });
  });
});
