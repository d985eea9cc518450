import { test as base, expect, type Page } from "playwright/test";
import { vectorsDirectory } from "../kernel/testing/vectors.ts";

export { expect };

/** The pages of the app and the names of their entries in the rail. */
export const PAGES = [
  { path: "/", name: "Open" },
  { path: "/verify", name: "Verify" },
  { path: "/receipts", name: "Receipts" },
  { path: "/graph", name: "Chains" },
  { path: "/denials", name: "Denials" },
  { path: "/rules", name: "Rules" },
  { path: "/sql", name: "SQL" },
  { path: "/playground", name: "Playground" },
  { path: "/live", name: "Live" },
] as const;

/** What a page complained about: errors on its console (policy violations are among them), uncaught errors. */
export interface Complaints {
  readonly seen: readonly string[];
  /** Takes a test's own planted complaints off the list; at least one must match. */
  expectAndForget(pattern: RegExp): void;
  /** The same where it depends on the browser whether it says anything. */
  forget(pattern: RegExp): void;
}

interface Fixtures {
  readonly complaints: Complaints;
}

/** Every test fails on a complaint of its page or of a worker that it did not plant itself. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, use) => {
      let seen: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") seen.push(`${message.text()} ${message.location().url}`);
      });
      context.on("weberror", (problem) => seen.push(String(problem.error())));
      await use({
        get seen() {
          return seen;
        },
        expectAndForget(pattern) {
          expect(
            seen.some((text) => pattern.test(text)),
            `a complaint like ${pattern}`,
          ).toBe(true);
          this.forget(pattern);
        },
        forget(pattern) {
          seen = seen.filter((text) => !pattern.test(text));
        },
      });
      expect(seen, "errors on the page's console").toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens a page and waits until its workers have answered the self-test: from then on it takes files. */
export async function start(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await expect(page.locator("footer")).toContainText(/Self-test \d+ \/ \d+ as expected/, {
    timeout: 30_000,
  });
}

/** Goes to a page by the rail, so that the session is kept. */
export async function go(page: Page, name: (typeof PAGES)[number]["name"]): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
}

/**
 * Drops files and folders, by their paths on disk, as a hand would: the browser makes the entries, so
 * folders are walked by the page itself. `at` is where, in CSS pixels.
 */
export async function drop(
  page: Page,
  paths: readonly string[],
  at: { readonly x: number; readonly y: number } = { x: 700, y: 450 },
): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await browser.send("Input.dispatchDragEvent", { type, ...at, data });
  }
  await browser.detach();
}

/** A file that exists only in the test. `filler` is put between head and tail that many times. */
export interface MadeFile {
  readonly name: string;
  readonly text: string;
  readonly filler?: { readonly megabytes: number; readonly tail: string };
}

/** Drops files that were made in the test, as a script can: a DataTransfer on the body. */
export async function dropMade(page: Page, files: readonly MadeFile[]): Promise<void> {
  const transfer = await page.evaluateHandle((made) => {
    const data = new DataTransfer();
    for (const { name, text, filler } of made) {
      const megabyte = new Blob(["x".repeat(1024 * 1024)]);
      const parts: BlobPart[] = [text];
      for (let count = 0; count < (filler?.megabytes ?? 0); count += 1) parts.push(megabyte);
      data.items.add(new File([...parts, filler?.tail ?? ""], name));
    }
    return data;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent("body", type, { dataTransfer: transfer });
  }
  await transfer.dispose();
}

/** Waits for the moment after which the page needs the network for nothing. */
export async function offlineReady(page: Page): Promise<void> {
  await expect(page.getByText("Offline ready", { exact: false }).first()).toBeVisible({
    timeout: 60_000,
  });
}

/** The path of a vector; a test that needs one is skipped, visibly, where there are none. */
export function vector(path: string): string {
  const directory = vectorsDirectory();
  test.skip(directory === null, "no vectors: set CHIO_VECTORS");
  return `${directory}/${path}`;
}
