import { describe, expect, it } from "vitest";
import { playgroundAddress, receiptRowOf } from "./page-address.ts";

describe("the address of the page", () => {
  it("names the row that it starts from", () => {
    expect(receiptRowOf(new URL(playgroundAddress(803), "http://localhost").hash)).toBe(803);
    expect(receiptRowOf("#receipt=0")).toBe(0);
  });

  it.each(["", "#", "#receipt=", "#receipt=-1", "#receipt=1e3", "#receipt=1&x=2", "#row=1"])(
    "names none: %s",
    (fragment) => {
      expect(receiptRowOf(fragment)).toBeNull();
    },
  );
});
