import { expect, it } from "vitest";
import { memoryOf } from "./memory-model.ts";

const MEGABYTE = 1e6;

it.each([
  ["5,000 receipts", 7, 357],
  ["100,000 receipts", 139, 640],
  ["200,000 receipts", 278, 730],
])("is within a tenth of what was measured with %s", (_, file, measured) => {
  const estimate = memoryOf(file * MEGABYTE) / MEGABYTE;
  expect(estimate).toBeGreaterThan(measured * 0.9);
  expect(estimate).toBeLessThan(measured * 1.1);
});

it("never shrinks as files grow", () => {
  let last = 0;
  for (let bytes = 0; bytes < 4e9; bytes += 5e7) {
    expect(memoryOf(bytes)).toBeGreaterThan(last);
    last = memoryOf(bytes);
  }
});
