import { expect, it } from "vitest";
import { visibleText } from "./visible-text.ts";

it("leaves ordinary text alone, in any script", () => {
  for (const text of ["send_email", "größe", "日本語", "שלום", "a b"])
    expect(visibleText(text)).toBe(text);
});

it("shows what turns, hides or breaks a line", () => {
  expect(visibleText("pay\u202eexe.")).toBe("pay‹202E›exe.");
  expect(visibleText("a\u0000b\nc\u200bd\ufeff")).toBe("a‹0000›b‹000A›c‹200B›d‹FEFF›");
});
