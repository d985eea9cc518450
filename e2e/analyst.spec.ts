import { readFile } from "node:fs/promises";
import type { BrowserContext, FileChooser, Page } from "playwright/test";
import { parseAllDocuments } from "yaml";
import type { WalkthroughTruth } from "@/lib/demo/storm/model.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import {
  changeSeen,
  concluded,
  expectFirstScreen,
  expectPlayground,
  expectPreview,
  expectReplayed,
  expectRows,
  expectTopPattern,
  firingsAt,
  panel,
  patterns,
  pinned,
  preview,
  readingRows,
  replayCard,
  result,
  resultRows,
  ruleForm,
  secondOf,
  topName,
  valuesOf,
} from "./analyst-page.ts";
import { drop, expect, go, offlineReady, start, test } from "./fixtures.ts";
import { expectFocusSeen, pressOn, tabTo } from "./keys.ts";
import { type Walkthrough, walkthroughFiles } from "./walkthrough-files.ts";
import { append, counted, standInForThePicker } from "./watched-file.ts";

const RULE = "Three scopes of one agent";
const WATCHED = "tail.ndjson";
/** What the walkthrough says of the day; the rest of this file asks the truth that was counted. */
const STORY = {
  receipts: 96_200,
  deadLetters: 48_210,
  denials: 48_210,
  claims: 212,
  patterns: 11,
  top: {
    denials: 31_004,
    agents: 1,
    keys: 14,
    gapMs: 500,
    tools: 3,
    first: "02:09:14",
    last: "02:27:41",
  },
  change: "02:08:00",
  seconds: 74,
  fired: [2, 1],
  replay: { allowed: 30_988, refusedByConstraint: 16 },
};

function storyOf(truth: WalkthroughTruth): typeof STORY {
  const clock = (second: number) => new Date(second * 1000).toISOString().slice(11, 19);
  const { top, replay } = truth;
  return {
    receipts: truth.receipts,
    deadLetters: truth.deadLetters,
    denials: truth.denials,
    claims: truth.claims,
    patterns: truth.patterns.length,
    top: {
      denials: top.denials,
      agents: truth.patterns[0]?.agents.length ?? 0,
      keys: top.keys,
      gapMs: top.gapMs,
      tools: top.widening.tried.length,
      first: clock(top.first),
      last: clock(top.last),
    },
    change: clock(truth.policy.changedAt),
    seconds: top.first - truth.policy.changedAt,
    fired: truth.scopeRule.map(({ firings }) => firings.length),
    replay: { allowed: replay.allowed, refusedByConstraint: replay.refusedByConstraint },
  };
}

/** The log's lines from a first second up to a last one, not counting that. */
function linesBetween(lines: readonly string[], from: number, to: number): readonly string[] {
  return lines.filter((line) => secondOf(line) >= from && secondOf(line) < to);
}

async function logLines({ log }: Walkthrough): Promise<readonly string[]> {
  return (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
}

/** Everything that leaves the page from now on, whichever thread asks. */
function requestsFromNow(context: BrowserContext): readonly string[] {
  const asked: string[] = [];
  context.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) asked.push(`${request.method()} ${request.url()}`);
  });
  return asked;
}

/** A tool that dumped the topic, and the pages' parts for whoever must wait no longer than five minutes. */
async function ready(page: Page): Promise<readonly string[]> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await standInForThePicker(page, WATCHED);
  await start(page);
  await append(page, WATCHED, "", true);
  await offlineReady(page);
  return requestsFromNow(page.context());
}

/** The exported rule: two documents, of which the second says when it fires. */
function expectSigma(text: string): void {
  const documents: Record<string, unknown>[] = parseAllDocuments(text).map((one) => {
    expect(one.errors).toEqual([]);
    return one.toJS();
  });
  expect(documents).toHaveLength(2);
  const [base = {}, correlation = {}] = documents;
  expect(base).toMatchObject({ detection: { condition: "denied" } });
  expect(correlation).toMatchObject({
    title: RULE,
    correlation: {
      type: "value_count",
      rules: [base["name"]],
      "group-by": ["agent"],
      timespan: "10m",
      condition: { gte: 4, field: "scope" },
    },
  });
}

/** The link that is shown is the link that is copied, and nothing of the log stands in it. */
async function expectSafeLink(page: Page, truth: WalkthroughTruth): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "This link, in full" });
  await expect(dialog.getByRole("status")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await expect(dialog.getByText(copied, { exact: true })).toBeVisible();
  const names = valuesOf(truth);
  expect(names.length).toBeGreaterThan(40);
  for (const link of [copied, decodeURIComponent(copied)].map((text) => text.toLowerCase())) {
    expect(link).toMatch(/\/denials#d=[0-9a-f]{8}&.*pattern=(%7e|~)[\w-]{10,}$/);
    expect(names.filter((name) => link.includes(name.toLowerCase()))).toEqual([]);
  }
  // The preview's own sentences may use a word that is a name of the log too: names of several parts they may not.
  const shown = (await dialog.textContent()) ?? "";
  const whole = names.filter((name) => /[-:/_ ]/.test(name));
  expect(whole.filter((name) => shown.includes(name))).toEqual([]);
}

/** Three tries of one question: the one that never ends is stopped, and the next is answered. */
const ENDLESS =
  "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t, denials limit 1";

async function expectStoppedAndAlive(page: Page): Promise<void> {
  await expect(page.getByRole("alert").getByText("stopped", { exact: true })).toBeVisible();
}

/** The book's question of bursts, asked for ten minutes by agent and scope. */
function slidingByScope(recipe: string, least: number): string {
  expect(recipe).toContain("range between 299 preceding");
  return recipe
    .replace("299 preceding", "599 preceding")
    .replace("five minutes", "ten minutes")
    .replace("partition by agent", "partition by agent, scope")
    .replace(/select\s+agent,\s+timestamp,/, "select agent, scope, timestamp,")
    .replace("select agent, max(denials)", "select agent, scope, max(denials)")
    .replace("group by agent", `group by agent, scope\nhaving max(denials) >= ${least}`);
}

async function statement(page: Page): Promise<string> {
  const lines = await page.getByRole("textbox", { name: "Statement" }).locator(".cm-line").all();
  return (await Promise.all(lines.map((line) => line.textContent()))).join("\n");
}

test("the analyst's five minutes, with every number of the story", async ({ page }) => {
  test.setTimeout(600_000);
  const walk = await walkthroughFiles(1);
  const { truth } = walk;
  expect(storyOf(truth)).toEqual(STORY);
  const lines = await logLines(walk);
  const changed = changeSeen(truth, lines);
  expect(changed).toBe(truth.policy.changedAt);
  const asked = await ready(page);

  await test.step("0:00 drops the dumps with the receipt log, then the keys", async () => {
    await drop(page, walk.dropped);
    await concluded(page);
    await drop(page, [walk.trust]);
    await pinned(page);
    await expect(page.getByText("Receipts to signed roots")).toBeVisible();
  });

  await test.step("0:25 sees the spike, the patterns, and what is set aside", async () => {
    await go(page, "Denials");
    await expectFirstScreen(page, truth);
    const chart = page.getByRole("region", { name: "Denials over time" }).getByRole("img").first();
    await expect(chart).toContainText("3 bars are cut at 400: 1,448, 16,858 and 12,969");
  });

  await test.step("0:55 opens the top pattern and its two readings", async () => {
    await patterns(page)
      .getByRole("gridcell", { name: topName(truth) })
      .click();
    await expectTopPattern(page, truth, changed);
  });

  await test.step("1:30 opens both readings as SQL and runs them", async () => {
    await panel(page).getByRole("button", { name: "Open both as SQL" }).click();
    for (const { tab, rows } of readingRows(truth, changed)) {
      await page.getByRole("tab", { name: tab }).click();
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await expectRows(page, rows);
    }
  });

  await test.step("2:10 slides a window over agent and scope, and takes it as a filter", async () => {
    const editor = page.getByRole("textbox", { name: "Statement" });
    await page.getByRole("button", { name: /^Bursts/ }).click();
    const edited = slidingByScope(await statement(page), truth.top.denials / 2);
    await editor.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(ENDLESS);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await expectStoppedAndAlive(page);
    await editor.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(edited);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    const { agent, scope, keys, gapMs } = truth.top;
    await expect(result(page).getByRole("gridcell").first()).toHaveText(agent);
    const [row = []] = await resultRows(page);
    expect(row.slice(0, 3)).toEqual([
      agent,
      scope,
      String(Math.min((600_000 / gapMs) * keys, truth.top.denials)),
    ]);
    await page.getByRole("button", { name: "Use as filter" }).click();
    await page.getByRole("button", { name: "Show denials" }).click();
    await expect(
      page.getByRole("heading", { name: `${formatCount(truth.top.denials)} denials, 1 pattern` }),
    ).toBeVisible();
    await expect(page.getByRole("main")).toContainText(
      `of ${formatCount(truth.denials - truth.claims)} loaded.`,
    );
  });

  await test.step("2:50 makes a rule of it, drags its threshold, saves it and exports it", async () => {
    await patterns(page)
      .getByRole("gridcell", { name: topName(truth) })
      .click();
    await panel(page).getByRole("button", { name: "Make a rule" }).click();
    const form = ruleForm(page);
    for (const _ of ["guard", "tool", "reason"]) {
      await form.getByRole("button", { name: "Remove condition 1" }).click();
    }
    await form.getByLabel("Measure").selectOption("distinct");
    await expect(form.getByLabel("of", { exact: true })).toHaveValue("scope");
    await form.getByLabel("Threshold", { exact: true }).fill("3");
    await form.getByLabel("Name").fill(RULE);
    await expect(form).toContainText("3 or more distinct scopes per agent in 10 minutes");
    await expect(form.getByLabel("Cooldown", { exact: true })).toHaveValue("30");
    await expectPreview(page, truth, 3);
    await form.getByRole("radio", { name: /^Everything, claims too/ }).check();
    await expect(preview(page)).toContainText(`${formatCount(truth.denials)} denials counted in`);
    await form.getByRole("radio", { name: /^Verified denials/ }).check();
    await expectPreview(page, truth, 3);
    await dragThreshold(page, 3, 4);
    await expectPreview(page, truth, 4);
    await form.getByRole("button", { name: "Save rule" }).click();
    await expect(page.getByRole("main")).toContainText(
      "1 of 7 rules on. Fired once on the loaded data.",
    );
    await form.getByRole("button", { name: "Export this rule" }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Sigma (.yml)" }).click();
    expectSigma(await readFile(await (await coming).path(), "utf8"));
  });

  await test.step("3:40 asks the kernel again, and replays every denial of the pattern", async () => {
    await go(page, "Denials");
    await patterns(page)
      .getByRole("gridcell", { name: topName(truth) })
      .click();
    await panel(page).getByRole("link", { name: "Playground" }).click();
    await expectPlayground(page, truth);
    await expect(replayCard(page).getByRole("heading")).toHaveText(
      `Replay on ${formatCount(truth.top.denials)} loaded denials`,
    );
    await replayCard(page).getByRole("button", { name: "Replay", exact: true }).click();
    await expectReplayed(page, truth);
  });

  await test.step("4:30 watches a file until the alert fires", async () => {
    await go(page, "Live");
    await page.getByRole("button", { name: "Choose a file to watch" }).click();
    await expectTail(page, truth, lines);
  });

  await test.step("and copies a link that says nothing", async () => {
    await go(page, "Denials");
    await patterns(page)
      .getByRole("gridcell", { name: topName(truth) })
      .click();
    await expect(panel(page)).toBeVisible();
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByRole("button", { name: "Copy this link" }).click();
    await expectSafeLink(page, truth);
    await page.keyboard.press("Escape");
  });

  expect(asked, "requests since the page was offline ready").toEqual([]);
  await expect(page.getByRole("button", { name: "0 sent" })).toBeVisible();
});

/** Takes the slider by its thumb. */
async function dragThreshold(page: Page, from: number, to: number): Promise<void> {
  const slider = ruleForm(page).getByRole("slider", { name: "Threshold, by sliding" });
  const number = ruleForm(page).getByLabel("Threshold", { exact: true });
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  const steps = Number(await slider.getAttribute("max"));
  if (box === null) throw new Error("the slider is not drawn");
  const thumb = 16;
  // The stops begin at 1; a browser keeps the thumb inside its track.
  const x = (value: number) => box.x + thumb / 2 + ((box.width - thumb) * (value - 1)) / steps;
  const y = box.y + box.height / 2;
  await page.mouse.move(x(from), y);
  await page.mouse.down();
  await page.mouse.move(x(to), y, { steps: 8 });
  await page.mouse.up();
  await expect(number).toHaveValue(String(to));
}

/** Rows come, are judged, and at the fourth scope the rule that was saved fires and says so. */
async function expectTail(
  page: Page,
  truth: WalkthroughTruth,
  lines: readonly string[],
): Promise<void> {
  const [firing] = firingsAt(truth, 4);
  if (firing === undefined) throw new RangeError("nothing fires at four");
  const before = linesBetween(lines, firing.at - 599, firing.at);
  const then = linesBetween(lines, firing.at, firing.at + 120);
  const denied = (some: readonly string[]) =>
    some.filter((line) => line.includes('"verdict":"deny"')).length;
  await expect(page.getByRole("main")).toContainText("Watching");
  await append(page, WATCHED, `${before.join("\n")}\n`);
  await expect.poll(() => counted(page, "arrived")).toBe(before.length);
  expect(await counted(page, "verified")).toBe(before.length);
  expect(await counted(page, "denied")).toBe(denied(before));
  expect(await counted(page, "alerts")).toBe(0);
  await append(page, WATCHED, `${then.join("\n")}\n`);
  await expect.poll(() => counted(page, "alerts")).toBe(1);
  await expect.poll(() => counted(page, "verified")).toBe(before.length + then.length);
  const alerts = page.getByRole("list", { name: "Alerts" }).getByRole("listitem");
  await expect(alerts).toHaveCount(1);
  await expect(alerts).toContainText(firing.agent);
  const announcer = page.locator("[data-live-announcer]");
  await expect(announcer).toHaveAttribute("aria-live", "polite");
  await expect(announcer).toContainText(`1 alert: ${RULE}.`);
}

test("the same five minutes by keyboard alone, on a day of a tenth", async ({ page }) => {
  test.setTimeout(300_000);
  const walk = await walkthroughFiles(0.1);
  const { truth } = walk;
  const lines = await logLines(walk);
  const changed = changeSeen(truth, lines);
  // Listened to throughout: between two waits the browser would show a picker of its own.
  const opened: FileChooser[] = [];
  page.on("filechooser", (chooser) => opened.push(chooser));
  const asked = await ready(page);

  await test.step("opens the files, then the keys, with O", async () => {
    for (const [at, files] of [walk.evidence, [walk.trust]].entries()) {
      await page.keyboard.press("o");
      await expect.poll(() => opened.length).toBe(at + 1);
      await opened[at]?.setFiles([...files]);
      await concluded(page);
    }
    await pinned(page);
  });

  await test.step("reads the first screen and opens the top pattern", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expectFirstScreen(page, truth);
    await tabTo(page, "grid", /^Patterns$/);
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await expectTopPattern(page, truth, changed);
    await expectFocusSeen(page, "the pattern's row");
  });

  await test.step("opens both readings as SQL and runs them", async () => {
    await pressOn(page, "button", /^Open both as SQL$/);
    for (const { tab, rows } of readingRows(truth, changed)) {
      await tabTo(page, "tab", /./, { most: 90 });
      await page.keyboard.press("Home");
      const wanted = page.getByRole("tab", { name: tab, selected: true });
      for (let moves = 0; moves < 12 && (await wanted.count()) === 0; moves += 1) {
        await page.keyboard.press("ArrowRight");
      }
      await expect(wanted).toBeFocused();
      await pressOn(page, "button", /^Run$/);
      await expectRows(page, rows);
    }
  });

  await test.step("stops a question, slides a window, and takes it as a filter", async () => {
    await pressOn(page, "button", /^Bursts/, { most: 90 });
    const edited = slidingByScope(await statement(page), truth.top.denials / 2);
    await tabTo(page, "textbox", /^Statement$/, { most: 90 });
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(ENDLESS);
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(page.getByRole("button", { name: "Stop", exact: true })).toBeVisible();
    await page.keyboard.press("ControlOrMeta+.");
    await expectStoppedAndAlive(page);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(edited);
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(result(page).getByRole("gridcell").first()).toHaveText(truth.top.agent);
    await pressOn(page, "button", /^Use as filter$/);
    await pressOn(page, "button", /^Show denials$/);
    await expect(
      page.getByRole("heading", { name: `${formatCount(truth.top.denials)} denials, 1 pattern` }),
    ).toBeVisible();
  });

  await test.step("makes a rule, moves its threshold, saves and exports it", async () => {
    await tabTo(page, "grid", /^Patterns$/);
    await page.keyboard.press("Enter");
    await pressOn(page, "button", /^Make a rule$/);
    for (const _ of ["guard", "tool", "reason"]) {
      await pressOn(page, "button", /^Remove condition 1$/, { most: 90 });
    }
    await tabTo(page, "combobox", /^Measure$/, { most: 90 });
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "spinbutton", /^Threshold$/);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("3");
    await expectPreview(page, truth, 3);
    await tabTo(page, "slider", /^Threshold, by sliding$/);
    await page.keyboard.press("ArrowRight");
    await expectPreview(page, truth, 4);
    await tabTo(page, "textbox", /^Name$/, { most: 120 });
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(RULE);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main")).toContainText(
      "1 of 7 rules on. Fired once on the loaded data.",
    );
    await pressOn(page, "button", /^Export this rule$/, { most: 90 });
    const coming = page.waitForEvent("download");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expectSigma(await readFile(await (await coming).path(), "utf8"));
  });

  await test.step("asks the kernel again, and replays the pattern", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(patterns(page)).toBeVisible();
    await tabTo(page, "grid", /^Patterns$/);
    await page.keyboard.press("Enter");
    await pressOn(page, "link", /^Playground$/, { inside: panel(page) });
    await expectPlayground(page, truth);
    await expectReplayed(page, truth);
  });

  await test.step("watches a file until the alert fires", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await pressOn(page, "button", /^Choose a file to watch$/);
    await expectTail(page, truth, lines);
  });

  await test.step("and copies a link that says nothing", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(patterns(page)).toBeVisible();
    await tabTo(page, "grid", /^Patterns$/);
    await page.keyboard.press("Enter");
    await expect(panel(page)).toBeVisible();
    await pressOn(page, "button", /^Copy link$/);
    await pressOn(page, "button", /^Copy this link$/);
    await expectSafeLink(page, truth);
    await page.keyboard.press("Escape");
  });

  expect(asked, "requests since the page was offline ready").toEqual([]);
});
