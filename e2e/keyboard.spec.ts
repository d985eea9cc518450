import type { FileChooser, Page } from "playwright/test";
import { expect, start, test } from "./fixtures.ts";
import { expectFocusSeen, tabTo } from "./keys.ts";

test("open, read the verdict, find the receipt and read why, by keyboard alone", async ({
  page,
}) => {
  await start(page);
  await tabTo(page, "button", /^Changed log/);
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: /^Does not verify/ })).toBeVisible({
    timeout: 45_000,
  });
  await page.keyboard.press("g");
  await page.keyboard.press("v");
  await expect(page).toHaveURL((url) => url.pathname === "/verify");
  await expect(
    page.getByRole("heading", { level: 1, name: "Does not verify · 1 cause, 5 effects" }),
  ).toBeVisible();

  await page.keyboard.press("n");
  const cause = page.getByRole("button", { name: /^Receipt #803:/ });
  await expect(cause).toBeFocused();
  await expectFocusSeen(page, "the finding");
  await expect(cause).toHaveAttribute("aria-expanded", "true");
  await tabTo(page, "link", /^Show line/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL((url) => url.pathname === "/receipts");

  const grid = page.getByRole("grid", { name: "Receipts" });
  const drawer = page.getByRole("complementary", { name: "Receipt" });
  await expect(drawer.getByRole("heading", { level: 2 })).toContainText("803");
  await tabTo(page, "grid", /^Receipts$/);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expectFocusSeen(page, "the cell of the receipt");
  await page.keyboard.press("Enter");
  await expect(drawer.getByRole("heading", { level: 2 })).toContainText("803");
  await tabTo(page, "tab", /./);
  await page.keyboard.press("Home");
  await expect(drawer.getByRole("tab", { name: "Summary", selected: true })).toBeFocused();
  await expect(drawer.getByText("Does not fit").first()).toBeVisible();
  await expect(drawer.getByText("HSH-001").first()).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(drawer.getByRole("tab", { name: "Signed fields", selected: true })).toBeFocused();
  await expect(drawer.getByRole("tabpanel")).toContainText("amount");

  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(grid).toBeFocused();
  await expectFocusSeen(page, "the table again");
});

test("the picker opens by its key, and so does everything that a key is named for", async ({
  page,
}) => {
  const pickers: FileChooser[] = [];
  page.on("filechooser", (picker) => pickers.push(picker));
  await start(page);
  await page.keyboard.press("o");
  await expect.poll(() => pickers.map((picker) => picker.isMultiple())).toEqual([true]);

  for (const key of ["/", "?", "Control+k"]) {
    await page.keyboard.press(key);
    const dialog = page.getByRole("dialog");
    await expect(dialog, key).toBeVisible();
    await expect(
      dialog.locator("*:focus, :scope:focus").or(dialog.and(page.locator("*:focus"))),
    ).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(dialog, key).toBeHidden();
  }
  for (const [key, path] of [
    ["r", "/receipts"],
    ["v", "/verify"],
    ["o", "/"],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(page).toHaveURL((url) => url.pathname === path);
  }
});

test("the table is walked by keys, and the focus never leaves it", async ({ page }) => {
  await start(page);
  await tabTo(page, "button", /^Clean log/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  const grid = page.getByRole("grid", { name: "Receipts" });
  await expect(page.getByText("3,800 of 3,800 receipts")).toBeVisible({ timeout: 45_000 });
  await tabTo(page, "grid", /^Receipts$/);
  for (const key of [
    "ArrowDown",
    "j",
    "PageDown",
    "End",
    "k",
    "Home",
    "ArrowRight",
    "Control+End",
  ]) {
    await page.keyboard.press(key);
    await expect(grid).toBeFocused();
    await expect.poll(() => activeRow(page), { message: key }).toBeGreaterThan(0);
  }
  await expectFocusSeen(page, "the last cell");
});

/** Row number of the cell that the table names as active; 0 when it is not in the document. */
function activeRow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
    const row = document.getElementById(id)?.closest("[role=row]");
    return Number(row?.getAttribute("aria-rowindex") ?? 0);
  });
}
