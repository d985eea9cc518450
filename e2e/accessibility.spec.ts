import type { Page } from "playwright/test";
import { expectNoViolation } from "./axe.ts";
import {
  choose,
  drawnItems,
  openChoreography,
  panel,
  pill,
  settled,
  table,
  tree,
} from "./chain-page.ts";
import { expect, go, PAGES, start, test } from "./fixtures.ts";
import { expectVerdict } from "./verdict.ts";

const SIZES = [
  { name: "desk", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
] as const;

async function openChangedSample(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Changed log/ }).click();
  await expectVerdict(page, { headline: "Does not verify · 1 cause, 5 effects" });
}

async function openDrawer(page: Page): Promise<void> {
  await go(page, "Receipts");
  const grid = page.getByRole("grid", { name: "Receipts" });
  await grid.getByRole("row").nth(1).getByRole("gridcell").nth(1).click();
  const drawer = page.getByRole("complementary", { name: "Receipt" });
  await expect(drawer.getByRole("heading", { name: "Checks" })).toBeVisible();
}

for (const { name, width, height } of SIZES) {
  test.describe(`on a ${name}`, () => {
    test.use({ viewport: { width, height } });

    test("axe finds nothing on empty pages", async ({ page }) => {
      await start(page);
      for (const { name: entry } of PAGES) {
        await go(page, entry);
        await expectNoViolation(page, entry);
      }
    });

    test("axe finds nothing on pages with a verdict, or with the drawer open", async ({ page }) => {
      await start(page);
      await openChangedSample(page);
      for (const { name: entry } of PAGES) {
        await go(page, entry);
        if (entry === "Receipts") {
          await expect(page.getByRole("grid", { name: "Receipts" })).toContainText(
            /\d\d:\d\d:\d\d/,
          );
        }
        await expectNoViolation(page, entry);
      }
      await openDrawer(page);
      const drawer = page.getByRole("complementary", { name: "Receipt" });
      for (const tab of ["Summary", "Guards", "Signed fields", "Proof", "Raw"]) {
        await drawer.getByRole("tab", { name: tab }).click();
        await expect(drawer.getByRole("tab", { name: tab, selected: true })).toBeVisible();
        await expectNoViolation(page, `drawer, ${tab}`);
      }
    });
  });
}

test("axe finds nothing in the dialogs", async ({ page }) => {
  await start(page);
  for (const [key, name] of [
    ["?", /Keys/],
    ["/", "Find or command"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await expectNoViolation(page, `dialog ${key}`);
    await page.keyboard.press("Escape");
  }
  for (const name of ["No key pinned", "Paste text", "Make a log of any size"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoViolation(page, `dialog ${name}`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
});

test("axe finds nothing in what opens over the playground, or after a hint was followed", async ({
  page,
}) => {
  await start(page);
  await go(page, "Playground");
  const hint = page.getByRole("region", { name: "What would have allowed it" });
  await expect(hint).toBeVisible();
  await expectNoViolation(page, "denied, with a hint");
  for (const name of ["Use another", "Open"]) {
    await page.locator("main").getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoViolation(page, `playground, ${name}`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await hint.getByRole("button", { name: /^Apply/ }).click();
  await expect(page.getByRole("heading", { name: "Allowed", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Form" }).click();
  await expectNoViolation(page, "allowed, as a form");
});

test("axe finds nothing in a chain: graph, tree, table, panels and dialogs", async ({ page }) => {
  await openChoreography(page);
  await expectNoViolation(page, "overview");
  await page
    .getByRole("main")
    .getByRole("link", { name: /came of it/ })
    .first()
    .click();
  await settled(page);
  await expect.poll(async () => (await drawnItems(page)).length).toBeGreaterThan(20);
  await expectNoViolation(page, "graph");
  await choose(page, "Shown as", "Table");
  await expect(table(page)).toContainText("order.placed");
  await expectNoViolation(page, "table");
  await choose(page, "Shown as", "Tree");
  const rows = tree(page).getByRole("treeitem");
  await rows.filter({ hasText: "Does not verify" }).first().click();
  await expectNoViolation(page, "tree, on what does not verify");
  await pill(page, "Denied").click();
  await settled(page);
  await rows.filter({ hasText: "Denied" }).first().click();
  await expect(panel(page).getByRole("region", { name: "Where it stopped" })).toBeVisible();
  await expectNoViolation(page, "tree, on a denied step, cut");
  await rows.filter({ hasText: "not drawn" }).first().click();
  await expect(panel(page).getByRole("button", { name: "Open", exact: true })).toBeVisible();
  await expectNoViolation(page, "tree, on what is not drawn");
  await rows.first().click();
  for (const side of ["Compare as left", "Compare as right"]) {
    await panel(page).getByRole("button", { name: side }).click();
  }
  for (const name of ["Statistics", "Compare", "Export the chain"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoViolation(page, `chain, ${name}`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
});

/** Nothing of the page is wider than the page. */
async function expectNoSideways(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const scrolled = [document.documentElement, ...document.querySelectorAll("main")];
    return scrolled
      .filter((one) => one.scrollWidth > one.clientWidth)
      .flatMap((one) => [...one.querySelectorAll("*")])
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
      .map((one) => one.outerHTML.slice(0, 120));
  });
  expect(wide, where).toEqual([]);
}

test.describe("at 320 px", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("nothing has to be scrolled sideways", async ({ page }) => {
    await start(page);
    for (const { name } of PAGES) {
      await go(page, name);
      await expectNoSideways(page, `${name}, empty`);
    }
    await go(page, "Open");
    await openChangedSample(page);
    for (const { name } of PAGES) {
      await go(page, name);
      await expectNoSideways(page, name);
    }
    await openDrawer(page);
    await expectNoSideways(page, "drawer");
  });

  test("a chain is not scrolled sideways, and axe finds nothing", async ({ page }) => {
    await openChoreography(page);
    await expectNoSideways(page, "overview");
    await page
      .getByRole("main")
      .getByRole("link", { name: /came of it/ })
      .first()
      .click();
    await settled(page);
    for (const form of ["Graph", "Tree", "Table"]) {
      await choose(page, "Shown as", form);
      await expectNoSideways(page, form);
    }
    await expectNoViolation(page, "table at 320 px");
    await choose(page, "Shown as", "Graph");
    await expectNoViolation(page, "graph at 320 px");
  });
});
