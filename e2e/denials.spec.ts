import type { Locator, Page } from "playwright/test";
import { expectNoViolation } from "./axe.ts";
import { expect, go, start, test } from "./fixtures.ts";
import { openStorm, storm } from "./storm.ts";

const count = (value: number) => value.toLocaleString("en-US");

function patterns(page: Page): Locator {
  return page.getByRole("grid", { name: "Patterns" });
}

function panel(page: Page): Locator {
  return page.getByRole("complementary", { name: "Pattern" });
}

function statement(page: Page): Locator {
  return page.getByRole("heading", { level: 1 });
}

async function openDenials(page: Page, directory: string): Promise<void> {
  await start(page);
  await openStorm(page, directory);
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  const { truth } = await storm();
  await expect(statement(page)).toHaveText(
    `${count(truth.denials)} denials, ${truth.patterns.length} patterns`,
    { timeout: 30_000 },
  );
}

/** Where columns have no room, arrow keys pass over them: the cell that is named is one that is seen. */
async function expectOnlyShownCells(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1440, height: 900 };
  await page.setViewportSize({ width: 800, height: 900 });
  const cells = new Set<string>();
  for (const key of [...Array(8).fill("ArrowRight"), ...Array(8).fill("ArrowLeft")]) {
    await page.keyboard.press(key);
    const id = (await patterns(page).getAttribute("aria-activedescendant")) ?? "";
    await expect(page.locator(`[id="${id}"]`)).toBeVisible();
    cells.add(id);
  }
  expect(cells.size).toBe(6);
  await page.setViewportSize(size);
}

test("without data, or without a denial, the page says so", async ({ page }) => {
  await start(page, "/denials");
  await expect(statement(page)).toHaveText("No receipts yet");
  await go(page, "Open");
  await page.getByRole("button", { name: /^Clean log/ }).click();
  await go(page, "Denials");
  await expect(statement(page)).toContainText(/No denials\. [\d,]+ other receipts loaded|denial/);
});

test("a storm's patterns are counted, read in two ways and listed by keys alone", async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  const { truth } = await storm();
  const [top] = truth.patterns;
  if (top === undefined) throw new Error("the storm has patterns");
  await openDenials(page, info.outputPath("storm"));
  await expect(page.getByText(`${count(truth.claims)} carry no receipt`)).toBeVisible();
  await expect(page.getByRole("img", { name: /denials over .* minutes per bar/ })).toBeVisible();

  await patterns(page).focus();
  await expect(patterns(page).getByRole("row")).toHaveCount(truth.patterns.length + 1);
  for (const [at, pattern] of truth.patterns.entries()) {
    const row = patterns(page)
      .getByRole("row")
      .nth(at + 1);
    await expect(row).toContainText(pattern.reason);
    await expect(row.getByRole("gridcell").nth(1)).toContainText(count(pattern.denials));
  }
  await expectOnlyShownCells(page);
  await page.keyboard.press("Enter");
  await expect(panel(page)).toContainText(`denials${count(top.denials)}`);
  await expect(panel(page)).toContainText("This page does not choose.");
  await expect(panel(page)).toContainText("The same 14 keys, retried every 500 ms.");
  await expect(panel(page)).toContainText("This agent tried 3 tools in widening order.");
  await expect(panel(page)).toContainText("Never asked before by this agent.");
  await panel(page)
    .getByRole("button", { name: /Policy changed at 02:08/ })
    .click();
  await expect(page.getByRole("dialog")).toContainText("select");
  await page.keyboard.press("Escape");

  await page.keyboard.press("Escape");
  await patterns(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(patterns(page).getByRole("row", { selected: true })).toContainText(
    truth.patterns[1]?.reason ?? "",
  );
  await panel(page).getByRole("button", { name: /^List/ }).click();
  await expect(page.getByRole("grid", { name: "Denials" })).toBeVisible();
  await expect(statement(page)).toHaveText(
    `${count(truth.patterns[1]?.denials ?? 0)} denials, 1 pattern`,
  );
});

test("the brush, the legend and a link filter, and the link holds no value of the log", async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  const { truth } = await storm();
  await openDenials(page, info.outputPath("storm"));
  const end = page.getByRole("slider", { name: "End of the time range" });
  await end.focus();
  await page.keyboard.press("PageDown");
  await expect(page.getByRole("button", { name: /^Remove time/ })).toBeVisible();
  await expect(statement(page)).not.toContainText(count(truth.denials));
  await page.keyboard.press("Escape");
  await expect(statement(page)).toContainText(count(truth.denials));

  await page
    .getByRole("button", { name: /scope-match/ })
    .first()
    .click();
  await expect(page.getByRole("button", { name: "Remove guard scope-match" })).toBeVisible();
  await page.getByRole("button", { name: "Copy link" }).click();
  const dialog = page.getByRole("dialog", { name: "This link, in full" });
  await expect(dialog).toContainText(/guard=%7E[\w-]{16}/);
  expect(page.url()).not.toContain("scope-match");
  await page.keyboard.press("Escape");
});

test("axe finds nothing in any view, on a desk and on a phone", async ({ page }, info) => {
  test.setTimeout(240_000);
  await openDenials(page, info.outputPath("storm"));
  const tabs = page.getByRole("tablist", { name: "Views of these denials" }).getByRole("tab");
  const names = await tabs.allTextContents();
  expect(names).toHaveLength(14);
  for (const { size, width, height } of [
    { size: "desk", width: 1440, height: 900 },
    { size: "phone", width: 390, height: 844 },
  ]) {
    await page.setViewportSize({ width, height });
    for (const [at, tab] of names.entries()) {
      await tabs.nth(at).click();
      await expect(page.getByText("Counting…")).toBeHidden({ timeout: 30_000 });
      await expectNoViolation(page, `${tab} on a ${size}`);
    }
    await tabs.first().click();
    await patterns(page).getByRole("row").nth(1).getByRole("gridcell").first().click();
    await expect(panel(page).getByRole("region", { name: "First and last" })).toBeVisible();
    await expectNoViolation(page, `panel on a ${size}`);
    await page.keyboard.press("Escape");
    await expect(panel(page)).toBeHidden();
  }
});
