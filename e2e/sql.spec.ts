import { readFile } from "node:fs/promises";
import { tableFromIPC } from "apache-arrow";
import { parquetReadObjects } from "hyparquet";
import type { Locator, Page } from "playwright/test";
import { expectNoViolation } from "./axe.ts";
import { expect, go, offlineReady, start, test } from "./fixtures.ts";

const THE_LOG = /^Changed log/;

/** Opens the changed log and the workbench, whose first question is answered by itself. */
async function openWorkbench(page: Page): Promise<void> {
  await start(page);
  await page.getByRole("button", { name: THE_LOG }).click();
  await expect(page.getByText("Does not verify").first()).toBeVisible({ timeout: 45_000 });
  await go(page, "SQL");
  await expect(grid(page)).toBeVisible({ timeout: 30_000 });
}

function grid(page: Page): Locator {
  return page.getByRole("grid", { name: "Result" });
}

function cell(page: Page, row: number, column: number): Locator {
  return grid(page).locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]`);
}

/** Writes a statement as hands do, in place of what stands there. */
async function write(page: Page, sql: string): Promise<void> {
  const editor = page.getByRole("textbox", { name: "Statement" });
  await expect(editor).toHaveClass(/cm-content/);
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(sql);
  await page.keyboard.press("Escape");
}

async function ask(page: Page, sql: string): Promise<void> {
  await write(page, sql);
  await page.keyboard.press("ControlOrMeta+Enter");
}

test("a first question is answered, and one of one's own, exactly", async ({ page }) => {
  await openWorkbench(page);
  await ask(
    page,
    "select count(*) as n, 18446744073709551615::ubigint as big, null as x from receipts",
  );
  await expect(cell(page, 0, 1)).toHaveText("18446744073709551615");
  await expect(cell(page, 0, 2)).toHaveText("null");
  expect(Number(await cell(page, 0, 0).textContent())).toBeGreaterThan(1000);

  // Whoever runs is done with writing: no list of names stays over the text.
  await write(page, "select 7 as n from receipts order by n des");
  await page.keyboard.type("c");
  const names = page.getByRole("listbox");
  await expect(names).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(cell(page, 0, 0)).toHaveText("7");
  await expect(names).toBeHidden();
  await ask(page, "select agentt, 1 from receipts");
  await expect(page.locator(".cm-problem")).toHaveText("agentt");
});

test("hostile statements are refused, say so, and change nothing", async ({ page }) => {
  await openWorkbench(page);
  await ask(page, "select count(*) as n from receipts");
  await expect(cell(page, 0, 0)).toHaveText(/^\d+$/);
  const before = await cell(page, 0, 0).textContent();
  for (const [sql, code] of [
    ["drop table receipt", "not-a-question"],
    ["select 1) ; drop table receipt; select * from (select 2", "several-statements"],
    ["select 1; set memory_limit = '1GB'", "several-statements"],
    ["from enable_logging()", "function-refused"],
    ["from read_text('/etc/passwd')", "function-refused"],
    ["from 'https://example.com/x.csv'", "off-limits"],
    ["select json_extract('{}', '$.a')", "needs-extension"],
    ["with x as (delete from receipt returning *) from x", "syntax"],
    ["select nothing from receipts", "unknown-name"],
  ]) {
    await ask(page, sql ?? "");
    await expect(page.getByRole("alert").getByText(code ?? "", { exact: true })).toBeVisible();
  }
  await ask(page, "select count(*) as n from receipts");
  await expect(cell(page, 0, 0)).toHaveText(before ?? "");
});

test("hostile values stay in their cells", async ({ page }) => {
  await openWorkbench(page);
  await ask(
    page,
    `select '<img src=x onerror="document.title=1">' as "<script>document.title=1</script>", 'a' || chr(8238) || 'b' as turned`,
  );
  await expect(cell(page, 0, 0)).toHaveText('<img src=x onerror="document.title=1">');
  await expect(cell(page, 0, 1)).toHaveText("a‹202E›b");
  expect(await page.title()).toBe("SQL · Chio Explorer");
});

test("stop stops, and the next question is answered", async ({ page }) => {
  await openWorkbench(page);
  await ask(
    page,
    "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t",
  );
  await page.waitForTimeout(600);
  await page.keyboard.press("ControlOrMeta+.");
  await expect(page.getByRole("alert").getByText("stopped", { exact: true })).toBeVisible();
  await ask(page, "select 42 as answer");
  await expect(cell(page, 0, 0)).toHaveText("42");
});

test("a statement that cannot be interrupted is ended with its engine, and the data comes back", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await openWorkbench(page);
  await ask(page, "select count(*) as n from receipts");
  await expect(cell(page, 0, 0)).toHaveText(/^\d+$/);
  const before = (await cell(page, 0, 0).textContent()) ?? "";
  await ask(page, "select * from range(1000000) as a(x), range(1000000) as b(y) where x + y = -1");
  await page.waitForTimeout(500);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("alert").getByText("stopped", { exact: true })).toBeVisible();
  await expect(page.getByText("The database died and was opened anew")).toBeVisible();
  await expect(async () => {
    await ask(page, "select count(*) as n from receipts");
    await expect(cell(page, 0, 0)).toHaveText(before, { timeout: 1_000 });
  }).toPass({ timeout: 45_000 });
});

test("every row is exported in each format, without a request", async ({ page, context }) => {
  await openWorkbench(page);
  await offlineReady(page);
  const requests: string[] = [];
  context.on("request", (request) => {
    if (!request.url().startsWith("blob:")) requests.push(request.url());
  });
  await ask(
    page,
    "select range::ubigint as n, 'v' || range as v, range % 2 = 0 as even from range(120000)",
  );
  await expect(
    page.getByRole("status").filter({ hasText: "The first 100,000 of more rows" }),
  ).toBeVisible();
  const csv = await exported(page, "CSV");
  expect(csv.toString("utf8").trimEnd().split("\r\n")).toHaveLength(120_001);
  const ndjson = (await exported(page, "NDJSON")).toString("utf8").trimEnd().split("\n");
  expect(JSON.parse(ndjson.at(-1) ?? "")).toEqual({ n: 119_999, v: "v119999", even: false });
  const arrow = tableFromIPC(await exported(page, "Arrow"));
  expect(arrow.numRows).toBe(120_000);
  expect(arrow.getChild("n")?.get(119_999)).toBe(119_999n);
  const parquet = await exported(page, "Parquet");
  const rows = await parquetReadObjects({ file: new Uint8Array(parquet).buffer });
  expect(rows).toHaveLength(120_000);
  expect(rows.at(-1)).toEqual({ n: 119_999n, v: "v119999", even: false });
  expect(requests).toEqual([]);
});

async function exported(page: Page, format: string): Promise<Buffer> {
  await page.getByRole("button", { name: "Export all rows" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: format, exact: true }).click();
  const path = await (await download).path();
  await page.keyboard.press("Escape");
  return readFile(path);
}

test("tabs, the query book and the history work by keyboard alone", async ({ page }) => {
  await openWorkbench(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Receipts per hour/ }).focus();
  await page.keyboard.press("Enter");
  const tabs = page.getByRole("tab");
  await expect(tabs).toHaveCount(2);
  await expect(grid(page).getByRole("columnheader", { name: /hour/ })).toBeVisible();
  await tabs.nth(1).focus();
  await page.keyboard.press("F2");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Mine");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: "Mine" })).toBeVisible();
  await page.getByRole("tab", { name: "Mine" }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(tabs.nth(0)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowRight");
  // The grid: sort by the first column, read a cell and the column's figures.
  await grid(page).focus();
  await page.keyboard.press("Enter");
  await expect(grid(page).getByRole("columnheader").first()).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await page.keyboard.press("i");
  await expect(page.getByRole("dialog").getByText("Distinct values")).toBeVisible();
  await page.keyboard.press("Escape");
  await grid(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByText(/characters?$/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Mine" }).focus();
  await page.keyboard.press("Delete");
  await expect(tabs).toHaveCount(1);
  await page.getByRole("button", { name: "History" }).click();
  await expect(
    page
      .getByRole("button", { name: /Receipts per hour|hour, decision/ })
      .or(page.getByText(/count\(\*\) as receipts/))
      .first(),
  ).toBeVisible();
  await page.getByRole("checkbox").uncheck();
  expect(await page.evaluate(() => localStorage.getItem("chio-sql-history"))).toBeNull();
  expect(page.url()).not.toMatch(/select/i);
});

test("a result becomes a filter of receipts", async ({ page }) => {
  await openWorkbench(page);
  await ask(page, "select distinct decision from receipts where decision = 'deny'");
  await expect(cell(page, 0, 0)).toHaveText("deny");
  await page.getByRole("button", { name: "Use as filter" }).click();
  await page.getByRole("button", { name: "Show receipts" }).click();
  await expect(page).toHaveURL(/\/receipts#.*decision/);
  await expect(page.getByRole("grid", { name: "Receipts" })).toBeVisible();
});

test("axe finds nothing on the workbench, with a result, a chart or a problem", async ({
  page,
}) => {
  await openWorkbench(page);
  await expectNoViolation(page, "result");
  await page.getByRole("button", { name: "Draw a chart" }).click();
  await expect(page.locator("figure svg").first()).toBeVisible();
  await expectNoViolation(page, "chart");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByText("receipts", { exact: true }).first().click();
  await ask(page, "drop table receipt");
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expectNoViolation(page, "problem");
});
