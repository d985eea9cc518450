import type { Page, Worker } from "playwright/test";
import { drop, expect, go, offlineReady, start, test } from "./fixtures.ts";
import { writeReceipts } from "./large-log.ts";
import { tasksWhile } from "./main-thread.ts";
import { expectVerdict } from "./verdict.ts";

/** Milliseconds that no task of the page's own thread may last during a run. */
const LONGEST_TASK = 100;

async function makeLog(page: Page, receipts: number): Promise<void> {
  await page.getByRole("button", { name: "Make a log of any size" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a log of any size" });
  await dialog.getByLabel(/^Receipts, 1 to/).fill(String(receipts));
  await dialog.getByRole("button", { name: "Make and check" }).click();
  await expect(dialog).toBeHidden();
}

/** Waits until some signatures were checked; the runs here are long enough that it is not all. */
async function midway(page: Page): Promise<void> {
  await expect(page.locator("footer")).toContainText(/Signatures [1-9][\d,]* \//, {
    timeout: 45_000,
  });
}

test("a stopped run keeps what it has, says that it is partial, and is never verified", async ({
  page,
}, info) => {
  const rows = 40_000;
  const path = await writeReceipts(info.outputPath("receipts.ndjson"), 4_000, 10);
  await start(page);
  await drop(page, [path]);
  await midway(page);
  const stop = page.getByRole("button", { name: "Stop, keep results" });
  const before = Date.now();
  await stop.click();
  await expect(stop).toBeHidden();
  info.annotations.push({ type: "stopped after", description: `${Date.now() - before} ms` });

  await expectVerdict(page, {
    headline: "Not checked · the run was stopped",
    complete: expect.stringMatching(/^Can’t tell/),
  });
  await expect(
    page.getByText("The run was stopped: what was read is judged, the rest is not."),
  ).toBeVisible();
  await go(page, "Receipts");
  const total = page.getByRole("status").filter({ hasText: /of [\d,]+ receipts/ });
  const kept = async () =>
    Number(
      /of ([\d,]+) receipts/.exec((await total.textContent()) ?? "")?.[1]?.replaceAll(",", ""),
    );
  await expect.poll(kept).toBeGreaterThan(0);
  expect(await kept()).toBeLessThan(rows);
});

test("no task of the page lasts over 100 ms while 20,000 receipts are checked", async ({
  page,
  browser,
}, info) => {
  test.setTimeout(180_000);
  await start(page);
  await page.waitForLoadState("networkidle");
  const tasks = await tasksWhile(browser, page, async () => {
    await makeLog(page, 20_000);
    await go(page, "Receipts");
    await expect(page.getByText("20,000 of 20,000 receipts", { exact: true })).toBeVisible({
      timeout: 90_000,
    });
    await expectVerdict(page, { unaltered: "Yes 20,000 / 20,000" }, 60_000);
  });
  const longest = tasks.slice(0, 5).map(({ wall, processor }) => `${wall} (${processor})`);
  info.annotations.push({
    type: "longest tasks, ms (of the processor)",
    description: longest.join(", "),
  });
  expect(tasks.length).toBeGreaterThan(100);
  // A task that others kept from the processor is not the page's doing; half of it has to be its own.
  const tooLong = tasks.filter(
    ({ wall, processor }) => wall > LONGEST_TASK && processor > LONGEST_TASK / 2,
  );
  expect(tooLong).toEqual([]);
});

/** The page's workers by the names that they were given, and what it says when one has died. The database's has none. */
const WORKERS = [
  ["engine", "The engine died and was started anew; the files are read once more."],
  ["verifier", "A worker was replaced; the run goes on."],
  ["database", "The database died and was opened anew; the files are read once more."],
] as const;
async function workerOf(page: Page, name: string): Promise<Worker> {
  for (const worker of page.workers()) {
    const isIt =
      name === "database"
        ? new URL(worker.url()).pathname.startsWith("/duckdb/")
        : (await worker.evaluate(() => self.name)) === name;
    if (isIt) return worker;
  }
  throw new Error(`there is no worker ${name}`);
}

/** A database that dies while it opens is opened again without a word: this one has answered. */
async function answering(page: Page): Promise<void> {
  await go(page, "Receipts");
  await expect(page.getByText(/^[1-9][\d,]* of [\d,]+ receipts$/)).toBeVisible();
}

for (const [name, notice] of WORKERS) {
  test(`when the ${name} dies, every receipt is checked all the same`, async ({
    page,
    complaints,
  }, info) => {
    const path = await writeReceipts(info.outputPath("receipts.ndjson"), 12_000, 1);
    await page.goto("/");
    await offlineReady(page);
    await drop(page, [path]);
    await midway(page);
    if (name === "database") await answering(page);
    const worker = await workerOf(page, name);
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("planted crash");
      });
    });
    await expect(page.getByRole("status").filter({ hasText: notice })).toBeVisible();
    await expectVerdict(page, {
      headline: "Self-consistent · no key pinned",
      unaltered: "Yes 12,000 / 12,000",
    });
    await go(page, "Receipts");
    await expect(page.getByText("12,000 of 12,000 receipts", { exact: true })).toBeVisible();
    // DuckDB's binding says on the console, too, what it was told.
    complaints.forget(/planted crash|^ErrorEvent|error in duckdb worker/);
  });
}
