import type { Locator, Page } from "playwright/test";
import { drop, expect, go, offlineReady, start, test, vector } from "./fixtures.ts";
import { expectVerdict } from "./verdict.ts";

function verdict(page: Page): Locator {
  return page.getByRole("region", { name: "The kernel’s verdict" });
}

function capability(page: Page): Locator {
  return page.getByRole("textbox", { name: "Capability token, JSON" });
}

function request(page: Page): Locator {
  return page.getByRole("textbox", { name: "Request, JSON" });
}

async function expectVerdictHere(page: Page, word: string, sentence?: RegExp): Promise<void> {
  await expect(verdict(page).getByRole("heading", { level: 2 })).toHaveText(word, {
    timeout: 20_000,
  });
  if (sentence !== undefined) await expect(verdict(page)).toContainText(sentence);
}

/** Replaces the whole text of an editor, as hands do. */
async function retype(page: Page, editor: Locator, text: string): Promise<void> {
  await editor.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

async function loadScenario(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Load a scenario" }).click();
  await page.getByRole("menuitem", { name: title }).click();
}

/** Presses Tab until the focus is on what is wanted; a trap or an unreachable control fails here. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await target.and(page.locator("*:focus")).count()) > 0) return;
  }
  expect(String(target), `reached by ${most} presses of Tab`).toBe("focused");
}

test("three scenarios are denied, each by another part of the kernel, at its line", async ({
  page,
}) => {
  await start(page, "/playground");
  await expectVerdictHere(page, "Denied", /No grant covers events:consume:payments on streams\./);
  await expect(page.locator(".cm-deciding-line")).toHaveText(/"tool": "events:consume:payments"/);
  await expect(page.getByRole("table")).toContainText("events:consume:urgent-tasks");

  await loadScenario(page, "A secret file through a tool of another name");
  await expectVerdictHere(page, "Denied", /The guard forbidden-path refuses/);
  await expect(page.locator(".cm-deciding-line")).toHaveText(/\/etc\/shadow/);
  await expect(page.getByRole("list", { name: "Guards" })).toContainText("forbidden-path: denies");

  await loadScenario(page, "A budget that is used up");
  await expectVerdictHere(page, "Denied", /8,000 of 500,000 EUR minor units are left/);
  await page.getByLabel("units spent").fill("485000");
  await expectVerdictHere(page, "Allowed");
});

test("an edit is judged as it is made, and an edited token is signed again", async ({ page }) => {
  await start(page, "/playground");
  await expectVerdictHere(page, "Denied");
  const text = (
    await page.evaluate(() =>
      [...(document.querySelectorAll(".cm-editor")[0]?.querySelectorAll(".cm-line") ?? [])]
        .map((line) => line.textContent)
        .join("\n"),
    )
  ).replace("urgent-tasks", "payments");
  // The editor draws keys short: the request’s agent is the subject.
  await page.getByRole("button", { name: "Form" }).click();
  const agent = await page.getByRole("textbox", { name: "Agent" }).inputValue();
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await retype(page, capability(page), text.replace(/"subject": "[^"]*"/, `"subject": "${agent}"`));
  await expectVerdictHere(page, "Allowed", /every guard lets it pass/);
  await expect(page.getByRole("button", { name: "Signed with a demo key" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Why was it allowed?");

  await retype(page, request(page), '{\n  "agent": ');
  await expectVerdictHere(page, "Not evaluated", /The request ends inside a value, line 2\./);
});

test("the receipt that is made here is marked, and no receipt of the page", async ({ page }) => {
  await start(page, "/playground");
  await expectVerdictHere(page, "Denied");
  await page.getByRole("region", { name: "Receipt made here" }).getByRole("button").click();
  const drawer = page.getByRole("dialog", { name: "Receipt made here" });
  await expect(drawer).toContainText("DEMO");
  await expect(drawer).toContainText('"demo": true');
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await go(page, "Receipts");
  await expect(page.getByRole("heading", { name: "No receipts yet" })).toBeVisible();
});

test("a pasted policy judges in place of the default, and its problems are named", async ({
  page,
}) => {
  await start(page, "/playground");
  await loadScenario(page, "A secret file through a tool of another name");
  await expectVerdictHere(page, "Denied");
  await page.getByRole("button", { name: "Use another" }).click();
  const dialog = page.getByRole("dialog", { name: "Policy" });
  const editor = dialog.getByRole("textbox", { name: /^Policy document/ });
  await retype(page, editor, 'hushspec: "0.1.0"\nname: "none"\nrules: {}\n');
  await dialog.getByRole("button", { name: "Use this policy" }).click();
  await expect(dialog).toContainText("In use.");
  await retype(page, editor, 'hushspec: "0.1.0"\nnoname: 1\n');
  await expect(dialog).toContainText(/noname/);
  await retype(page, editor, 'hushspec: "0.1.0"\nname: "none"\nrules: {}\n');
  await dialog.getByRole("button", { name: "Done" }).click();
  await expectVerdictHere(page, "Allowed");
});

test("nothing is sent while a call is tried out, and only what is asked for when it is", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await offlineReady(page);
  const asked: string[] = [];
  context.on("request", (one) => asked.push(`${one.method()} ${new URL(one.url()).pathname}`));
  await go(page, "Playground");
  await expectVerdictHere(page, "Denied");
  await expect(page.locator(".cm-editor")).toHaveCount(2);
  await loadScenario(page, "A budget that is used up");
  await page.getByLabel("units spent").fill("0");
  await expectVerdictHere(page, "Allowed");
  await page.getByRole("button", { name: "Use another" }).click();
  await expect(page.getByRole("dialog").locator(".cm-editor")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(asked).toEqual([]);
});

test("the page is worked by keyboard alone, and no editor holds the focus", async ({ page }) => {
  await start(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL((url) => url.pathname === "/playground");
  await expectVerdictHere(page, "Denied");
  await expect(page.locator(".cm-editor")).toHaveCount(2);

  await tabTo(page, page.getByRole("button", { name: "Load a scenario" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expectVerdictHere(page, "Denied", /EUR minor units are left/);

  await tabTo(page, capability(page));
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Tab");
  await expect(capability(page)).not.toBeFocused();
  await tabTo(page, request(page));
  await page.keyboard.press("Shift+Tab");
  await expect(request(page)).not.toBeFocused();

  await tabTo(page, page.getByLabel("Clock"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("1776384000");
  await page.keyboard.press("Control+Enter");
  await expectVerdictHere(page, "Denied", /The capability ended at 2026-04-17 00:00:00 UTC\./);
  await expect(page.getByRole("status", { name: "Verdict of the playground" })).toHaveText(
    /^Denied\. The capability ended/,
  );
});

test("following the hint turns each scenario’s denial into an allow", async ({ page }) => {
  await start(page, "/playground");
  const hint = page.getByRole("region", { name: "What would have allowed it" });
  for (const title of [
    "A topic that was not granted",
    "A secret file through a tool of another name",
    "A budget that is used up",
  ]) {
    await loadScenario(page, title);
    await expectVerdictHere(page, "Denied");
    await expect(hint.getByRole("heading")).toHaveText(/^It would be allowed with .+\.$/);
    await expect(hint).toContainText("A way, not a recommendation.");
    await hint.getByRole("button", { name: /^Apply to / }).click();
    await expectVerdictHere(page, "Allowed");
    await expect(hint).toBeHidden();
  }
});

test("a call goes to the server when it is told to, once, and its answer is shown", async ({
  page,
  context,
}) => {
  await start(page, "/playground");
  await expectVerdictHere(page, "Denied");
  const posted: string[] = [];
  context.on("request", (one) => {
    if (one.method() === "POST") posted.push(`${new URL(one.url()).pathname} ${one.postData()}`);
  });
  const card = page.getByRole("region", { name: "Send to server" });
  await card.getByRole("button", { name: "Dry run" }).click();
  // The server judges at its own time, when the scenario’s day is long over.
  await expect(card).toContainText("Denied");
  await expect(card).toContainText("capability has expired");
  await expect(card).toContainText("DEMO");
  await expect(card.getByRole("button", { name: /^Receipt of the server/ })).toBeVisible();
  expect(posted).toHaveLength(1);
  expect(posted[0]).toMatch(/^\/api\/evaluate .*"mode":"dry-run".*"trusted_issuers"/);

  await card.getByRole("button", { name: "Live" }).click();
  await expect(card).toContainText("live, kept");
  expect(posted).toHaveLength(2);
  expect(posted[1]).not.toContain("trusted_issuers");
  await page.getByLabel("Clock").fill("1776305355");
  await expect(card).toContainText("About the texts as they were then.");
});

test("a denied receipt is tried out from its drawer, and what is not loaded is said", async ({
  page,
}) => {
  await start(page);
  await page.getByRole("button", { name: /^Clean log/ }).click();
  await expectVerdict(page, { headline: "Verified · 2 pinned keys" });
  await go(page, "Receipts");
  await expect(page.getByText("3,800 of 3,800")).toBeVisible();
  await page.evaluate(() => {
    window.location.hash = "decision=deny";
  });
  const grid = page.getByRole("grid", { name: "Receipts" });
  await expect(page.getByText(/^1\d\d of 3,800/)).toBeVisible();
  await grid.getByRole("row").nth(1).getByRole("gridcell").nth(1).click();
  await page.getByRole("link", { name: "Why was it denied?" }).click();
  await expect(page).toHaveURL(/\/playground#receipt=\d+$/);
  await expect(page.getByText(/Capability not loaded/)).toBeVisible();
  await expectVerdictHere(page, "Denied", /signed receipt of \d\d:\d\d:\d\d/);
  await expect(page.getByText("The capability grants nothing.")).toBeVisible();
  await page.getByRole("button", { name: /^Apply to / }).click();
  await expectVerdictHere(page, "Allowed", /Differs from the signed receipt/);
  await page.getByRole("link", { name: /^#\d+$/ }).click();
  await expect(page.getByRole("complementary", { name: "Receipt" })).toBeVisible();
});

test("a store’s receipt comes with what the store says of its capability", async ({ page }) => {
  const store = vector("stores/provider-receipts.sqlite3");
  await start(page);
  await drop(page, [store]);
  await expectVerdict(page, { unaltered: "Yes 8 / 8" });
  await go(page, "Receipts");
  const grid = page.getByRole("grid", { name: "Receipts" });
  await grid.getByRole("row").nth(1).getByRole("gridcell").nth(1).click();
  await page.getByRole("link", { name: /^(Why was it denied\?|Try it out)$/ }).click();
  await expect(page.getByText(/as the store describes it, unsigned/)).toBeVisible();
  await expectVerdictHere(page, "Allowed", /Same as the signed receipt/);
});
