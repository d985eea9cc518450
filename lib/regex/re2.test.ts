import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRe2, MAX_PATTERN_LENGTH } from "@/lib/regex/re2.ts";

function compiled(source: string) {
  const pattern = compileRe2(source);
  if (!pattern.ok) {
    throw new Error(pattern.error);
  }
  return pattern.value;
}

describe("a pattern", () => {
  it("is searched, not matched as a whole, and minds case unless it says otherwise", () => {
    expect(compiled("b+").test("abbc")).toBe(true);
    expect(compiled("^b+").test("abbc")).toBe(false);
    expect(compiled("ABB").test("abbc")).toBe(false);
    expect(compiled("(?i)ABB").test("abbc")).toBe(true);
    expect(compiled("").test("")).toBe(true);
  });

  it("keeps no state between searches", () => {
    const pattern = compiled("a");
    expect([
      pattern.test("a"),
      pattern.test("a"),
      pattern.spans("aa"),
      pattern.spans("aa"),
    ]).toEqual([
      true,
      true,
      [
        { start: 0, end: 1 },
        { start: 1, end: 2 },
      ],
      [
        { start: 0, end: 1 },
        { start: 1, end: 2 },
      ],
    ]);
  });

  it("tells its places as UTF-16 indexes", () => {
    expect(compiled("😀|é").spans("a😀é")).toEqual([
      { start: 1, end: 3 },
      { start: 3, end: 4 },
    ]);
  });

  it("finds what the platform's engine finds", () => {
    const source = fc.stringMatching(/^(?:[ab.][*+?]?|\(a\|b\)[*+?]?){1,6}$/);
    const text = fc.stringMatching(/^[abc]{0,24}$/);
    fc.assert(
      fc.property(source, text, (pattern, searched) => {
        const spans = [...searched.matchAll(new RegExp(pattern, "g"))].map(
          ({ 0: found, index }) => ({
            start: index,
            end: index + found.length,
          }),
        );
        const filled = (list: readonly { start: number; end: number }[]) =>
          list.filter(({ start, end }) => end > start);
        expect(filled(compiled(pattern).spans(searched))).toEqual(filled(spans));
        expect(compiled(pattern).test(searched)).toBe(spans.length > 0);
      }),
    );
  });
});

describe("a pattern that is refused", () => {
  it.each(["(", "a{2,1}", "[z-a]", "(a)\\1", "(?=a)", "(?<!a)b", "*", "\\pX", "(?P<n>a)(?P<n>b)"])(
    "%s is not RE2",
    (source) => {
      const pattern = compileRe2(source);
      expect(pattern).toMatchObject({ ok: false });
      expect(!pattern.ok && pattern.error).toMatch(/^The pattern is not valid.*\.$/);
    },
  );

  it("is one character too long", () => {
    expect(compileRe2("a".repeat(MAX_PATTERN_LENGTH)).ok).toBe(true);
    expect(compileRe2("a".repeat(MAX_PATTERN_LENGTH + 1))).toEqual({
      ok: false,
      error: "A pattern of 4097 characters; at most 4096 are accepted.",
    });
  });

  it("is too large once written out", () => {
    expect(compileRe2("[ab]{900}".repeat(11)).ok).toBe(true);
    expect(compileRe2("[ab]{900}".repeat(12))).toEqual({
      ok: false,
      error: "The pattern is too large once its repetitions are written out.",
    });
  });

  it("multiplies its repetitions, or nests without end", () => {
    expect(compileRe2("((a{100}){100}){100}").ok).toBe(false);
    expect(compileRe2("(".repeat(2000) + ")".repeat(2000)).ok).toBe(false);
  });
});

describe("a hostile pattern", () => {
  it.each(["(a+)+$", "(a|a)*b", "(?:a?){400}a{400}", "(.*)(.*)(.*)[bc]"])(
    "%s takes time that grows with the text alone",
    (source) => {
      const pattern = compiled(source);
      pattern.test("a".repeat(30_000));
      pattern.spans("a".repeat(3_000));
    },
  );

  it("is found everywhere: from some place on, the rest of a long text counts as found", () => {
    const text = "b".repeat(400_000);
    const spans = compiled("b").spans(text);
    expect(spans).toHaveLength(64);
    expect(spans.at(-2)).toEqual({ start: 62, end: 63 });
    expect(spans.at(-1)).toEqual({ start: 63, end: text.length });
  });

  it("may be found everywhere in a short text", () => {
    expect(compiled("b").spans("b".repeat(4_000))).toHaveLength(4_000);
  });
});
