import type { BrowserContext, Page } from "playwright";
import type { Stage } from "./browser.ts";
import type { LogFile } from "./log-file.ts";
import { installProbe, type Milestone, type Probe } from "./page-probe.ts";
import { rendererIds, threadTimes, watchMemory } from "./processes.ts";

export interface PipelineRun {
  /** From the file chosen to all receipts counted by the database, in milliseconds. */
  readonly whole: number;
  readonly longestTask: number;
  readonly peakBytes: number;
  /** Consecutive parts of `whole`, in milliseconds. */
  readonly stages: readonly (readonly [name: string, milliseconds: number])[];
  /** Processor time of all threads of the renderer, and of the busiest ones, in milliseconds. */
  readonly processor: number;
  readonly threads: readonly (readonly [name: string, milliseconds: number])[];
}

const PATIENCE = 15 * 60_000;
const WINDOW = { viewport: { width: 1440, height: 900 } };

/**
 * One drop of the log into a page of its own, which stays on Open, as an auditor's does, until the run is
 * done. Then Receipts must count every receipt, and find exactly the edited ones.
 */
export async function runPipeline(stage: Stage, log: LogFile): Promise<PipelineRun> {
  const context = await stage.browser.newContext(WINDOW);
  try {
    const page = await openPage(context, stage, log, "/");
    const memory = watchMemory();
    const ids = rendererIds();
    const before = threadTimes(ids);
    await choose(page, log);
    await reached(page, "done");
    await page.getByRole("link", { name: "Receipts" }).first().click();
    await reached(page, "counted");
    const threads = spent(before, threadTimes(ids));
    const peakBytes = memory.stop();
    await expectFailing(page, log.edited);
    const probe = await page.evaluate(() => window.chioBenchProbe);
    return {
      whole: probe.counted - probe.chosen,
      longestTask: Math.max(0, ...tasksOf(probe)),
      peakBytes,
      stages: stagesOf(probe),
      processor: threads.reduce((sum, [, time]) => sum + time, 0),
      threads: threads.filter(([, time]) => time > BUSY_MILLISECONDS),
    };
  } finally {
    await context.close();
  }
}

/** Milliseconds from the choice on Receipts until a receipt stands in the table; the run is then given up. */
export async function firstRowOf(stage: Stage, log: LogFile): Promise<number> {
  const context = await stage.browser.newContext(WINDOW);
  try {
    const page = await openPage(context, stage, log, "/receipts");
    await choose(page, log);
    await reached(page, "firstRow");
    const probe = await page.evaluate(() => window.chioBenchProbe);
    return probe.firstRow - probe.chosen;
  } finally {
    await context.close();
  }
}

/** A page with the probe, whose workers are warm. */
async function openPage(
  context: BrowserContext,
  { origin }: Stage,
  log: LogFile,
  path: string,
): Promise<Page> {
  const page = await context.newPage();
  const total = log.receipts.toLocaleString("en-US");
  await page.addInitScript(installProbe, `${total} of ${total} receipts`);
  await page.goto(`${origin}${path}`);
  await page.locator("[data-offline-ready=true]").waitFor({ state: "attached" });
  return page;
}

async function choose(page: Page, log: LogFile): Promise<void> {
  await page.locator("input[type=file]:not([webkitdirectory])").first().setInputFiles(log.path);
}

/** @throws Error when it takes longer than a quarter of an hour */
async function reached(page: Page, milestone: Milestone): Promise<void> {
  const late = setTimeout(() => {
    page.close().catch(() => undefined);
  }, PATIENCE);
  try {
    await page.evaluate((name) => window.chioBenchProbe.shown[name], milestone);
  } finally {
    clearTimeout(late);
  }
}

function tasksOf(probe: Probe): readonly number[] {
  return probe.longTasks
    .filter(({ at, milliseconds }) => at + milliseconds > probe.chosen)
    .map(({ milliseconds }) => milliseconds);
}

/**
 * The histogram says in words how many receipts do not verify, from the database's own count.
 *
 * @throws TimeoutError where it never says so many
 */
async function expectFailing(page: Page, failing: number): Promise<void> {
  const words = `, ${failing.toLocaleString("en-US")} that do not verify`;
  const drawing = page.locator(`[aria-label*="${words}"]`).first();
  await drawing.waitFor({ state: "attached", timeout: 30_000 });
}

function stagesOf(probe: Probe): PipelineRun["stages"] {
  const first = (kind: string) => probe.messages.find((message) => message.kind === kind)?.at;
  const last = (kind: string) => probe.messages.findLast((message) => message.kind === kind)?.at;
  const marks: readonly (readonly [string, number | undefined])[] = [
    ["read, hash and plan until the first unit", first("unit")],
    ["parse and verify, all units", last("done")],
    ["insert the last rows", last("conclude")],
    ["relate and conclude", last("concluded")],
    ["write statuses, say done", probe.done],
    ["open Receipts, count", probe.counted],
  ];
  let at = probe.chosen;
  return marks.map(([name, mark]) => {
    const end = mark ?? at;
    const stage = [name, end - at] as const;
    at = end;
    return stage;
  });
}

const BUSY_MILLISECONDS = 50;

function spent(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): PipelineRun["threads"] {
  return [...after]
    .map(([name, time]) => [name, time - (before.get(name) ?? 0)] as const)
    .sort((a, b) => b[1] - a[1]);
}
