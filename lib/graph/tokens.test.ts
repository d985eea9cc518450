import { describe, expect, it } from "vitest";
import { INKS, type Theme, TOKENS } from "./tokens.ts";

/** WCAG 2: relative luminance of `#rrggbb`. */
function luminance(color: string): number {
  const parts = [1, 3, 5].map((place) => {
    const value = Number.parseInt(color.slice(place, place + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = parts;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const THEMES: readonly Theme[] = ["light", "dark"];

describe.each(THEMES)("colours of the %s picture", (theme) => {
  const tokens = TOKENS[theme];
  const grounds = [tokens.lane, tokens.laneOdd, tokens.surface];

  it("are legible as text on every lane", () => {
    for (const ground of grounds) {
      for (const text of [tokens.text, tokens.fact, tokens.muted]) {
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      }
      for (const ink of INKS) {
        expect(contrast(tokens.ink[ink], ground), ink).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("are seen as lines and borders on every lane", () => {
    for (const ground of grounds) {
      for (const line of [tokens.edge, tokens.path, tokens.selection]) {
        expect(contrast(line, ground)).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it("are legible on their own fill, and what is drawn on an ink is", () => {
    for (const ink of INKS) {
      expect(contrast(tokens.ink[ink], tokens.fill[ink]), ink).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tokens.onInk, tokens.ink[ink]), ink).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("keep red for what does not verify, amber for what was denied and blue for neither", () => {
    const family = (color: string) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) =>
        Number.parseInt(color.slice(place, place + 2), 16),
      );
      const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
      if (spread < 48) return "neutral";
      if (red > green && red > blue) return green > blue ? "amber" : "red";
      if (green >= red && blue >= red) return blue > green * 1.25 ? "blue" : "teal";
      return "violet";
    };
    const families = Object.fromEntries(INKS.map((ink) => [ink, family(tokens.ink[ink])]));
    expect(families).toEqual({
      produce: "violet",
      consume: "neutral",
      tool: "teal",
      checkpoint: "neutral",
      other: "neutral",
      missing: "neutral",
      denied: "amber",
      fails: "red",
      aside: "neutral",
    });
    expect(family(tokens.path)).toBe("neutral");
    expect(family(tokens.selection)).toBe("blue");
  });
});
