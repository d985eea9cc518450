import type { BrowserContext, Request } from "playwright/test";
import { VIEW_TITLES, VIEWS } from "../components/denials/views/view-names.ts";
import { choose, drawnItems, openChains, picture, settled } from "./chain-page.ts";
import { drop, dropMade, expect, go, offlineReady, PAGES, test, vector } from "./fixtures.ts";
import { openForeignOrigin } from "./foreign-origin.ts";
import { expectVerdict } from "./verdict.ts";
import { append, counted, standInForThePicker } from "./watched-file.ts";

/** How the browser words a fetch that the policy refused. */
const BLOCKED = /Content Security Policy|Refused to connect|Fetch API cannot load/;

/** Fetches that never leave the process: `blob:` and `data:` addresses are memory. */
function leavesThePage(request: Request): boolean {
  return !/^(blob|data):/.test(request.url());
}

/** Everything that the browser asks for from now on, its workers included. */
function requestsFromNow(context: BrowserContext): readonly string[] {
  const asked: string[] = [];
  context.on("request", (request) => {
    if (leavesThePage(request)) asked.push(`${request.method()} ${request.url()}`);
  });
  return asked;
}

test("from offline ready on, a drop and every page ask the network for nothing", async ({
  page,
  context,
}) => {
  const evidence = vector("evidence/log-v1-form");
  const store = vector("stores/provider-receipts.sqlite3");
  await page.goto("/");
  await offlineReady(page);
  const asked = requestsFromNow(context);

  await drop(page, [evidence]);
  await expectVerdict(page, { headline: "Self-consistent · no key pinned" });
  await drop(page, [store]);
  await expectVerdict(page, { unaltered: "Yes 32 / 32" });
  for (const { path, name } of [...PAGES, ...PAGES]) {
    await go(page, name);
    await expect(page).toHaveURL((url) => url.pathname === path);
    await page.waitForLoadState("networkidle");
  }
  expect(asked).toEqual([]);
  await expect(page.getByRole("button", { name: "0 sent" })).toBeVisible();
});

test("from offline ready on, a sample, its findings, rows and dialogs ask for nothing", async ({
  page,
  context,
}) => {
  await page.goto("/verify");
  await offlineReady(page);
  const asked = requestsFromNow(context);

  await page.getByRole("button", { name: "Open a changed sample" }).click();
  await expectVerdict(page, { headline: "Does not verify · 1 cause, 5 effects" });
  for (const key of ["?", "/"]) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await page.getByRole("button", { name: /^Theme/ }).click();
  await page.keyboard.press("n");
  await page.getByRole("link", { name: "Show line" }).first().click();
  const drawer = page.getByRole("complementary", { name: "Receipt" });
  await expect(drawer.getByRole("tabpanel")).toContainText("amount");
  for (const tab of ["Summary", "Guards", "Signed fields", "Proof", "Raw"]) {
    await drawer.getByRole("tab", { name: tab }).click();
  }
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL((url) => url.pathname === "/");
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual([]);
  await expect(page.getByRole("button", { name: "0 sent" })).toBeVisible();
});

test("from offline ready on, chains in every form, their dialogs and files ask for nothing", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await offlineReady(page);
  const asked = requestsFromNow(context);

  await page.getByRole("button", { name: /^Choreography/ }).click();
  await openChains(page);
  await page
    .getByRole("main")
    .getByRole("link", { name: /came of it/ })
    .first()
    .click();
  await settled(page);
  await expect.poll(async () => (await drawnItems(page)).length).toBeGreaterThan(20);
  for (const lanes of ["Topic", "Agent"]) await choose(page, "Lanes by", lanes);
  await picture(page).hover();
  for (const form of ["Tree", "Table", "Graph"]) await choose(page, "Shown as", form);
  for (const name of ["Statistics", "Compare"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await page.getByRole("button", { name: "Export the chain" }).click();
  for (const form of ["SVG", "PNG", "Text", "GraphML"]) {
    const coming = page.waitForEvent("download");
    await page.getByRole("dialog").getByRole("button", { name: form, exact: true }).click();
    await (await coming).path();
  }
  await page.keyboard.press("Escape");
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual([]);
  await expect(page.getByRole("button", { name: "0 sent" })).toBeVisible();
});

test("from offline ready on, denials, questions, rules and live files with all their parts ask for nothing", async ({
  page,
  context,
}, info) => {
  test.setTimeout(120_000);
  await standInForThePicker(page, "asked.ndjson");
  await page.goto("/");
  await offlineReady(page);
  const asked = requestsFromNow(context);

  await page.getByRole("button", { name: /^Dead-letter storm/ }).click();
  await go(page, "Denials");
  await expect(page.getByRole("grid", { name: "Patterns" })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("grid", { name: "Patterns" }).getByRole("gridcell").first().click();
  const panel = page.getByRole("complementary", { name: "Pattern" });
  await expect(panel.getByRole("table")).toBeVisible();
  for (const name of VIEWS) {
    await page.getByRole("tab", { name: new RegExp(`^${VIEW_TITLES[name]}[\\d,]*$`) }).click();
    await expect(page.getByRole("tabpanel")).not.toContainText("Counting…");
  }
  for (const name of ["Copy link", "Show SQL of this page"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await page.getByRole("tab", { name: "Dead letters" }).click();
  const letters = page.getByRole("grid", { name: "Dead letters" });
  await letters.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByRole("complementary", { name: "Dead letter" })
      .getByRole("button", { name: /^Unmask/ })
      .first(),
  ).toBeVisible();

  await go(page, "SQL");
  const result = page.getByRole("grid", { name: "Result" });
  await expect(result).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: /^Denials per hour/ }).click();
  await expect(result.getByRole("columnheader", { name: /hour/ })).toBeVisible();
  await page.getByRole("textbox", { name: "Statement" }).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("\nden");
  await page.keyboard.press("Control+Space");
  await expect(page.locator(".cm-tooltip-autocomplete")).toBeVisible();
  await page.keyboard.press("Escape");
  for (const format of ["CSV", "NDJSON", "Arrow", "Parquet"]) {
    await page.getByRole("button", { name: "Export all rows" }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("dialog").getByRole("button", { name: format, exact: true }).click();
    await (await coming).path();
    await expect(page.getByRole("dialog").getByRole("status")).toHaveText(/written\.$/);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await page.getByRole("button", { name: "Draw a chart" }).click();
  await expect(page.locator("figure svg").first()).toBeVisible();

  await go(page, "Rules");
  await page.getByRole("button", { name: "One agent tries many scopes" }).click();
  await page.getByRole("checkbox", { name: "One agent tries many scopes: on" }).check();
  await page.getByRole("button", { name: "Export this rule" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Sigma (.yml)" }).click();
  const sigma = info.outputPath("rule.yml");
  await (await coming).saveAs(sigma);
  await page.getByRole("button", { name: "Import" }).click();
  const importing = page.getByRole("dialog", { name: "Import rules" });
  await importing.locator("input[data-picker=rules]").setInputFiles(sigma);
  await expect(importing.getByRole("status")).toContainText("1 rule added");
  await page.keyboard.press("Escape");

  await go(page, "Live");
  await append(page, "asked.ndjson", "", true);
  await page.getByRole("button", { name: "Choose a file to watch" }).click();
  await append(page, "asked.ndjson", "a line that is no record\n");
  await expect.poll(() => counted(page, "not understood")).toBe(1);
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual([]);
  await expect(page.getByRole("button", { name: "0 sent" })).toBeVisible();
});

test("on a narrow page, names in other scripts fetch no font", async ({ page, context }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  // The status line is not drawn on a phone, but it is there.
  await page.locator('[data-offline-ready="true"]').waitFor({ state: "attached" });
  const asked: string[] = [];
  context.on("request", (request) => {
    if (leavesThePage(request)) asked.push(`${request.method()} ${request.url()}`);
  });

  const names = ["служба оплаты", "υπηρεσία πληρωμών", "dịch vụ thanh toán", "usługa płatności"];
  const receipts = names.map((agent, index) => ({
    id: `rcpt-${index}`,
    timestamp: 1_776_270_871 + index,
    capability_id: agent,
    tool_server: agent,
    tool_name: agent,
    action: { parameters: {}, parameter_hash: "" },
    decision: { verdict: "deny", guard: agent, reason: agent },
    content_hash: "",
    policy_hash: "",
    kernel_key: "",
    signature: "",
  }));
  const text = receipts.map((receipt) => JSON.stringify(receipt)).join("\n");
  await dropMade(page, [{ name: "names.ndjson", text }]);
  await expect(page.getByText("Does not verify").first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole("link", { name: "Receipts", exact: true }).first().click();
  await expect(page.getByText(names[0] ?? "").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual([]);
});

test("a planted fetch to another origin is blocked in a page", async ({ page, complaints }) => {
  const foreign = await openForeignOrigin();
  try {
    for (const { path } of PAGES) {
      await page.goto(path);
      const outcome = await page.evaluate(async (url) => {
        const violation = new Promise<string>((resolve) =>
          document.addEventListener("securitypolicyviolation", (event) =>
            resolve(event.effectiveDirective),
          ),
        );
        const answer = await fetch(url).then(
          () => "sent",
          () => "refused",
        );
        return [answer, await violation];
      }, foreign.url);
      expect(outcome).toEqual(["refused", "connect-src"]);
    }
    expect(foreign.hits()).toBe(0);
    complaints.expectAndForget(BLOCKED);
  } finally {
    await foreign.close();
  }
});

test("a planted fetch to another origin is blocked in every worker", async ({
  page,
  complaints,
}) => {
  const foreign = await openForeignOrigin();
  try {
    await page.goto("/");
    await offlineReady(page);
    await drop(page, [vector("evidence/log-v1-form")]);
    await expect.poll(() => page.workers().length).toBeGreaterThan(0);
    for (const worker of page.workers()) {
      const outcome = await worker.evaluate(async (url) => {
        const violation = new Promise<string>((resolve) =>
          self.addEventListener("securitypolicyviolation", (event) =>
            resolve(event.effectiveDirective),
          ),
        );
        const answer = await fetch(url).then(
          () => "sent",
          () => "refused",
        );
        return [answer, await violation];
      }, foreign.url);
      expect(outcome, worker.url()).toEqual(["refused", "connect-src"]);
    }
    expect(foreign.hits()).toBe(0);
    complaints.forget(BLOCKED);
  } finally {
    await foreign.close();
  }
});
