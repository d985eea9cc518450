import type { Page } from "playwright";

/** Statements that run longer than anyone waits; each is at a different kind of work when it is stopped. */
export const HEAVY = [
  [
    "a recursive statement without an end",
    "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t",
  ],
  ["all pairs of receipts", "select sum(length(a.reason || b.id)) from receipts a, receipts b"],
  // Last: where one step of it takes too long, its engine is ended.
  [
    "medians of windows over denials",
    `select max(x) from (
  select
    median(timestamp) over (
      partition by guard order by timestamp rows between 100000 preceding and current row
    ) as x
  from (select guard, timestamp from denials, range(500) limit 3000000)
)`,
  ],
] as const;

export interface Stopped {
  /** From the press on Stop until the page says so. */
  readonly stopped: number;
  /** From the press until the database answered another question. */
  readonly answered: number;
  /** The statement could not be interrupted, so that its engine was ended and everything is read again. */
  readonly ended: boolean;
}

/** Runs a statement in the workbench, which is open, and stops it after a second. */
export async function stopStatement(page: Page, text: string): Promise<Stopped> {
  await page.getByRole("textbox", { name: "Statement" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+Enter");
  const stop = page.getByRole("button", { name: "Stop", exact: true });
  await stop.waitFor({ state: "visible" });
  await page.waitForTimeout(1000);
  return page.evaluate(async () => {
    const stopButton = () =>
      [...document.querySelectorAll("button")].find(
        ({ textContent }) => textContent?.trim() === "Stop",
      );
    const button = stopButton();
    if (button === undefined) {
      throw new Error("the statement is no longer running");
    }
    const worker = window.chioBenchProbe.threads.findLast(({ name }) =>
      name.includes("duckdb"),
    )?.worker;
    const started = performance.now();
    const answer = new Promise<number>((resolve) => {
      const messageId = 2 ** 29 + Math.floor(started * 100);
      worker?.addEventListener("message", ({ data }: MessageEvent) => {
        if (data.requestId === messageId) resolve(performance.now() - started);
      });
      // A worker that was ended answers nothing.
      setTimeout(() => resolve(Number.NaN), 5000);
      button.click();
      worker?.postMessage({ messageId, type: "CONNECT", data: null });
    });
    const alert = () => document.querySelector('main [role="alert"]')?.textContent ?? "";
    // What the statement before came to is shown as long as this one runs.
    while (stopButton() !== undefined || !alert().includes("Stopped")) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const stopped = performance.now() - started;
    const ended = alert().includes("engine was ended");
    return { stopped, answered: ended ? Number.NaN : await answer, ended };
  });
}
