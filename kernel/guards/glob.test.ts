import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFoldedGlob, compileGlob, parseGlob } from "./glob.ts";

function matches(pattern: string, text: string): boolean {
  const glob = compileGlob(pattern);
  if (!glob.ok) {
    throw new Error(glob.error);
  }
  return glob.value(text);
}

/** The dialect as it is written down, with nothing clever: it backtracks. */
function naive(pattern: string, text: string): boolean {
  if (pattern === "") {
    return text === "";
  }
  if (pattern.startsWith("**/")) {
    return (
      naive(pattern.slice(3), text) ||
      [...text].some((c, at) => c === "/" && naive(pattern.slice(3), text.slice(at + 1)))
    );
  }
  if (pattern.startsWith("*")) {
    const rest = pattern.slice(pattern.startsWith("**") ? 2 : 1);
    return Array.from({ length: text.length + 1 }, (_, at) => text.slice(at)).some((tail) =>
      naive(rest, tail),
    );
  }
  const first = text[0];
  if (pattern.startsWith("[")) {
    const end = pattern.indexOf("]", pattern[1] === "!" ? 3 : 2);
    const negated = pattern[1] === "!";
    const members = pattern.slice(negated ? 2 : 1, end);
    return (
      first !== undefined &&
      members.includes(first) !== negated &&
      naive(pattern.slice(end + 1), text.slice(1))
    );
  }
  const fits = first !== undefined && (pattern[0] === "?" || pattern[0] === first);
  return fits && naive(pattern.slice(1), text.slice(1));
}

describe("a glob", () => {
  it.each([
    ["", ""],
    ["a", "a"],
    ["*", ""],
    ["*", "a/b"],
    ["a*", "a"],
    ["a*c", "a/b/c"],
    ["*a*a*b", "aaab"],
    ["a?c", "a/c"],
    ["?", "😀"],
    ["[a-c]x", "bx"],
    ["[a-c]", "a"],
    ["[a-c]", "c"],
    ["[!a-c]", "d"],
    ["[]]", "]"],
    ["[!]]", "a"],
    ["[-a]", "-"],
    ["[a-]", "-"],
    ["[a-cx-z]", "y"],
    ["[*]", "*"],
    ["[😀]", "😀"],
    ["**", ""],
    ["**", "a/b"],
    ["**/.env", ".env"],
    ["**/.env", "/a/.env"],
    ["**/.ssh/**", "/home/a/.ssh/id"],
    ["**/.ssh/**", ".ssh/id"],
    ["a/**/b", "a/b"],
    ["a/**/b", "a/x/y/b"],
    ["a/**/**/b", "a/b"],
    ["a/**/*b", "a/x/b"],
    ["**/a/**/b", "a/a/b/b"],
    ["**/?", "a/b"],
    ["a\\b", "a\\b"],
  ])("%j matches %j", (pattern, text) => {
    expect(matches(pattern, text)).toBe(true);
  });

  it.each([
    ["", "a"],
    ["a", ""],
    ["a", "ab"],
    ["a", "ba"],
    ["a", "A"],
    ["a*", "ba"],
    ["*a", "ab"],
    ["*a*a*a*b", "a".repeat(40)],
    ["a?c", "ac"],
    ["?", ""],
    ["?", "ab"],
    ["??", "😀"],
    ["[a-c]", "d"],
    ["[a-c]", "`"],
    ["[a-c]", "A"],
    ["[!a-c]", "b"],
    ["[!a-c]", ""],
    ["[]]", "["],
    ["**/.env", "a.env"],
    ["**/.env", "/a/.env/b"],
    ["**/.ssh/**", "/home/a/.ssh"],
    ["**/.ssh/**", "/home/a.ssh/id"],
    ["a/**/b", "a/xb"],
    ["a/**/b", "ab"],
    ["**/a", "b"],
  ])("%j does not match %j", (pattern, text) => {
    expect(matches(pattern, text)).toBe(false);
  });

  it.each([
    ["a**", "**"],
    ["**a", "**"],
    ["a/**b", "**"],
    ["***", "**"],
    ["a/***/b", "**"],
    ["[", "class"],
    ["[]", "class"],
    ["[!]", "class"],
    ["[a", "class"],
    ["a[!", "class"],
    ["[c-a]", "class"],
  ])("%j is none", (pattern, about) => {
    const glob = compileGlob(pattern);
    expect(glob.ok ? "a glob" : glob.error).toContain(about);
    expect(compileFoldedGlob(pattern, (text) => text).ok).toBe(false);
  });

  it("joins neighbouring literals", () => {
    expect(parseGlob("ab*cd")).toEqual({
      ok: true,
      value: [{ kind: "text", text: "ab" }, { kind: "any" }, { kind: "text", text: "cd" }],
    });
  });

  it("agrees with the definition", () => {
    const pattern = fc
      .array(fc.constantFrom("a", "b", "/", "*", "?", "[ab]", "[!a]", "**/", "/**/"), {
        maxLength: 6,
      })
      .map((parts) => parts.join(""))
      .filter((text) => compileGlob(text).ok);
    const text = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 9 });
    fc.assert(
      fc.property(pattern, text, (glob, path) => {
        expect(matches(glob, path)).toBe(naive(glob, path));
      }),
      { numRuns: 1500 },
    );
  });

  it("takes a long text in linear steps", () => {
    const long = "a/".repeat(500_000);
    expect(matches("*a*a*a*a*b", long)).toBe(false);
    expect(matches("**/a/**/a/**/b*", `${long}b`)).toBe(true);
    expect(matches("**/a/**/?/**/[b]", `${long}c`)).toBe(false);
    expect(matches("?*[a-z]?*[a-z]?*b/?", `${long}b`)).toBe(false);
  });
});

describe("a folded glob", () => {
  const upper = (text: string) => text.toUpperCase();

  it("compares literals as they are folded", () => {
    const glob = compileFoldedGlob("**/stra\u00dfe*", upper);
    expect(glob.ok && glob.value("A/STRASSEN")).toBe(true);
    expect(glob.ok && glob.value("A/STRA\u00dfEN")).toBe(false);
  });

  it("holds a character in either case", () => {
    const lower = compileFoldedGlob("[a-c]", upper);
    const capital = compileFoldedGlob("[A-C]", upper);
    const other = compileFoldedGlob("[!x]", upper);
    for (const glob of [lower, capital, other]) {
      expect(glob.ok && glob.value("B")).toBe(true);
    }
    expect(lower.ok && lower.value("D")).toBe(false);
  });
});
