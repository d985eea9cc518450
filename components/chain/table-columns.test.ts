import { describe, expect, it } from "vitest";
import { chainTemplate, fittingChainColumns } from "./table-columns.ts";

describe("columns of a chain's table", () => {
  it("are all there on a wide screen", () => {
    expect(fittingChainColumns(1400).map(({ id }) => id)).toEqual([
      "integrity",
      "hop",
      "time",
      "step",
      "service",
      "agent",
      "decision",
      "id",
      "drawn",
    ]);
  });

  it("leave what matters least first, and never the step", () => {
    expect(fittingChainColumns(380).map(({ id }) => id)).toEqual([
      "integrity",
      "hop",
      "step",
      "decision",
    ]);
    expect(fittingChainColumns(0).map(({ id }) => id)).toEqual(["integrity", "hop", "step"]);
  });

  it("share what is left over", () => {
    expect(chainTemplate(fittingChainColumns(0))).toBe("22px 34px minmax(90px,14fr)");
  });
});
