import { describe, expect, it } from "vitest";
import { boundedRe2 } from "./bounded-re2.ts";
import { compileSized } from "./re2.ts";

const SOURCE = "a[bc]";
const sized = compileSized(SOURCE);
const SIZE = sized.ok ? sized.value.size : 0;

function compiled(steps: number) {
  const pattern = boundedRe2(steps)(SOURCE);
  return pattern.ok ? pattern.value : null;
}

describe("patterns that may take so many steps together", () => {
  it("are refused where compiling them takes more", () => {
    expect(SIZE).toBeGreaterThan(0);
    expect(compiled(64 * SIZE)).not.toBeNull();
    expect(compiled(64 * SIZE - 1)).toBeNull();
    expect(boundedRe2(1000)("(")).toMatchObject({ ok: false });
  });

  it("find what they find, up to the last step and not beyond", () => {
    const pattern = compiled(64 * SIZE + 7 * SIZE);
    expect(pattern?.test("xab")).toBe(true);
    expect(pattern?.spans("xabx")).toEqual([{ start: 1, end: 3 }]);
    expect(pattern?.test("")).toBe(false);
    expect(() => pattern?.test("x")).toThrow(RangeError);
  });

  it("share them", () => {
    const compile = boundedRe2(2 * 64 * SIZE - 1);
    expect(compile(SOURCE).ok).toBe(true);
    expect(compile(SOURCE).ok).toBe(false);
  });
});
