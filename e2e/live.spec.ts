import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright/test";
import { expectNoViolation } from "./axe.ts";
import { dropMade, expect, go, offlineReady, start, test } from "./fixtures.ts";
import { Caller, issueTo, type Sent } from "./kernel-calls.ts";
import { startKernelServer } from "./kernel-server.ts";
import { tasksWhile } from "./main-thread.ts";
import { storm } from "./storm.ts";
import { append, counted, standInForThePicker } from "./watched-file.ts";

async function receiptLines(): Promise<readonly string[]> {
  const { files } = await storm();
  const log = files.find(({ path }) => path.endsWith("receipts.ndjson"));
  return (log?.text ?? "").split("\n").filter((line) => line !== "");
}

async function pinStorm(page: Page): Promise<void> {
  const { trust } = await storm();
  await dropMade(page, [{ name: "chio-trust.json", text: trust }]);
  await expect(page.getByRole("button", { name: /keys pinned/ })).toBeVisible();
}

test("a file that grows is verified as it grows, its rule fires when it has to, and nothing is lost", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const { truth } = await storm();
  const lines = await receiptLines();
  const firings = truth.scopeRule.find(({ threshold }) => threshold === 3)?.firings ?? [];
  await standInForThePicker(page, "growing.ndjson");
  await start(page, "/live");
  await offlineReady(page);
  const requests: string[] = [];
  page.context().on("request", (request) => {
    if (!request.url().startsWith("blob:")) requests.push(request.url());
  });
  await pinStorm(page);
  await go(page, "Rules");
  await page.getByRole("checkbox", { name: "One agent tries many scopes: on" }).press("Space");
  await go(page, "Live");
  await append(page, "growing.ndjson", "", true);
  await page.getByRole("button", { name: "Choose a file to watch" }).press("Enter");
  await expect(page.getByRole("main")).toContainText("Watching");

  // The first lines, the last of them without its end.
  const [first = "", second = ""] = lines;
  await append(page, "growing.ndjson", `${first}\n${second.slice(0, 100)}`);
  await expect.poll(() => counted(page, "arrived")).toBe(1);
  await expect(page.getByRole("main")).toContainText(
    "The last line has no end yet: 100 bytes wait",
  );
  await append(page, "growing.ndjson", `${second.slice(100)}\n`);
  await expect.poll(() => counted(page, "arrived")).toBe(2);
  const grid = page.getByRole("grid", { name: "What arrived, newest last" });
  await expect(grid.getByRole("img", { name: "Verified, not checkpointed" })).toHaveCount(2);

  // A burst of the whole day, while the page stays responsive.
  const half = Math.floor(lines.length / 2);
  const tasks = await tasksWhile(browser, page, async () => {
    await append(page, "growing.ndjson", `${lines.slice(2, half).join("\n")}\n`);
    await expect.poll(() => counted(page, "arrived"), { timeout: 60_000 }).toBe(half);
  });
  expect(tasks.filter(({ processor }) => processor > 100)).toEqual([]);

  // Paused by Space: what comes is held and counted.
  await page.getByRole("heading", { name: "Live" }).click();
  await page.keyboard.press("Space");
  await append(page, "growing.ndjson", `${lines.slice(half, half + 37).join("\n")}\n`);
  await expect(page.getByRole("button", { name: "37 new" })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "37 new" })).toBeHidden();
  // And by going up.
  await grid.focus();
  await page.keyboard.press("ArrowUp");
  await append(page, "growing.ndjson", `${lines.slice(half + 37).join("\n")}\n`);
  await expect.poll(() => counted(page, "arrived"), { timeout: 60_000 }).toBe(lines.length);
  await expect(
    page.getByRole("button", { name: `${(lines.length - half - 37).toLocaleString("en-US")} new` }),
  ).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();

  expect(await counted(page, "verified")).toBe(truth.receipts);
  expect(await counted(page, "denied")).toBe(truth.denials - truth.claims);
  expect(await counted(page, "alerts")).toBe(firings.length);
  expect(await counted(page, "not understood")).toBe(0);
  await expect(page.locator("[data-live-announcer]")).toContainText(/\d+ rows?, \d+ denials?/);
  const alerts = page.getByRole("list", { name: "Alerts" });
  await expect(alerts.getByRole("listitem")).toHaveCount(firings.length);
  await alerts.getByRole("button").last().click();
  await expect(page.getByRole("dialog")).toContainText("One agent tries many scopes");
  await expectNoViolation(page, "an alert of the stream");
  await page.keyboard.press("Escape");
  await expectNoViolation(page, "live, watching");

  // Written anew: said, and read from its start.
  await append(page, "growing.ndjson", "noise that is no record\n", true);
  await expect(page.getByRole("main")).toContainText("The file became shorter");
  await expect.poll(() => counted(page, "not understood")).toBe(1);
  await append(page, "growing.ndjson", `${first}\n`);
  await expect.poll(() => counted(page, "copies of earlier ones")).toBe(1);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("main")).toContainText("Stopped.");
  await page.getByRole("button", { name: "Load into the explorer" }).click();
  await expect(page).toHaveURL(/\/verify/);
  await expect(page.locator("footer")).toContainText(/1 receipt checked/);
  expect(requests, "watching a file asks nothing of a network").toEqual([]);
});

test("an alert is announced when it fires, and what scripts say stays text", async ({ page }) => {
  test.setTimeout(120_000);
  const lines = await receiptLines();
  await standInForThePicker(page, "alert.ndjson");
  await start(page, "/rules");
  await pinStorm(page);
  await page.getByRole("button", { name: "New rule" }).click();
  await page.getByLabel("Name").fill("<b>Any denial</b>");
  await page.getByRole("form", { name: "Rule" }).getByLabel("Threshold", { exact: true }).fill("1");
  await page.getByRole("button", { name: "Save rule" }).click();
  await go(page, "Live");
  await append(page, "alert.ndjson", "", true);
  await page.getByRole("button", { name: "Choose a file to watch" }).click();
  const denial = lines.find((line) => line.includes('"deny"')) ?? "";
  await append(page, "alert.ndjson", `${denial}\n{"<script>alert(1)</script>": "\u202e"}\n`);
  const announcer = page.locator("[data-live-announcer]");
  await expect(announcer).toHaveText("2 rows, 1 denial, 1 alert: <b>Any denial</b>.");
  await expect(page.getByRole("grid")).toContainText("<script>alert(1)</script>");
});

test("the server's own log is followed with the token that was pasted, and nothing else is asked", async ({
  page,
  complaints,
}) => {
  test.setTimeout(180_000);
  const directory = await mkdtemp(join(tmpdir(), "chio-live-"));
  const server = await startKernelServer(directory);
  try {
    const agent = await issueTo(server);
    const sent: Sent = { allow: 0, deny: 0, http: 0 };
    const caller = new Caller(server, agent, sent);
    await caller.tool("/srv/shop/report.txt", "allow");
    await caller.wrapped("revoked", "deny");

    await start(page, `${server.url}/live`);
    await offlineReady(page);
    const asked: string[] = [];
    page.context().on("request", (request) => {
      if (!request.url().startsWith("blob:")) asked.push(request.url());
    });
    const trust = await server.get("/api/trust-bundle");
    await dropMade(page, [{ name: "chio-trust.json", text: trust.text }]);
    await expect(page.getByRole("button", { name: /pinned/ })).not.toHaveText(/No key/);
    await expect(page.getByText(`GET ${server.url}/v1/receipts/query?limit=200`)).toBeVisible();

    // A wrong token: said, not repeated, not echoed.
    await page.getByLabel("Control token").fill("not-the-token-of-this-server");
    await page.getByRole("button", { name: "Connect" }).click();
    await expect(page.getByRole("main")).toContainText("The server did not take the token (401).");
    await expect(page.locator("body")).not.toContainText("not-the-token");
    complaints.forget(/401/);
    await page.getByRole("button", { name: "Another source" }).click();

    await page.getByLabel("Control token").fill(server.token);
    await page.getByRole("button", { name: "Connect" }).click();
    await expect(page.getByRole("main")).toContainText("Following");
    const log = () => sent.allow + sent.deny;
    await expect.poll(() => counted(page, "arrived")).toBe(log());
    for (let call = 0; call < 5; call += 1) await caller.tool(`/srv/shop/${call}.txt`, "allow");
    await caller.wrapped("revoked", "deny");
    await expect.poll(() => counted(page, "arrived"), { timeout: 20_000 }).toBe(log());
    expect(await counted(page, "denied")).toBe(sent.deny);
    expect(await counted(page, "verified")).toBe(log());
    await expect(page.getByRole("main")).toContainText("Nothing behind.");

    // The ledger tells what was asked from what was not.
    await page.getByRole("button", { name: /sent/ }).click();
    await expect(page.getByRole("dialog")).toContainText(/\d+ requests? that you asked for/);
    await expect(page.getByRole("dialog")).toContainText("0 requests since this page loaded");
    await page.keyboard.press("Escape");
    expect(asked.filter((url) => !url.startsWith(`${server.url}/v1/receipts/query?`))).toEqual([]);
    expect(asked.join(" ")).not.toContain(server.token);
    expect(await page.content()).not.toContain(server.token);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(
      server.token,
    );

    // Gone: the ladder is shown, and what was read stays.
    await server.kill();
    await expect(page.getByRole("main")).toContainText("The server did not answer.");
    await expect(page.getByRole("main")).toContainText(/Attempt \d+ in (2|5|10) s/);
    expect(await counted(page, "arrived")).toBe(log());
    complaints.forget(/ERR_CONNECTION_REFUSED|Failed to load resource/);
    await page.getByRole("button", { name: "Load into the explorer" }).click();
    await expect(page.locator("footer")).toContainText(`${log()} receipts checked`);
    complaints.forget(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  } finally {
    await server.kill();
    await rm(directory, { recursive: true, force: true });
  }
});

test("a browser that cannot watch a file says so", async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.set(window, "showOpenFilePicker", undefined);
  });
  await start(page, "/live");
  await expect(page.getByRole("main")).toContainText("This browser cannot watch a file.");
  await expect(page.getByRole("button", { name: "Choose a file to watch" })).toBeHidden();
});
