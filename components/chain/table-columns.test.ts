import { describe, expect, it } from "vitest";
import { chainTemplate, fittingChainColumns } from "./table-columns.ts";

describe("columns of a chain's table", () => {
  it("are all there on a wide screen", () => {
    expect(fittingChainColumns(1400, true).map(({ id }) => id)).toEqual([
      "integrity",
      "hop",
      "time",
      "step",
      "service",
      "agent",
      "decision",
      "settled",
      "id",
      "drawn",
    ]);
  });

  it("leave what matters least first, and never the step", () => {
    expect(fittingChainColumns(380, true).map(({ id }) => id)).toEqual([
      "integrity",
      "hop",
      "step",
      "decision",
    ]);
    expect(fittingChainColumns(0, true).map(({ id }) => id)).toEqual(["integrity", "hop", "step"]);
  });

  it("need less room for times of one day", () => {
    const least = (dated: boolean) =>
      fittingChainColumns(1400, dated).find(({ id }) => id === "time")?.least;
    expect(least(false)).toBeLessThan(least(true) ?? 0);
  });

  it("share what is left over", () => {
    expect(chainTemplate(fittingChainColumns(0, true))).toBe("22px 34px minmax(90px,14fr)");
  });
});
