import { writeFile } from "node:fs/promises";
import type { Locator, Page } from "playwright/test";
import { formatCount } from "../lib/display/numbers.ts";
import {
  type SeededLog,
  seededLog,
  type Truth,
  truths,
} from "../lib/playground/replay/testing/seeded-denials.ts";
import { drop, expect, go, start, test } from "./fixtures.ts";
import { tasksWhile } from "./main-thread.ts";

/** Milliseconds that no task of the page's own thread may last. */
const LONGEST_TASK = 100;

function lines(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** Denials, tokens and a store's rows as three files; the first denial is the first row. */
async function dropLog(page: Page, log: SeededLog, folder: (name: string) => string) {
  const files = {
    "denials.ndjson": lines(log.denials.map(({ receipt }) => receipt)),
    "tokens.ndjson": lines(log.tokens),
    "lineage.ndjson": lines(log.lineage),
  };
  const paths: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    await writeFile(folder(name), text);
    paths.push(folder(name));
  }
  await drop(page, paths);
}

/** What a log comes to in the page, where no authority is pinned: each token is held to its own issuer. */
function expected(log: SeededLog) {
  const counts = truths(log.denials);
  const of = (start: string): number =>
    [...counts].reduce((sum, [truth, count]) => sum + (truth.startsWith(start) ? count : 0), 0);
  const stranger: Truth = "denied untrusted-issuer kernel";
  const assumed = counts.get(stranger) ?? 0;
  return {
    allowed: of("allowed") + assumed,
    denied: of("denied") - assumed,
    notEvaluated: of("not-evaluated"),
    notLoaded: of("not-evaluated capability-not-loaded"),
    byConstraint: of("denied out-of-scope kernel by-constraint"),
    agentsAssumed: log.denials.filter(({ agentAssumed }) => agentAssumed).length,
  };
}

function card(page: Page): Locator {
  return page.getByRole("region", { name: "Replay", exact: true });
}

/** Starts from the first denial, whose token is loaded, and puts the edited scope in its place. */
async function editTheScope(page: Page, log: SeededLog): Promise<void> {
  await go(page, "Playground");
  // Before the page stands, the way to it would still write over the address.
  await expect(page.getByRole("heading", { name: "Why was it denied?" })).toBeVisible();
  await page.evaluate(() => {
    window.location.hash = "receipt=0";
  });
  await expect(page.getByText(/with the capability it presented/)).toBeVisible();
  const scope = JSON.stringify({ ...log.loaded, scope: log.edited["scope"] ?? {} });
  await page.getByRole("textbox", { name: "Capability token, JSON" }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(scope);
  await expect(
    page.getByRole("region", { name: "The kernel’s verdict" }).getByRole("heading", { level: 2 }),
  ).toHaveText("Allowed");
}

test("a small log is replayed as the scope is edited, and every denial is listed with its reason", async ({
  page,
}, info) => {
  const log = seededLog(160, 5);
  const truth = expected(log);
  await start(page);
  await dropLog(page, log, (name) => info.outputPath(name));
  await expect(page.getByText(/160 receipts/).first()).toBeVisible({ timeout: 30_000 });
  await editTheScope(page, log);

  await expect(card(page).getByRole("heading")).toHaveText("Replay on 160 loaded denials");
  await expect(card(page)).toContainText(`${truth.allowed} would be allowed`);
  await expect(card(page)).toContainText(`${truth.denied} still denied`);
  await expect(card(page)).toContainText(`${truth.byConstraint} an argument constraint`);
  await expect(card(page)).toContainText(`${truth.notEvaluated} not evaluated`);
  await expect(card(page)).toContainText(`${truth.notLoaded} capability not loaded`);
  await expect(card(page)).toContainText(`${truth.agentsAssumed} denials name no agent`);
  await expect(card(page)).toContainText(
    "revocation, velocity, agent-velocity, data-flow, budget and proof of possession",
  );
  await expect(page.getByRole("status", { name: "Replay of denials" })).toHaveText(
    `Replay ended: ${truth.allowed} would be allowed, ${truth.denied} still denied, ${truth.notEvaluated} not evaluated.`,
  );

  await card(page)
    .getByRole("button", { name: `List the ${truth.denied}` })
    .click();
  const list = page.getByRole("dialog", { name: "Replayed denials" });
  await expect(list.getByRole("row")).toHaveCount(Math.min(truth.denied, 50) + 1);
  await expect(list).toContainText("the guard forbidden-path");
  await list.getByRole("button", { name: /would be allowed$/ }).click();
  await expect(list.getByRole("status")).toHaveText(`1 to 50 of ${truth.allowed}`);
  await list.getByRole("button", { name: "Next" }).click();
  await expect(list.getByRole("status")).toHaveText(
    `51 to ${Math.min(100, truth.allowed)} of ${truth.allowed}`,
  );
  await list.getByRole("button", { name: /not evaluated$/ }).click();
  await expect(list).toContainText("denied then by what is not evaluated: velocity");
  await list.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/receipts#row=\d+$/);
  await expect(page.getByRole("complementary", { name: "Receipt" })).toBeVisible();

  // Back with another policy: the guard that refused is gone, and its denials with it.
  await go(page, "Playground");
  await page.getByRole("button", { name: "Use another" }).click();
  const dialog = page.getByRole("dialog", { name: "Policy" });
  await dialog.getByRole("textbox", { name: /^Policy document/ }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('hushspec: "0.1.0"\nname: "none"\nrules: {}\n');
  await dialog.getByRole("button", { name: "Use this policy" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  const guarded = truths(log.denials).get("denied guard-denied forbidden-path") ?? 0;
  await expect(card(page)).toContainText(`${truth.allowed + guarded} would be allowed`);
  await expect(card(page)).not.toContainText("forbidden-path");
});

test("the change of a hint is replayed before it is made", async ({ page }, info) => {
  const log = seededLog(120, 6);
  await start(page);
  await dropLog(page, log, (name) => info.outputPath(name));
  await expect(page.getByText(/120 receipts/).first()).toBeVisible({ timeout: 30_000 });
  await go(page, "Playground");
  // Before the page stands, the way to it would still write over the address.
  await expect(page.getByRole("heading", { name: "Why was it denied?" })).toBeVisible();
  await page.evaluate(() => {
    window.location.hash = "receipt=0";
  });
  const hint = page.getByRole("region", { name: "What would have allowed it" });
  await expect(hint.getByRole("heading")).toHaveText(/one more grant/);
  await expect(card(page)).toContainText("With the change above, each at its own time.");
  const allowed = card(page).getByRole("button", { name: /^List [\d,]+ would be allowed$/ });
  const name = (await allowed.getAttribute("aria-label")) ?? "";
  await hint.getByRole("button", { name: /^Apply to capability/ }).click();
  await expect(card(page)).toContainText("With the capability and the policy as they stand");
  await expect(card(page).getByRole("button", { name })).toBeVisible();
});

test("above 5,000 denials nothing runs unasked, a stop is at once, and the page stays free", async ({
  page,
  browser,
}, info) => {
  test.setTimeout(240_000);
  const count = 12_000;
  const log = seededLog(count, 9);
  const truth = expected(log);
  await start(page);
  await dropLog(page, log, (name) => info.outputPath(name));
  await expect(page.getByText(/12,000 receipts/).first()).toBeVisible({ timeout: 120_000 });
  await editTheScope(page, log);
  await expect(card(page).getByRole("heading")).toHaveText("Replay on 12,000 loaded denials");
  const run = card(page).getByRole("button", { name: "Replay", exact: true });
  await expect(run).toBeEnabled();
  await page.waitForTimeout(1_500);
  await expect(card(page)).not.toContainText("would be allowed");

  await run.focus();
  await page.keyboard.press("Enter");
  const stop = card(page).getByRole("button", { name: "Stop" });
  await expect(card(page).getByText(/^[1-9][\d,]* \/ 12,000$/)).toBeVisible();
  const milliseconds = await stop.evaluate(async (button) => {
    const began = performance.now();
    if (button instanceof HTMLElement) button.click();
    // The same button says another word then: whoever pressed it by keyboard stays where they are.
    while (button.textContent === "Stop") {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - began;
  });
  info.annotations.push({ type: "stopped after", description: `${milliseconds} ms` });
  expect(milliseconds).toBeLessThan(200);
  await expect(card(page).getByRole("button", { name: "Replay again" })).toBeFocused();
  await expect(card(page)).toContainText(/Stopped after [1-9][\d,]*\./);

  const again = card(page).getByRole("button", { name: "Replay again" });
  const tasks = await tasksWhile(browser, page, async () => {
    await again.click();
    await expect(card(page)).toContainText(`${formatCount(truth.allowed)} would be allowed`, {
      timeout: 120_000,
    });
    await expect(again).toBeVisible({ timeout: 120_000 });
  });
  const longest = tasks[0]?.processor ?? 0;
  info.annotations.push({ type: "longest task", description: `${longest} ms` });
  expect(longest).toBeLessThan(LONGEST_TASK);
  const seconds = await card(page)
    .getByText(/^[\d.]+ s$/)
    .textContent();
  info.annotations.push({ type: "replayed in", description: `${seconds} for ${count}` });
  await expect(card(page)).toContainText(`${formatCount(truth.denied)} still denied`);
  await expect(card(page)).toContainText(`${formatCount(truth.notEvaluated)} not evaluated`);
});
