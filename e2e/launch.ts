/** The port of the production server under test; `scripts/e2e.mjs` chooses a free one. */
export const PORT = process.env["PORT"] ?? "3217";

/** A quiet browser: no request of its own may be counted as one of the page's. */
export const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
] as const;

/** Chromium's program, found by `scripts/e2e.mjs`. */
export function chromiumPath(): string {
  const path = process.env["CHROME_PATH"];
  if (path === undefined) {
    throw new Error("CHROME_PATH is not set: run the tests with `node scripts/e2e.mjs`.");
  }
  return path;
}
