import { expect, it } from "vitest";
import { errorText } from "./error-text.ts";

it("bounds what a thrown value says and keeps it writable", () => {
  expect(errorText(new Error("boom"))).toBe("boom");
  expect(errorText("boom")).toBe("boom");
  expect(errorText({ message: "boom" })).toBe("an error without a message");
  expect(errorText(new Error(""))).toBe("an error without a message");
  expect(errorText("x".repeat(300))).toBe("x".repeat(300));
  expect(errorText("x".repeat(301))).toBe(`${"x".repeat(300)}…`);
  expect(errorText("a\ud800b\udc00")).toBe("a\ufffdb\ufffd");
  expect(errorText("\u{1f600}")).toBe("\u{1f600}");
  expect(errorText(`${"x".repeat(299)}\u{1f600}`)).toBe(`${"x".repeat(299)}\ufffd…`);
});
