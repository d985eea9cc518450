import { describe, expect, it } from "vitest";
import { DEFAULT_MEMORY_LIMIT, mapMemory, overlayMemory } from "./memory.ts";

describe("mapMemory", () => {
  it("keeps the entries of guards apart", () => {
    const memory = mapMemory();
    memory.set("a", "b", 1);
    memory.set('a","b', "", 2);
    expect(memory.get("a", "b")).toBe(1);
    expect(memory.get("a", "c")).toBeUndefined();
    expect(memory.get("b", "b")).toBeUndefined();
  });

  it("refuses an entry beyond its limit, and still replaces the others", () => {
    const memory = mapMemory(2);
    memory.set("a", "1", 1);
    memory.set("a", "2", 2);
    expect(() => memory.set("a", "3", 3)).toThrow("full: 2 entries");
    memory.set("a", "2", 4);
    expect([memory.get("a", "1"), memory.get("a", "2"), memory.get("a", "3")]).toEqual([
      1,
      4,
      undefined,
    ]);
    expect(DEFAULT_MEMORY_LIMIT).toBe(100_000);
  });
});

describe("overlayMemory", () => {
  it("writes on a copy", () => {
    const base = mapMemory();
    base.set("a", "1", 1);
    const overlay = overlayMemory(base);
    expect(overlay.get("a", "1")).toBe(1);
    overlay.set("a", "1", null);
    overlay.set("a", "2", 2);
    expect([overlay.get("a", "1"), overlay.get("a", "2")]).toEqual([null, 2]);
    expect([base.get("a", "1"), base.get("a", "2")]).toEqual([1, undefined]);
  });
});
