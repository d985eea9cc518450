import { expect, it } from "vitest";
import {
  forgetUnmasked,
  isUnmasked,
  noteUnmasked,
  onUnmasked,
  unmaskedFields,
} from "./unmasked.ts";

it("notes each field once, with the time at which it was first shown", () => {
  let told = 0;
  const stop = onUnmasked(() => {
    told += 1;
  });
  const field = { file: "dlq.json", record: 7, pointer: "/customer/email" };
  expect(unmaskedFields()).toEqual([]);
  noteUnmasked(field, 1000);
  noteUnmasked(field, 2000);
  noteUnmasked({ ...field, pointer: "" }, 3000);
  expect(unmaskedFields().map(({ pointer, time }) => [pointer, time])).toEqual([
    ["/customer/email", 1000],
    ["", 3000],
  ]);
  expect(isUnmasked(field)).toBe(true);
  expect(isUnmasked({ ...field, record: 8 })).toBe(false);
  expect(unmaskedFields()).toBe(unmaskedFields());
  stop();
  forgetUnmasked();
  expect(unmaskedFields()).toEqual([]);
  expect(told).toBe(2);
});
