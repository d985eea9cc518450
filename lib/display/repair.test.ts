import { describe, expect, it } from "vitest";
import type { RepairView } from "@/lib/verification/repair.ts";
import { copyLine, decidingDifference, fitSentence } from "./repair.ts";
import { ratioCause } from "./value-causes.ts";

const amount = { pointer: "/action/parameters/amount", here: '"12000.00"', wouldFit: '"120.00"' };
const copy = { row: 4, file: "export-B.ndjson", line: 1303 };
const of = (...differences: RepairView["differences"]): RepairView => ({ differences, copy });

describe("what a repair says", () => {
  it("is that the signature fits with one value, where one decides", () => {
    expect(decidingDifference(of(amount))).toBe(amount);
    expect(fitSentence(of(amount))).toBe("With this value the signature fits.");
    expect(copyLine(copy)).toBe("line 1,303");
  });

  it("is that a member is too many", () => {
    const extra = { pointer: "/metadata/x", here: "1", wouldFit: null };
    expect(fitSentence(of(extra))).toBe("Without this member the signature fits.");
  });

  it("blames none of several values by itself", () => {
    const all = of(amount, { ...amount, pointer: "/tool_name" });
    expect(decidingDifference(all)).toBeNull();
    expect(fitSentence(all)).toBe("With these 2 values together the signature fits.");
  });

  it("calls a key a key", () => {
    const key = { pointer: "/kernel_key", here: '"aa"', wouldFit: '"bb"' };
    expect(fitSentence({ differences: [key], copy: null })).toBe(
      "With this key, which the data names elsewhere, the signature fits.",
    );
  });
});

describe("the ordinary cause that two values suggest", () => {
  const cause = (here: string | null, wouldFit: string | null) =>
    ratioCause({ pointer: "/a", here, wouldFit });

  it("is a step from cents to units where one is exactly 100 times the other", () => {
    expect(cause('"12000.00"', '"120.00"')).toBe(
      "A cents-to-units step on export: the value is exactly 100 times larger.",
    );
    expect(cause("1.2", "120")).toBe(
      "A units-to-cents step on export: the value is exactly 100 times smaller.",
    );
    expect(cause("0.3", "0.003")).toContain("exactly 100 times larger");
  });

  it("is a step of thousands, as between seconds and milliseconds", () => {
    expect(cause("1776270871000", "1776270871")).toContain("exactly 1,000 times larger");
  });

  it("is none where the ratio is another, or there is none", () => {
    for (const [here, wouldFit] of [
      ["12001", "120"],
      ["0", "0.00"],
      ['"-"', '"120"'],
      ["null", "120"],
      [null, "120"],
      [`"${"9".repeat(400)}"`, "9"],
      ['"1e5"', "1000"],
    ] as const) {
      expect(cause(here, wouldFit)).toBeNull();
    }
  });
});
