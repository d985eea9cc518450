import { expect, it } from "vitest";
import { fieldSeconds, secondsField } from "./utc-field.ts";

it("goes there and back in UTC, whatever the zone of the machine", () => {
  expect(secondsField(1_776_270_871)).toBe("2026-04-15T16:34:31");
  expect(fieldSeconds("2026-04-15T16:34:31")).toBe(1_776_270_871);
  expect(fieldSeconds("2026-04-15T16:34")).toBe(1_776_270_840);
});

it("holds nothing that is no date", () => {
  expect(secondsField(1e17)).toBe("");
  expect(fieldSeconds("")).toBeNull();
  expect(fieldSeconds("soon")).toBeNull();
});
