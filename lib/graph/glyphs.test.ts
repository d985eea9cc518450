import { describe, expect, it } from "vitest";
import { BADGE_SIGNS, BADGES, badgesOf, borderOf, cornerAt, inkOf } from "./badges.ts";
import { GLYPHS, ICONS, outlinePath, POLYGONS } from "./glyphs.ts";
import type { ViewItem } from "./model.ts";
import { NOTHING_BENEATH, type Step, viewOf } from "./testing/view.ts";

/** Path data of the commands that we use, with their numbers. */
const PATH = /^M[\d\s.,\-MLHVAQZhvlaqcz]+$/;

describe("shapes", () => {
  it("fill their box and stay in it", () => {
    for (const glyph of GLYPHS) {
      const points = POLYGONS[glyph];
      if (points === null) continue;
      expect(points.length % 2).toBe(0);
      for (const axis of [0, 1]) {
        const values = points.filter((_, index) => index % 2 === axis);
        expect([Math.min(...values), Math.max(...values)], glyph).toEqual([-1, 1]);
      }
    }
  });

  it("differ, so that a kind is told without its colour", () => {
    const outlines = GLYPHS.map((glyph) => outlinePath(glyph, 50, 40));
    // A missing parent and a stub are both round: the one has a dotted border, the other a text.
    expect(new Set(outlines).size).toBe(GLYPHS.length - 1);
    expect(new Set(GLYPHS.map((glyph) => ICONS[glyph])).size).toBe(GLYPHS.length);
  });

  it("are path data", () => {
    for (const glyph of GLYPHS) {
      expect(outlinePath(glyph, 50, 40, 3)).toMatch(PATH);
      expect(ICONS[glyph] ?? "M0").toMatch(PATH);
    }
    for (const badge of BADGES) {
      expect(BADGE_SIGNS[badge].outline + BADGE_SIGNS[badge].lines).toMatch(PATH);
    }
    expect(outlinePath("produce", 50, 40)).toBe("M-25 -20L12.5 -20L25 0L12.5 20L-25 20Z");
  });
});

function item(step: Partial<Step>): ViewItem {
  const [one] = viewOf([{ key: "r0", lane: "a", ...step }], []).items;
  if (one === undefined) throw new Error("no item");
  return one;
}

describe("signs", () => {
  it("of decision, integrity and settlement stand at different corners", () => {
    const all = item({ decision: "deny", integrity: "does-not-verify", settlement: "rolled-back" });
    const signs = badgesOf(all);
    expect(signs).toEqual(["denied", "fails", "rolled-back"]);
    const places = signs.map((sign) => cornerAt(BADGE_SIGNS[sign].corner, 50, 40));
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
    expect(inkOf(all)).toBe("fails");
    expect(borderOf(all)).toBe("dashed");
  });

  it("are few where nothing is to be said", () => {
    expect(badgesOf(item({ integrity: "verified" }))).toEqual([]);
    expect(badgesOf(item({ integrity: "self-consistent" }))).toEqual([]);
    expect(badgesOf(item({ integrity: "not-checked" }))).toEqual(["unverified"]);
    expect(badgesOf(item({ decision: "cancelled" }))).toEqual(["cancelled"]);
    expect(inkOf(item({ boundary: "produce" }))).toBe("produce");
    expect(borderOf(item({ kind: "missing" }))).toBe("dotted");
  });

  it("say what lies beneath what is not drawn", () => {
    for (const kind of ["fold", "stub"] as const) {
      expect(badgesOf(item({ kind, beneath: NOTHING_BENEATH }))).toEqual([]);
      expect(badgesOf(item({ kind, beneath: { denied: 1, failing: 2 } }))).toEqual([
        "denied",
        "fails",
      ]);
      expect(inkOf(item({ kind, beneath: { denied: 1 } }))).toBe("denied");
    }
  });
});
