import { describe, expect, it } from "vitest";
import { MAX_SCROLL_HEIGHT, scrollScale } from "./scroll-scale.ts";

describe("scrollScale", () => {
  it("leaves ordinary lists alone", () => {
    expect(scrollScale(3792, 28, 600)).toEqual({
      physicalHeight: 106_176,
      virtualHeight: 106_176,
      factor: 1,
    });
    expect(scrollScale(0, 28, 600).factor).toBe(1);
  });

  it("reaches exactly the last row of millions", () => {
    for (const rows of [1_000_000, 7_654_321]) {
      const scale = scrollScale(rows, 28, 612);
      expect(scale.physicalHeight).toBe(MAX_SCROLL_HEIGHT);
      const bottom = (scale.physicalHeight - 612) * scale.factor;
      expect(bottom + 612).toBeCloseTo(rows * 28, 3);
    }
  });
});
