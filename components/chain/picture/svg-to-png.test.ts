import { expect, test } from "vitest";
import { pngSize } from "./svg-to-png.ts";

test("pixels are twice the drawing, and no side is longer than a canvas may be", () => {
  expect(pngSize(1_000, 600)).toEqual({ width: 2_000, height: 1_200 });
  expect(pngSize(40_960, 100)).toEqual({ width: 8_192, height: 20 });
  expect(pngSize(10, 1e9)).toEqual({ width: 1, height: 8_192 });
});
