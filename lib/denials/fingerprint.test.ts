import { describe, expect, it } from "vitest";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { type PatternFields, patternName } from "./fingerprint.ts";

const name = (fields: PatternFields): string => patternName(fields, purePrimitives);

describe("patternName", () => {
  it("is the beginning of a hash over the fields in their order", () => {
    const tool = "events:consume:payments";
    // printf '[["tool","events:consume:payments"],["guard","scope"],["reason","not granted"]]' | sha256sum
    expect(name({ reason: "not granted", guard: "scope", tool })).toBe("353e23ea0ebb9644");
    expect(name({ tool, guard: "scope", reason: "not granted" })).toBe("353e23ea0ebb9644");
  });

  it("tells fields, values and their absence apart", () => {
    const names = [
      {},
      { guard: "a" },
      { guard: "" },
      { guard: "null" },
      { agent: "a" },
      { guard: "a", agent: "a" },
      { guard: 'a","b' },
    ].map(name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("takes any text", () => {
    expect(name({ guard: "\ud800" })).toBe(name({ guard: "\ufffd" }));
    expect(name({ guard: "__proto__" })).toMatch(/^[0-9a-f]{16}$/u);
  });
});
