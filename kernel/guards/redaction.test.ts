import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json/value.ts";
import { arbitraryJson } from "../testing/arbitrary-json.ts";
import { sanitizeOutput } from "./output.ts";
import { findingsText, MASK, type RedactionConfig, redactValue } from "./redaction.ts";

const ALL: RedactionConfig = {
  action: "mask",
  detect: ["email", "ssn", "secret"],
  names: ["ssn", "Api-Key"],
};
const AWS = `AKIA${"A".repeat(16)}`;

function masked(value: JsonValue, config: Partial<RedactionConfig> = {}): JsonValue {
  return redactValue(value, { ...ALL, ...config }).value;
}

function places(value: JsonValue, config: Partial<RedactionConfig> = {}): readonly string[] {
  return redactValue(value, { ...ALL, ...config }).findings.map(
    ({ what, pointer }) => `${what} ${pointer}`,
  );
}

describe("redactValue", () => {
  it.each([
    ["mail a.b+c@ex-ample.co.uk now", `mail ${MASK} now`],
    ["a@b.c, a@b, @b.co, a@.co", "a@b.c, a@b, @b.co, a@.co"],
    ["my 123-45-6789.", `my ${MASK}.`],
    ["my 123 45 6789.", `my ${MASK}.`],
    ["1123-45-6789 123-45-67890 123-456789", "1123-45-6789 123-45-67890 123-456789"],
    [`x ${AWS} y ${AWS}`, `x ${MASK} y ${MASK}`],
    ["password=12345678 rest", `${MASK} rest`],
    [`a@b.co ${AWS} 123-45-6789`, `${MASK} ${MASK} ${MASK}`],
  ])("masks %j", (text, expected) => expect(masked(text)).toBe(expected));

  it("takes a private key out whole", () => {
    const key = "-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----";
    expect(masked(`a ${key} b`)).toBe(`a ${MASK} b`);
    expect(masked(`a ${key}${key} b`)).toBe(`a ${MASK}${MASK} b`);
    expect(masked("a -----BEGIN PRIVATE KEY-----\nMHcC")).toBe(`a ${MASK}`);
    expect(masked("a -----BEGIN PRIVATE KEY-----\nMHcC\n-----END x")).toBe(`a ${MASK}`);
  });

  it("masks overlapping findings once", () => {
    expect(masked(`password=abcdefgh@host.example rest`)).toBe(`${MASK} rest`);
    expect(masked(`x password=${AWS} rest`)).toBe(`x ${MASK} rest`);
  });

  it("masks what masking uncovers, and gives up the text where that does not end", () => {
    expect(masked("a@b.co123-45-6789")).toBe(`${MASK}${MASK}`);
    const chain = "a@b.co123-45-6789".repeat(3);
    expect(masked(chain)).toBe(masked(masked(chain)));
  });

  it("gives up a text in which something is found only once decoded", () => {
    expect(masked(`x ${btoa(`key: ${AWS}`)} y`)).toBe(MASK);
    expect(masked("a%40b.co")).toBe(MASK);
    expect(places({ a: "a%40b.co" })).toEqual(["email /a"]);
  });

  it("looks for what it is told to", () => {
    expect(masked("a@b.co 123-45-6789", { detect: ["ssn"] })).toBe(`a@b.co ${MASK}`);
    expect(masked("a@b.co 123-45-6789", { detect: [] })).toBe("a@b.co 123-45-6789");
  });

  it("masks listed names at any depth, however they are spelled", () => {
    const value = {
      a: [{ api_key: 1, APIKEY: { b: 2 }, "api-key": null, apikeys: "x" }],
      SSN: "x",
    };
    expect(masked(value)).toEqual({
      a: [{ api_key: MASK, APIKEY: MASK, "api-key": null, apikeys: "x" }],
      SSN: MASK,
    });
    expect(places(value)).toEqual([
      "name api_key /a/0/api_key",
      "name APIKEY /a/0/APIKEY",
      "name SSN /SSN",
    ]);
    expect(places({ ssn: MASK })).toEqual([]);
  });

  it("masks a name and a text that are a secret together", () => {
    expect(masked({ password: "12345678", passwords: "12345678" })).toEqual({
      password: MASK,
      passwords: "12345678",
    });
    expect(places({ a: { password: "12345678" } })).toEqual(["generic_secret /a/password"]);
  });

  it("masks names, keeps them apart, and never points at one", () => {
    const value = { "a@b.co": { x: "c@d.co" }, "e@f.co": 1, [MASK]: 2 };
    expect(masked(value)).toEqual({ [`${MASK} 2`]: { x: MASK }, [`${MASK} 3`]: 1, [MASK]: 2 });
    expect(places(value)).toEqual(["email ", `email /${MASK} 2/x`, "email "]);
    expect(masked({ "a@b.co": "x" })).toEqual({ [MASK]: "x" });
  });

  it("drops where it is told to", () => {
    const value = { a: ["x", "a@b.co", 1], "a@b.co": 1, ssn: 2, password: "12345678", c: "x" };
    expect(masked(value, { action: "drop" })).toEqual({ a: ["x", 1], c: "x" });
    expect(masked("a@b.co", { action: "drop" })).toBeNull();
    expect(places(value, { action: "drop" })).toEqual([
      "email /a/1",
      "email ",
      "name ssn /ssn",
      "generic_secret /password",
    ]);
  });

  it("keeps members of any name", () => {
    const value = Object.fromEntries([["__proto__", { a: "a@b.co" }]]);
    expect(JSON.stringify(masked(value))).toBe(`{"__proto__":{"a":"${MASK}"}}`);
  });

  const crumbs = fc
    .array(
      fc.constantFrom(
        "a@b.co",
        "123-45-6789",
        AWS,
        "password=",
        "abcdefgh",
        "x",
        " ",
        ".",
        "-----BEGIN PRIVATE KEY-----",
        "-----END",
        "%41",
        "\\u0040",
        "YUBiLmNv",
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join(""));
  const hostile = fc.oneof(
    arbitraryJson,
    fc.dictionary(fc.oneof(crumbs, fc.constant("ssn")), fc.oneof(crumbs, fc.array(crumbs)), {
      maxKeys: 4,
    }),
  );

  it("finds nothing in its own result", () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom("mask", "drop"), (value, action) => {
        const once = redactValue(value, { ...ALL, action });
        const twice = redactValue(once.value, { ...ALL, action });
        expect(twice).toEqual({ value: once.value, findings: [] });
        if (once.findings.length === 0) {
          expect(once.value).toEqual(value);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is linear in a long text", () => {
    for (const piece of ["a", "a@", "a.a", "a@a.", "1-", "password=", "a@b.co123-45-6789"]) {
      expect(typeof masked(piece.repeat(50_000 / piece.length))).toBe("string");
    }
  });
});

describe("findingsText", () => {
  const finding = { what: "email", pointer: "/a" };
  it("lists eight places and counts the rest", () => {
    expect(findingsText([finding, { what: "ssn", pointer: "" }])).toBe('email at "/a", ssn at ""');
    expect(findingsText(Array.from({ length: 8 }, () => finding))).not.toContain("more");
    expect(findingsText(Array.from({ length: 9 }, () => finding))).toMatch(/and 1 more$/);
    expect(findingsText(Array.from({ length: 10 }, () => finding))).toMatch(/"\/a" and 2 more$/);
  });
});

describe("sanitizeOutput", () => {
  const config = { action: "redact", detect: ["email"], names: ["token"] } as const;

  it("delivers, redacts or blocks", () => {
    const clean = { a: "x" };
    expect(sanitizeOutput(clean, config)).toEqual({ kind: "clean", value: clean, details: null });
    expect(sanitizeOutput({ a: "a@b.co", token: 1 }, config)).toEqual({
      kind: "redacted",
      value: { a: MASK, token: MASK },
      details: 'email at "/a", name token at "/token"',
    });
    expect(sanitizeOutput({ a: "a@b.co" }, { ...config, action: "block" })).toEqual({
      kind: "blocked",
      reason: 'the result holds email at "/a"',
    });
    expect(sanitizeOutput(clean, { ...config, action: "block" }).kind).toBe("clean");
  });

  it("blocks what it cannot look through", () => {
    let deep: JsonValue = "a@b.co";
    for (let level = 0; level < 200_000; level += 1) {
      deep = [deep];
    }
    const answer = sanitizeOutput(deep, config);
    expect(answer).toMatchObject({
      kind: "blocked",
      reason: expect.stringContaining("cannot be scanned"),
    });
  });
});
