import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright/test";
import { expectNoViolation } from "./axe.ts";
import { expect, go, start, test } from "./fixtures.ts";
import { openStorm, storm } from "./storm.ts";

function form(page: Page): Locator {
  return page.getByRole("form", { name: "Rule" });
}

function preview(page: Page): Locator {
  return page.getByRole("region", { name: "On the loaded data" });
}

function times(count: number): string {
  return count === 0 ? "not once" : count === 1 ? "once" : `${count} times`;
}

async function firingsAt(threshold: number): Promise<number> {
  const { truth } = await storm();
  const found = truth.scopeRule.find((each) => each.threshold === threshold);
  if (found === undefined) throw new Error(`the storm knows nothing of threshold ${threshold}`);
  return found.firings.length;
}

async function heldAt(threshold: number): Promise<number> {
  const { truth } = await storm();
  const found = truth.scopeRule.find((each) => each.threshold === threshold);
  return found?.firings.reduce((sum, { held }) => sum + held, 0) ?? 0;
}

test("the six starter rules are off, and a rule can be made and kept without data", async ({
  page,
}) => {
  await start(page, "/rules");
  const list = page.getByRole("list", { name: "Rules", exact: true });
  await expect(list.getByRole("listitem")).toHaveCount(6);
  await expect(list.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await page.getByRole("button", { name: "New rule" }).click();
  await expect(preview(page)).toContainText("Nothing is loaded");
  await form(page).getByLabel("Name").fill("Nothing of mine");
  await page.getByRole("button", { name: "Save rule" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(7);
  await page.reload();
  await expect(list.getByRole("checkbox", { name: "Nothing of mine: on" })).toBeChecked();
  await page.getByRole("button", { name: "Back to the starter rules" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(6);
});

test("a rule is made, tried with the keyboard alone, saved, and fires what the storm knows", async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  await start(page);
  await openStorm(page, info.outputPath("storm"));
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await page.getByRole("button", { name: "One agent tries many scopes" }).click();
  await expect(preview(page)).toContainText(`Would have fired ${times(await firingsAt(3))}`);
  await expect(preview(page)).toContainText(`${await heldAt(3)} more held back`);
  const { truth } = await storm();
  await expect(preview(page)).toContainText(`${truth.claims} claims`);

  // The threshold is dragged by keys; the preview follows.
  const slider = form(page).getByRole("slider", { name: "Threshold, by sliding" });
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(form(page).getByLabel("Threshold", { exact: true })).toHaveValue("4");
  await expect(preview(page)).toContainText(`Would have fired ${times(await firingsAt(4))}`);
  await page.keyboard.press("ArrowLeft");
  await expect(preview(page)).toContainText(`Would have fired ${times(await firingsAt(3))}`);
  await page.keyboard.press("ArrowRight");
  await form(page).getByLabel("Name").fill("Four scopes of one agent");
  await page.keyboard.press("Enter");
  await expect(form(page).getByRole("button", { name: "Save changes" })).toBeDisabled();

  // Switched on, it is evaluated, and the rail says so.
  await page.getByRole("checkbox", { name: "Four scopes of one agent: on" }).press("Space");
  const fired = await firingsAt(4);
  await expect(page.getByRole("main")).toContainText(
    `1 of 6 rules on. Fired ${times(fired)} on the loaded data.`,
  );
  const rail = page.getByRole("navigation", { name: "Pages" });
  await expect(rail.getByRole("link", { name: "Rules" })).toContainText(String(fired));

  // An alert opens to the receipts that made it.
  await preview(page).getByRole("list", { name: "Alerts" }).getByRole("button").first().click();
  const dialog = page.getByRole("dialog");
  const members = dialog.getByRole("region", { name: "Receipts that made it" });
  await expect(members.getByRole("listitem").first()).toBeVisible();
  await expectNoViolation(page, "an alert that is open");
  await members.getByRole("listitem").first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/receipts#.*row=\d+/);
});

test("a rule goes out as Sigma and comes back, and a text that is none is refused at its line", async ({
  page,
}, info) => {
  await start(page, "/rules");
  await page.getByRole("button", { name: "One agent tries many scopes" }).click();
  await page.getByRole("button", { name: "Export this rule" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Sigma (.yml)" }).click();
  const path = info.outputPath("rule.yml");
  await (await download).saveAs(path);
  const text = await readFile(path, "utf8");
  expect(text).toContain("type: value_count");

  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import rules" });
  await dialog.getByLabel("Or paste its text").fill(text.replace("gte: 3", "gte: three"));
  await dialog.getByRole("button", { name: "Add these rules" }).click();
  await expect(dialog.getByRole("status")).toContainText(/line \d+/i);
  await expect(dialog.getByRole("status").locator("pre")).toContainText("^");
  await expectNoViolation(page, "an import that was refused");
  await dialog.locator("input[data-picker=rules]").setInputFiles(path);
  await expect(dialog.getByRole("status")).toContainText("1 rule added, switched off.");
  await page.keyboard.press("Escape");
  const list = page.getByRole("list", { name: "Rules", exact: true });
  await expect(list.getByRole("listitem")).toHaveCount(7);
  await expect(list.getByRole("button", { name: "One agent tries many scopes" })).toHaveCount(2);
});

test("a value out of a log is a value and nothing else", async ({ page }) => {
  await start(page, "/rules");
  await page.getByRole("button", { name: "New rule" }).click();
  await page.getByRole("button", { name: "Add a condition" }).click();
  const hostile = "<img src=x onerror=alert(1)>'); drop table receipt; --\u202e";
  await page.getByLabel("Add a value to condition 1").fill(hostile);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Values of condition 1" })).toContainText(
    "<img src=x onerror=alert(1)>",
  );
  await page.getByRole("button", { name: "Show SQL" }).click();
  await expect(page.getByRole("dialog").locator("pre")).toContainText(
    "''); drop table receipt; --",
  );
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save rule" }).click();
  await page.reload();
  await expect(
    page.getByRole("list", { name: "Rules", exact: true }).getByRole("listitem"),
  ).toHaveCount(7);
});

for (const size of [
  { name: "desk", width: 1440, height: 900 },
  { name: "phone", width: 320, height: 700 },
] as const) {
  test(`the page of rules holds to axe and to its width on a ${size.name}`, async ({ page }) => {
    await page.setViewportSize(size);
    await start(page, "/rules");
    await expectNoViolation(page, "rules");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await go(page, "Live");
    await expectNoViolation(page, "live, off");
  });
}
