import { describe, expect, it } from "vitest";
import { DEFAULT_MEMORY_LIMIT, mapMemory } from "./memory.ts";

describe("mapMemory", () => {
  it("keeps the entries of guards apart", () => {
    const memory = mapMemory();
    memory.set("a", "b", 1);
    memory.set('a","b', "", 2);
    expect(memory.get("a", "b")).toBe(1);
    expect(memory.get("a", "c")).toBeUndefined();
    expect(memory.get("b", "b")).toBeUndefined();
  });

  it("forgets, beyond its limit, what was used least recently", () => {
    const memory = mapMemory(2);
    const known = () => ["1", "2", "3"].filter((key) => memory.get("a", key) !== undefined);
    memory.set("a", "1", 1);
    memory.set("a", "2", 2);
    expect(known()).toEqual(["1", "2"]);
    memory.set("a", "1", 3);
    memory.set("a", "3", 4);
    expect(known()).toEqual(["1", "3"]);
    expect(memory.get("a", "1")).toBe(3);
    memory.set("a", "2", 5);
    expect(known()).toEqual(["1", "2"]);
    expect(DEFAULT_MEMORY_LIMIT).toBe(100_000);
  });

  it("keeps the entries of a capability through any number of sessions", () => {
    const memory = mapMemory(3);
    memory.set("data-flow", "capability", "secret read");
    for (let session = 0; session < 50; session += 1) {
      expect(memory.get("data-flow", "capability")).toBe("secret read");
      memory.set("data-flow", `session ${session}`, null);
    }
  });
});
