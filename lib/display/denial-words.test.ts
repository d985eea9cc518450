import { describe, expect, it } from "vitest";
import {
  claimWords,
  coordinateWords,
  coverWords,
  denialStatement,
  evidenceWords,
  gapWords,
  lengthWords,
  percentWords,
  spanOfDay,
} from "./denial-words.ts";

const at = (time: string) => Date.parse(`${time}Z`) / 1000;

describe("words about denials", () => {
  it("never rounds to all or to nothing", () => {
    expect(percentWords(31_004, 48_210)).toBe("64.3%");
    expect(percentWords(47_998, 48_210)).toBe("99.6%");
    expect(percentWords(9_999_999, 10_000_000)).toBe(">99.9%");
    expect(percentWords(1, 10_000_000)).toBe("<0.1%");
    expect(percentWords(5, 5)).toBe("100%");
    expect(percentWords(0, 5)).toBe("0%");
    expect(percentWords(0, 0)).toBe("0%");
  });

  it("states what there is", () => {
    expect(denialStatement(48_210, 11)).toBe("48,210 denials, 11 patterns");
    expect(denialStatement(1, 1)).toBe("1 denial, 1 pattern");
    expect(claimWords(0, true)).toBeNull();
    expect(claimWords(212, true)).toBe(
      "212 carry no receipt: set aside as claims, not counted by rules.",
    );
    expect(claimWords(1, false)).toBe("1 more carries no receipt: claims, left out.");
  });

  it("says verified only where a key is pinned", () => {
    const counts = { denials: 10, verified: 0, selfConsistent: 9 };
    expect(evidenceWords(counts, false)).toEqual({ share: "90.0%", words: "self-consistent" });
    expect(evidenceWords(counts, true)).toEqual({ share: "0%", words: "verified" });
  });

  it("gives a date only where the day is not plain", () => {
    const first = at("2026-04-16T02:09:14");
    const last = at("2026-04-16T02:27:41");
    expect(spanOfDay(first, last, true)).toBe("02:09 to 02:27");
    expect(spanOfDay(first, first, true)).toBe("02:09");
    expect(spanOfDay(first, last, false)).toBe("04-16 02:09 to 02:27");
    expect(spanOfDay(first, at("2026-04-18T00:00:00"), false)).toBe("04-16 to 04-18");
    expect(spanOfDay(null, last, true)).toBe("no time");
  });

  it("measures lengths and gaps", () => {
    expect(lengthWords(1107)).toBe("18 min 27 s");
    expect(lengthWords(0)).toBe("0 s");
    expect(lengthWords(3600)).toBe("1 h");
    expect(lengthWords(86_400 * 2 + 3600)).toBe("2 d 1 h");
    expect(coverWords(86_340)).toBe("24 hours");
    expect(coverWords(7 * 86_400)).toBe("7 days");
    expect(coverWords(0)).toBe("1 minute");
    expect(gapWords(500)).toBe("500 ms");
    expect(gapWords(2500)).toBe("2.5 s");
    expect(gapWords(180_000)).toBe("3 min");
  });

  it("keeps every digit of an offset", () => {
    expect(coordinateWords("payments", 0, "88120")).toBe("payments/0 @ 88,120");
    expect(coordinateWords("t", 2, "9223372036854775807")).toBe("t/2 @ 9,223,372,036,854,775,807");
  });
});
