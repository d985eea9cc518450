import { describe, expect, it } from "vitest";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { type PatternPart, patternName } from "./fingerprint.ts";

const name = (...entries: readonly (readonly [PatternPart, string | null])[]): string =>
  patternName(new Map(entries), purePrimitives);

describe("patternName", () => {
  it("is the beginning of a hash over the parts in their order", () => {
    const pattern = [
      ["guard", "scope"],
      ["tool_name", "events:consume:payments"],
      ["reason_pattern", "topic not granted"],
    ] as const;
    // printf '[["guard","scope"],["tool_name","events:consume:payments"],["reason_pattern","topic not granted"]]' | sha256sum
    expect(name(...pattern)).toBe("9c851852122d472a");
    expect(name(...[...pattern].reverse())).toBe(name(...pattern));
  });

  it("tells parts, values and their absence apart", () => {
    const names = [
      name(),
      name(["guard", "a"]),
      name(["guard", null]),
      name(["guard", ""]),
      name(["guard", "null"]),
      name(["agent", "a"]),
      name(["guard", "a"], ["agent", "a"]),
      name(["guard", 'a","b']),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it("takes any text", () => {
    expect(name(["guard", "\ud800"])).toBe(name(["guard", "\ufffd"]));
    expect(name(["guard", "__proto__"])).toMatch(/^[0-9a-f]{16}$/u);
  });
});
