import { describe, expect, it } from "vitest";
import { pathIndents } from "./path-indents.ts";

const of = (...levels: readonly number[]) => pathIndents(levels.map((level) => ({ level })));

describe("indents of a path", () => {
  it("keep a sequence on one edge", () => {
    expect(of(0, 1, 2, 3)).toEqual([0, 0, 0, 0]);
  });

  it("set the branches of a join in", () => {
    // 0 is caused by 1 and by 4; 1 by 2, which is caused by two.
    expect(of(0, 1, 2, 3, 3, 1)).toEqual([0, 1, 1, 2, 2, 1]);
  });

  it("take what is no path", () => {
    expect(of()).toEqual([]);
    expect(of(5, 2)).toEqual([0, 0]);
  });
});
