import type { Request } from "playwright/test";
import { drop, expect, offlineReady, PAGES, test, vector } from "./fixtures.ts";
import { openForeignOrigin } from "./foreign-origin.ts";

/** How the browser words a fetch that the policy refused. */
const BLOCKED = /Content Security Policy|Refused to connect|Fetch API cannot load/;

/** Fetches that never leave the process: `blob:` and `data:` addresses are memory. */
function leavesThePage(request: Request): boolean {
  return !/^(blob|data):/.test(request.url());
}

test("from offline ready on, nothing asks the network", async ({ page, context }) => {
  const evidence = vector("evidence/log-v1-form");
  await page.goto("/");
  await offlineReady(page);

  const asked: string[] = [];
  context.on("request", (request) => {
    if (leavesThePage(request)) asked.push(`${request.method()} ${request.url()}`);
  });

  await drop(page, [evidence]);
  await page.getByRole("link", { name: "Verify" }).first().click();
  await expect(page.getByText("Self-consistent").first()).toBeVisible({ timeout: 60_000 });
  for (const { path, name } of [...PAGES, ...PAGES]) {
    await page.getByRole("link", { name, exact: true }).first().click();
    await expect(page).toHaveURL((url) => url.pathname === path);
    await page.waitForLoadState("networkidle");
  }
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
