import type { Page } from "playwright/test";
import { dropMade, expect } from "./fixtures.ts";
import { goodReceipt } from "./hostile-lines.ts";
import { clearEverything, expectVerdict } from "./verdict.ts";

/** What a script of a file would have left behind. */
export async function expectNothingRan(page: Page): Promise<void> {
  const traces = await page.evaluate(() => [
    Reflect.get(window, "planted"),
    Reflect.get({}, "polluted"),
    // A picture that the page made itself, to be printed, is no element of a file.
    document.querySelectorAll("img:not([src^='blob:']), iframe, object, embed, [onerror], [onload]")
      .length,
  ]);
  expect(traces).toEqual([undefined, undefined, 0]);
}

/** The page still does its work: a good file gets its verdict. */
export async function expectAlive(page: Page): Promise<void> {
  await clearEverything(page);
  await dropMade(page, [{ name: "good.ndjson", text: `${goodReceipt("alive")}\n` }]);
  await expectVerdict(page, {
    headline: "Self-consistent · no key pinned",
    unaltered: "Yes 1 / 1",
  });
}
