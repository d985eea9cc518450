import { documentPolicy, WORKER_POLICY } from "../scripts/policy.mjs";
import { expect, PAGES, test } from "./fixtures.ts";

const HASHES = /'sha256-[A-Za-z0-9+/]{43}='/g;

for (const { path } of PAGES) {
  test(`${path} comes with its policy and breaks none of it`, async ({ page }) => {
    const response = await page.goto(path);
    expect(response?.status()).toBe(200);
    const headers = response?.headers() ?? {};
    const policy = headers["content-security-policy"] ?? "";
    const hashes = policy.match(HASHES) ?? [];
    expect(hashes.length).toBeGreaterThan(0);
    expect(policy).toBe(documentPolicy(hashes));
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    await page.waitForLoadState("networkidle");
    // Hydration proves that the page's inline scripts ran; the fixture fails on any violation.
    await expect(page.locator("body")).not.toBeEmpty();
  });
}

test("a page that does not exist says so, under a policy", async ({ page, complaints }) => {
  const response = await page.goto("/no-such-page");
  expect(response?.status()).toBe(404);
  expect(response?.headers()["content-security-policy"]).toContain("default-src 'none'");
  await page.waitForLoadState("networkidle");
  // The browser notes the status itself; nothing else may be noted.
  complaints.expectAndForget(/status of 404/);
});

test("every script that a worker can start from carries the policy of workers", async ({
  page,
  request,
}) => {
  const scripts = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/_next/static/") && pathname.endsWith(".js")) scripts.add(pathname);
  });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  expect(scripts.size).toBeGreaterThan(0);
  scripts.add("/duckdb/1.32.0/duckdb-browser-eh.worker.js");
  for (const path of scripts) {
    const response = await request.head(path);
    expect(response.status(), path).toBe(200);
    expect(response.headers()["content-security-policy"], path).toBe(WORKER_POLICY);
  }
});

test("the engines are served from here and kept", async ({ request }) => {
  const response = await request.head("/duckdb/1.32.0/duckdb-eh.wasm");
  expect(response.status()).toBe(200);
  expect(response.headers()["cache-control"]).toContain("immutable");
});

test("an inline script that the build did not make is refused", async ({ page, complaints }) => {
  await page.goto("/");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.documentElement.dataset.planted = 'yes'";
    document.head.append(script);
    return document.documentElement.dataset["planted"] ?? "no";
  });
  expect(ran).toBe("no");
  await expect.poll(() => complaints.seen.length).toBeGreaterThan(0);
  complaints.expectAndForget(/Content Security Policy/);
});
