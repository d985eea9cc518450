import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../json/value.ts";
import { inputOf } from "../testing/capabilities.ts";
import { domainExact, domainGlob, domainOf, matchesGlob } from "./domain.ts";

function exact(value: string, given: JsonValue): boolean {
  return domainExact(value, inputOf(given))?.kind === "holds";
}

function glob(value: string, given: JsonValue): boolean {
  return domainGlob(value, inputOf(given))?.kind === "holds";
}

describe("the domain of a text", () => {
  it.each([
    ["https://api.example.com/x?y#z", "api.example.com"],
    ["  HTTPS://API.Example.COM  ", "api.example.com"],
    ["api.example.com:8443", "api.example.com"],
    ["https://user:secret@api.example.com:1/", "api.example.com"],
    ["https://a@b@api.example.com", "api.example.com"],
    ["a.b?q=/", "a.b"],
    ["a.b#c", "a.b"],
    ["..a.b..", "a.b"],
    ["localhost", "localhost"],
    ["http://LOCALHOST:80", "localhost"],
    ["README.md", "readme.md"],
    ["1.2.3", "1.2.3"],
    ["-a.b-", "-a.b-"],
    ["x://y://a.b", null],
    ["hello", null],
    ["a b.c", null],
    ["a_b.c", null],
    ["\u212Aa.b", null],
    ["http://[::1]/", null],
    ["...", null],
    ["", null],
    ["https://", null],
  ])("%j is %j", (text, domain) => {
    expect(domainOf(text)).toBe(domain);
  });
});

describe("domain_exact", () => {
  it("asks every domain, and at least one", () => {
    expect(exact("api.example.com", { url: "https://api.example.com/" })).toBe(true);
    expect(exact(" .API.example.com. ", { url: "https://api.example.com/" })).toBe(true);
    expect(exact("api.example.com", { q: "hello" })).toBe(false);
    expect(exact("api.example.com", { url: "https://api.example.com.evil.io/" })).toBe(false);
    expect(exact("a.b", { urls: ["a.b", "a.b"], q: "hello", n: 1 })).toBe(true);
    expect(exact("a.b", { urls: ["a.b", "c.d"] })).toBe(false);
    expect(exact("*.b", { url: "a.b" })).toBe(false);
  });
});

describe("domain_glob", () => {
  it("asks every domain, and at least one", () => {
    expect(glob("*.Example.com", { url: "https://A.example.com/" })).toBe(true);
    expect(glob("*", { q: "hello" })).toBe(false);
    expect(glob("*.b", { urls: ["a.b", "a.c"] })).toBe(false);
    expect(glob("*.b", { urls: ["a.b", "c.b"] })).toBe(true);
  });

  it.each([
    ["*", "a.b"],
    ["*.b", "x.y.b"],
    ["*.b", ".b"],
    ["a.*", "a.b.c"],
    ["a*c", "abc"],
    ["a*c", "ac"],
    ["a*b*c", "a-b-c"],
    ["a**c", "ac"],
    ["*a*", "bab"],
    ["*aab", "aaab"],
    ["a*a*a", "aaa"],
    ["a.b", "a.b"],
  ])("%j matches %j", (pattern, domain) => {
    expect(matchesGlob(pattern, domain)).toBe(true);
  });

  it.each([
    ["*.b", "b"],
    ["*.b", "a.bc"],
    ["a.*", "b.a.c"],
    ["a*c", "abcd"],
    ["a*a", "a"],
    ["ab*ba", "aba"],
    ["a*b*b", "ab"],
    ["a*bb*c", "abcbc"],
    ["a*b*c*c", "abc"],
    ["a.b", "axb"],
    ["a?b", "axb"],
    ["a.b", "a.bb"],
    ["", "a"],
  ])("%j does not match %j", (pattern, domain) => {
    expect(matchesGlob(pattern, domain)).toBe(false);
  });

  it("matches nothing that is longer than a domain name", () => {
    expect(matchesGlob("*", "a".repeat(253))).toBe(true);
    expect(matchesGlob("*", "a".repeat(254))).toBe(false);
  });

  it("agrees with the pattern's meaning", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 });
    const domain = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 7 });
    fc.assert(
      fc.property(pattern, domain, (glob, text) => {
        const meaning = new RegExp(`^${glob.replaceAll("*", ".*")}$`);
        expect(matchesGlob(glob, text)).toBe(meaning.test(text));
      }),
      { numRuns: 500 },
    );
  });
});
