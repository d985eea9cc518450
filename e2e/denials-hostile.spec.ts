import { writeFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { utf8 } from "@/kernel/encoding.ts";
import type { StormRecord } from "@/lib/demo/storm/model.ts";
import { writeExport } from "@/lib/demo/storm/write-export.ts";
import { VIEW_TITLES, VIEWS } from "../components/denials/views/view-names.ts";
import { expectNoViolation } from "./axe.ts";
import { drop, expect, go, start, test } from "./fixtures.ts";
import { HOSTILE_TEXTS, hostileReceipt } from "./hostile-lines.ts";
import { expectAlive, expectNothingRan } from "./unharmed.ts";
import { append, counted, standInForThePicker } from "./watched-file.ts";

/** Texts that would do something as HTML, SQL, a name of a prototype, or to the lines around them. */
const TEXTS = [
  ...HOSTILE_TEXTS,
  `<img src=x onerror="window.planted='ran'">`,
  "'; drop table receipt; --",
  "a\u202eb\u0007c\u0000d\u2028e",
  "‹n› ‹host› ‹path›",
  "~",
] as const;
const AT = 1_776_300_000;
const MEGABYTE = 1024 * 1024;

/** A dead letter of the topic, as it was before any tool exported it. */
function letter(
  at: number,
  value: string,
  headers: readonly (readonly [string, string])[],
): StormRecord {
  return {
    topic: "'; drop table receipt; --",
    partition: 0,
    offset: String(at),
    timestampMs: (AT + at) * 1000,
    timestampType: "create",
    key: utf8(`<b>key-${at % 3}</b>`),
    value: utf8(value),
    headers: headers.map(([name, text]) => [name, utf8(text)] as const),
  };
}

/** The documentation's form: a claim of which every text is `text`. */
function claim(at: number, text: string, scope = text): string {
  return JSON.stringify({
    original_topic: text,
    original_partition: 0,
    original_offset: at,
    original_key: text,
    original_value: JSON.stringify({ [text]: text }),
    chio_denial: {
      receipt_id: `nobody-${at}`,
      reason: text,
      scope_requested: scope,
      identity: text,
      guards_evaluated: [text],
      timestamp: AT + at,
    },
  });
}

/** The shipped form with a receipt inside that is signed, whatever it says. */
function envelope(at: number, text: string): string {
  const receipt = hostileReceipt(text, AT + at);
  const { id } = JSON.parse(receipt);
  return (
    `{"guard":${JSON.stringify(text)},"original_value":{"utf8":${JSON.stringify(text)}},` +
    `"reason":${JSON.stringify(text)},"receipt":${receipt},"receipt_id":"${id}","request_id":${JSON.stringify(text)},` +
    `"source":{"offset":${at},"partition":0,"topic":${JSON.stringify(text)}},"verdict":"deny","version":"chio-streaming/dlq/v1"}`
  );
}

function hostileLetters(): readonly StormRecord[] {
  const big = `<img src=x onerror="window.planted='ran'">${"h".repeat(MEGABYTE)}`;
  return TEXTS.flatMap((text, at) => [
    letter(2 * at, claim(2 * at, text), [
      [text, text],
      ["X-Chio-Denial-Reason", text],
      ...(at === 0 ? [["X-Big", big] as const] : []),
    ]),
    letter(2 * at + 1, envelope(2 * at + 1, text), [["X-Chio-Deny-Reason", text]]),
  ]);
}

async function openLetters(page: Page, path: string, records: readonly StormRecord[]) {
  const [text = ""] = [...writeExport("chio-lossless", records).values()];
  await writeFile(path, text);
  await start(page);
  page.on("dialog", () => expect("a dialog").toBe("never shown"));
  await drop(page, [path]);
  await expect(page.locator("footer")).toContainText(/checked in|read/, { timeout: 60_000 });
  await go(page, "Denials");
  await expect(page.getByRole("tablist", { name: "Views of these denials" })).toBeVisible({
    timeout: 60_000,
  });
}

/** Every view beneath the chart, until it has counted. */
async function visitEveryView(page: Page): Promise<void> {
  for (const name of VIEWS) {
    await page.getByRole("tab", { name: new RegExp(`^${VIEW_TITLES[name]}[\\d,]*$`) }).click();
    const view = page.getByRole("tabpanel");
    await expect(view).not.toContainText("Counting…", { timeout: 30_000 });
    await expect(view, name).not.toContainText("could not be asked for");
    await expect(view).not.toBeEmpty();
    await expectNothingRan(page);
  }
}

/** Writes a statement in place of what stands in the editor, and runs it. */
async function ask(page: Page, sql: string): Promise<void> {
  const editor = page.getByRole("textbox", { name: "Statement" });
  await expect(editor).toHaveClass(/cm-content/);
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(sql);
  await page.keyboard.press("ControlOrMeta+Enter");
}

test("dead letters whose every text is hostile change their own cells and nothing else", async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await standInForThePicker(page, "hostile.ndjson");
  const records = hostileLetters();
  await openLetters(page, info.outputPath("'; drop table receipt; --.ndjson"), records);

  await test.step("every view of the denials", async () => {
    const denials = `${records.length} denials, `;
    await expect(page.getByRole("heading", { level: 1 })).toContainText(denials);
    await visitEveryView(page);
    await expectNoViolation(page, "denials of hostile texts");
  });

  await test.step("a pattern, its readings, its link", async () => {
    await page.getByRole("tab", { name: /^Patterns/ }).click();
    const rows = page.getByRole("grid", { name: "Patterns" }).getByRole("row");
    for (const at of [1, 2, 3]) {
      await rows.nth(at).getByRole("gridcell").first().click();
      const panel = page.getByRole("complementary", { name: "Pattern" });
      await expect(panel.getByRole("table")).toBeVisible();
      await expect(panel).not.toContainText("could not be asked for");
      await panel.getByRole("region", { name: "Attack" }).getByRole("button").first().click();
      await expect(page.getByRole("dialog").locator("pre").first()).not.toBeEmpty();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();
    }
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByRole("button", { name: "Copy this link" }).click();
    await expect(page.getByRole("dialog").getByRole("status")).toHaveText("Copied");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/denials#d=[0-9a-f]{8}&pattern=%7E[\w-]+$/);
    await page.keyboard.press("Escape");
    await expectNothingRan(page);
  });

  await test.step("the drawer of the dead letter with a header of 1 MB", async () => {
    await page.getByRole("tab", { name: "Dead letters" }).click();
    const list = page.getByRole("grid", { name: "Dead letters" });
    await list.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("complementary", { name: "Dead letter" });
    await expect(drawer.getByRole("region", { name: "Headers" })).toContainText("X-Big");
    for (const button of await drawer.getByRole("button", { name: /^Unmask/ }).all()) {
      await button.click();
      await drawer.getByRole("button", { name: "Show", exact: true }).click();
      break;
    }
    await expect(drawer).toContainText("It is noted for the report.");
    await expectNoViolation(page, "a hostile dead letter");
    await expectNothingRan(page);
    await page.keyboard.press("Escape");
  });

  await test.step("rules over hostile values", async () => {
    await go(page, "Rules");
    await page.getByRole("button", { name: "New rule" }).click();
    const form = page.getByRole("form", { name: "Rule" });
    await form.getByLabel("Threshold", { exact: true }).fill("1");
    await form.getByRole("radio", { name: /^Everything, claims too/ }).check();
    await form.getByRole("button", { name: "Add a condition" }).click();
    const value = form.getByRole("combobox", { name: "Add a value to condition 1" });
    for (const text of ["__proto__", "'; drop table receipt; --"]) {
      await value.focus();
      await expect(form.locator("datalist option").first()).toBeAttached();
      await value.fill(text);
      await page.keyboard.press("Enter");
    }
    const preview = page.getByRole("region", { name: "On the loaded data" });
    await expect(preview).toContainText(/Would have fired \d+ times|Would have fired once/);
    await form.getByLabel("Name").fill(TEXTS[0]);
    await form.getByRole("button", { name: "Save rule" }).click();
    await expect(page.getByRole("main")).toContainText("1 of 7 rules on.");
    await preview.getByRole("list", { name: "Alerts" }).getByRole("button").first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoViolation(page, "an alert of hostile values");
    await page.keyboard.press("Escape");
    await expectNothingRan(page);
  });

  await test.step("hostile values as results, completions, a filter and a chart", async () => {
    await go(page, "SQL");
    await expect(page.getByRole("grid", { name: "Result" })).toBeVisible({ timeout: 30_000 });
    await ask(
      page,
      "select agent, scope, guard, reason, topic, count(*) as n from denials group by all order by all",
    );
    const result = page.getByRole("grid", { name: "Result" });
    await expect(page.getByText(new RegExp(`^${TEXTS.length * 2} rows ·`))).toBeVisible();
    await expect(result).toContainText("<img src=x onerror");
    await page.getByRole("button", { name: "Draw a chart" }).click();
    await expect(page.locator("figure svg").first()).toBeVisible();
    await expectNothingRan(page);
    await page.getByRole("button", { name: "Use as filter" }).click();
    await page.getByRole("button", { name: "Show denials" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("denials, ");
    expect(decodeURIComponent(page.url())).not.toMatch(/onerror|drop table|__proto__/i);
    await go(page, "SQL");
    await ask(page, "select count(*) as n from receipts");
    const cells = page.getByRole("grid", { name: "Result" }).getByRole("gridcell");
    await expect(cells).toHaveCount(1);
    await expect(cells).toHaveText(String(TEXTS.length));
    await expectNothingRan(page);
  });

  await test.step("the same, arriving live", async () => {
    await go(page, "Live");
    await append(page, "hostile.ndjson", "", true);
    await page.getByRole("button", { name: "Choose a file to watch" }).click();
    await expect(page.getByRole("main")).toContainText("Watching");
    const lines = TEXTS.map((text, at) => hostileReceipt(text, AT + at));
    await append(page, "hostile.ndjson", `${lines.join("\n")}\n`);
    await expect.poll(() => counted(page, "arrived")).toBe(lines.length);
    await expect(page.getByRole("grid")).toContainText("<img src=x onerror");
    await expect.poll(() => counted(page, "alerts")).toBeGreaterThan(0);
    await expectNothingRan(page);
    await expectNoViolation(page, "hostile rows that arrived");
    await page.getByRole("button", { name: "Stop" }).click();
  });
  await expectAlive(page);
});

test("20,000 scopes of one agent leave every page usable", async ({ page }, info) => {
  test.setTimeout(240_000);
  const many = 20_000;
  const records = Array.from({ length: many }, (_, at) =>
    letter(at, claim(at, "many", `events:consume:<b>${at}</b>`), []),
  );
  await openLetters(page, info.outputPath("many.ndjson"), records);
  // Each scope is the tool of its claim: as many patterns as scopes.
  const statement = page.getByRole("heading", { level: 1 });
  await expect(statement).toHaveText("20,000 denials, 20,000 patterns", { timeout: 60_000 });
  await visitEveryView(page);
  await page.getByRole("tab", { name: /^Patterns/ }).click();
  await page.getByRole("grid", { name: "Patterns" }).getByRole("gridcell").first().click();
  await expect(
    page.getByRole("complementary", { name: "Pattern" }).getByRole("table"),
  ).toBeVisible();

  await page.getByRole("button", { name: "Adjust" }).click();
  await page.getByRole("dialog").getByRole("checkbox", { name: /^tool/i }).uncheck();
  await page.keyboard.press("Escape");
  await expect(statement).toHaveText("20,000 denials, 1 pattern", { timeout: 30_000 });

  await go(page, "Rules");
  await page.getByRole("button", { name: "One agent tries many scopes" }).click();
  const form = page.getByRole("form", { name: "Rule" });
  await form.getByRole("radio", { name: /^Everything, claims too/ }).check();
  await expect(page.getByRole("region", { name: "On the loaded data" })).toContainText(
    /Would have fired \d+ times/,
    { timeout: 30_000 },
  );
  await form.getByRole("button", { name: "Add a condition" }).click();
  await form.getByLabel("Field of condition 1").selectOption("scope");
  await form.getByRole("combobox", { name: "Add a value to condition 1" }).focus();
  await expect(form.locator("datalist option").first()).toBeAttached();
  expect(await form.locator("datalist option").count()).toBeLessThanOrEqual(1_000);

  await go(page, "SQL");
  await expect(page.getByRole("grid", { name: "Result" })).toBeVisible({ timeout: 30_000 });
  await ask(page, "select scope, count(*) as n from denials group by scope");
  await expect(page.getByText(/^20,000 rows/).first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Use as filter" }).click();
  await expect(page.getByRole("dialog", { name: "Use as filter" })).toContainText(/a filter takes/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Draw a chart" }).click();
  await expect(page.locator("figure").first()).toBeVisible({ timeout: 30_000 });
  await expectNothingRan(page);
  await expectAlive(page);
});
