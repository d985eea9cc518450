import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesPolicyGlob } from "./policy-glob.ts";

describe("a policy glob", () => {
  it.each([
    ["write_file", "write_file", true],
    ["write_file", "write_files", false],
    ["write_file", "awrite_file", false],
    ["write_*", "write_file", true],
    ["write_*", "write_", true],
    ["write_*", "write", false],
    ["write_*", "write_a/b", false],
    ["write_**", "write_a/b", true],
    ["write_**", "write_", true],
    ["*", "", true],
    ["*", "a/b", false],
    ["**", "a/b", true],
    ["***", "a/b/c", true],
    ["*/*", "a/b", true],
    ["*/*", "a/b/c", false],
    ["**/c", "a/b/c", true],
    ["a*b*c", "aXbYc", true],
    ["a*b*c", "aXcYb", false],
    ["?", "a", true],
    ["?", "/", true],
    ["?", "", false],
    ["?", "ab", false],
    ["?x", "😀x", true],
    ["a.c", "abc", false],
    ["[ab]", "a", false],
    ["[ab]", "[ab]", true],
    ["a\nb", "a\nb", true],
    ["", "", true],
    ["", "a", false],
    ["Write", "write", false],
  ])("%j covers %j: %s", (glob, name, covers) => {
    expect(matchesPolicyGlob(glob, name)).toBe(covers);
  });

  it("covers what the same regular expression covers", () => {
    const glob = fc.array(fc.constantFrom("a", "b", "/", "?", "*", "**"), { maxLength: 8 });
    const name = fc.array(fc.constantFrom("a", "b", "/"), { maxLength: 8 });
    fc.assert(
      fc.property(glob, name, (tokens, characters) => {
        const text = tokens.join("");
        const source = text.replace(/\*\*|\*|\?/g, (token) => REGEX[token] ?? "");
        const covers = new RegExp(`^${source}$`, "s").test(characters.join(""));
        expect(matchesPolicyGlob(text, characters.join(""))).toBe(covers);
      }),
      { numRuns: 500 },
    );
  });

  it("counts as covering where it or the name is too long to compare", () => {
    expect(matchesPolicyGlob("a".repeat(256), "b")).toBe(false);
    expect(matchesPolicyGlob("a".repeat(257), "b")).toBe(true);
    expect(matchesPolicyGlob("a", "b".repeat(256))).toBe(false);
    expect(matchesPolicyGlob("a", "b".repeat(257))).toBe(true);
  });
});

const REGEX: Readonly<Record<string, string>> = { "**": ".*", "*": "[^/]*", "?": "." };
