import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright/test";
import type { VerificationReport } from "@/lib/verification/report.ts";
import { drop, expect, start, test } from "./fixtures.ts";
import { Caller, issueTo, type Sent } from "./kernel-calls.ts";
import { INTERRUPTED, type KernelServer, startKernelServer } from "./kernel-server.ts";
import { expectVerdict, type ShownVerdict, savedReport } from "./verdict.ts";

// Checkpoints by number alone: how many there are must not depend on how fast this runs.
const SETTINGS = { CHIO_CHECKPOINT_EVERY: "100", CHIO_CHECKPOINT_SECONDS: "3600" };

let directory: string;
let data: string;
let server: KernelServer;
/** Everything that was sent, whatever server was running. */
const sent: Sent = { allow: 0, deny: 0, http: 0 };

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "chio-evidence-"));
  data = join(directory, "data");
  server = await startKernelServer(data, SETTINGS);
});
test.afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Calls of one agent in every shape that clients have, allowed and denied: 76 in the log, 13 beside it. */
async function workday(): Promise<void> {
  const caller = new Caller(server, await issueTo(server), sent);
  for (let index = 0; index < 40; index += 1) await caller.tool(`/srv/shop/${index}`, "allow");
  for (let index = 0; index < 4; index += 1) await caller.tool("/etc/shadow", "deny");
  for (let index = 0; index < 7; index += 1) await caller.wrapped("files", "allow");
  for (let index = 0; index < 2; index += 1) await caller.wrapped("revoked", "deny");
  for (let index = 0; index < 2; index += 1) await caller.wrapped(null, "deny");
  for (let index = 0; index < 7; index += 1) await caller.choreography(index);
  await caller.route("GET", "allow");
  await caller.route("POST", "deny");
}

/** What the server gives out, saved as a person would. */
async function download(path: string, name: string): Promise<string> {
  const response = await fetch(server.url + path, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  expect(response.status).toBe(200);
  const file = join(directory, name);
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  return file;
}

/** A fresh page with the server's keys pinned: the trust file came alone, before any evidence. */
async function openWithTrust(page: Page, trust: string): Promise<void> {
  await start(page, server.url);
  await drop(page, [trust]);
  await expect(page.getByRole("button", { name: /^5 keys pinned/ })).toBeVisible();
}

/** The verdict on a log of `logged` receipts of which `covered` are under checkpoints. */
function verdictOn(logged: number, covered: number): ShownVerdict {
  const whole = logged + sent.http;
  return {
    headline: "Verified · 5 pinned keys",
    authentic: `Yes ${whole} / ${whole}`,
    unaltered: `Yes ${whole} / ${whole}`,
    // No checkpoint covers HTTP receipts, and none is invented for them.
    included: `Can’t tell ${covered} / ${whole}`,
    complete: `Yes ${covered} / ${covered}`,
    consistent: "Yes 0 forks",
  };
}

/** Holds a report to what was sent: nothing lost, nothing twice, nothing wrong. */
function expectCounts(
  report: VerificationReport,
  expected: { readonly checkpoints: number; readonly findings?: readonly string[] },
): void {
  expect(report.findings.map(({ code }) => code)).toEqual(expected.findings ?? []);
  expect(report.counts).toMatchObject({
    rejected: 0,
    receipts: sent.allow + sent.deny + sent.http,
    by_form: { v1: sent.allow + sent.deny, http: sent.http },
    checkpoints: expected.checkpoints,
  });
}

test("calls in every client's shape, over a restart, are evidence that verifies", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await workday();
  await workday();
  expect(await server.stop()).toBe(INTERRUPTED);
  server = await startKernelServer(data, SETTINGS);
  await workday();

  const trust = await download("/api/trust-bundle", "chio-trust.json");
  const evidence = await download("/api/evidence", "chio-evidence.zip");
  await openWithTrust(page, trust);
  await drop(page, [evidence]);
  const logged = sent.allow + sent.deny;
  await expectVerdict(page, verdictOn(logged, logged));
  const report = await savedReport(page);
  // 100, what was left at the restart, and what was left at the export: more would be a new numbering.
  expectCounts(report, { checkpoints: 3 });
  expect(report.counts.proofs).toBe(logged);
});

test("the store of the running server has the same counts, and says its tail", async ({ page }) => {
  test.setTimeout(120_000);
  const trust = await download("/api/trust-bundle", "chio-trust.json");
  const store = join(data, "receipts.sqlite3");
  await openWithTrust(page, trust);
  await drop(page, [store, `${store}-wal`]);
  const logged = sent.allow + sent.deny;
  await expectVerdict(page, verdictOn(logged, logged));
  expectCounts(await savedReport(page), { checkpoints: 3 });

  await workday();
  const grown = sent.allow + sent.deny;
  await page.goto(server.url);
  await openWithTrust(page, trust);
  await drop(page, [store, `${store}-wal`]);
  await expectVerdict(page, {
    ...verdictOn(grown, logged),
    complete: `Can’t tell ${grown} / ${grown}`,
  });
  expectCounts(await savedReport(page), { checkpoints: 3, findings: ["SEQ-003"] });
});

test("the store of the stopped server is whole in one file", async ({ page, baseURL }) => {
  test.setTimeout(120_000);
  const trust = await download("/api/trust-bundle", "chio-trust.json");
  expect(await server.stop()).toBe(INTERRUPTED);
  await start(page, baseURL);
  // At once, without a look at what became of the trust file.
  await drop(page, [trust]);
  await drop(page, [join(data, "receipts.sqlite3")]);
  const logged = sent.allow + sent.deny;
  await expectVerdict(page, verdictOn(logged, logged));
  expectCounts(await savedReport(page), { checkpoints: 4 });
});
