import { expect, test } from "vitest";
import { safeText } from "./safe-text.ts";

test("leaves ordinary text alone", () => {
  expect(safeText("send_email to Zoë · 12,50 €")).toBe("send_email to Zoë · 12,50 €");
});

test("writes what steers a terminal as escapes", () => {
  expect(safeText("\u001b[2J\u001b[Hverified")).toBe("\\u{1b}[2J\\u{1b}[Hverified");
  expect(safeText("a\r\nb\u009b31m\u007f")).toBe("a\\u{d}\\u{a}b\\u{9b}31m\\u{7f}");
  expect(safeText("\u202egnp.exe\u2028")).toBe("\\u{202e}gnp.exe\\u{2028}");
});

test("cuts what is too long", () => {
  expect(safeText("x".repeat(500), 10)).toBe("xxxxxxxxxx...");
});
