import { describe, expect, it } from "vitest";
import { compareValues, diffRuns, groupHash, hashLines, looksLikeHash, shortHash } from "./hash.ts";

const HASH = "9a5cbcd8a1fd861090fb464a213fe4f525ce0c906649685b1815e9eb971b4a40";

describe("a hash on screen", () => {
  it("is shortened to its ends, short values are not", () => {
    expect(shortHash(HASH)).toBe("9a5c … 4a40");
    expect(shortHash(`sha256:${HASH}`)).toBe("9a5c … 4a40");
    expect(shortHash("kernel-a")).toBe("kernel-a");
  });

  it("is grouped by four and loses nothing", () => {
    expect(groupHash(HASH).replaceAll(" ", "")).toBe(HASH);
    expect(groupHash("abcdef")).toBe("abcd ef");
    expect(hashLines(HASH)).toHaveLength(4);
    expect(hashLines(HASH)[0]).toBe("9a5c bcd8 a1fd 8610");
  });

  it("is told from other text", () => {
    expect(looksLikeHash(HASH)).toBe(true);
    expect(looksLikeHash(`0x${HASH}`)).toBe(true);
    expect(looksLikeHash("12000.00")).toBe(false);
    expect(looksLikeHash(null)).toBe(false);
  });

  it("shows where two values differ, by place", () => {
    expect(diffRuns("abcd", "abxd")).toEqual([
      { text: "ab", differs: false },
      { text: "c", differs: true },
      { text: "d", differs: false },
    ]);
    expect(diffRuns("abc", "ab").at(-1)).toEqual({ text: "c", differs: true });
  });

  it("is compared with paper without regard to spaces, colons, case and prefix", () => {
    expect(compareValues(` 0x${groupHash(HASH).toUpperCase()}\n`, HASH)).toEqual({ kind: "match" });
    expect(compareValues(`9b${HASH.slice(2)}`, HASH)).toEqual({ kind: "differs", at: 2 });
    expect(compareValues(HASH.slice(0, 10), HASH)).toEqual({ kind: "differs", at: 11 });
    expect(compareValues(`${HASH}00`, HASH)).toEqual({ kind: "differs", at: 65 });
    expect(compareValues("  ", HASH)).toEqual({ kind: "nothing" });
  });
});
