import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { nodeInputs } from "@/lib/cli/node-sources.ts";
import { verifyInputs } from "@/lib/cli/verify-inputs.ts";
import type { VerificationReport } from "@/lib/verification/report.ts";
import { type Keyring, openKeyring } from "../keys/keyring.ts";
import type { LineageRow } from "../store/lineage-store.ts";
import { RECEIPT_STORE } from "../store/receipt-store.ts";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { primitives, signedChild, signedHttp, signedTool } from "../testing/signed.ts";
import { evidenceExport } from "./evidence-export.ts";
import { type OpenLog, openLog } from "./open-log.ts";

const START = 1_776_300_000n;
let clock = START;
const now = (): bigint => clock;

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  clock = START;
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

function keys(mode: "separate" | "single"): Keyring {
  const opened = openKeyring({
    directory: directory.path,
    mode,
    environment: {},
    now,
    primitives,
  });
  return opened.ok ? opened.value : expect.fail(opened.error.kind);
}

function open(keyring: Keyring, every = 100): OpenLog {
  return openLog({
    directory: directory.path,
    signer: keyring.signer("checkpoint"),
    primitives,
    now,
    checkpointEvery: every,
    checkpointWithin: 60_000,
  });
}

async function fill(log: OpenLog, keyring: Keyring, from: number, to: number): Promise<void> {
  const appended = [];
  for (let number = from; number <= to; number += 1) {
    const receipt = signedTool({ key: keyring.signer("kernel"), number, at: clock });
    appended.push(log.log.append({ receipt }));
  }
  await Promise.all(appended);
}

async function exported(name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  const path = join(directory.path, RECEIPT_STORE);
  for await (const chunk of evidenceExport({ path, now: clock, primitives })) {
    chunks.push(chunk);
  }
  const file = join(directory.path, name);
  writeFileSync(file, Buffer.concat(chunks));
  return file;
}

function pinned(keyring: Keyring): TrustBundle {
  const file = parseTrustFile(keyring.trustBundle(), primitives);
  return file.ok ? trustBundle(file.value) : expect.fail(JSON.stringify(file.error));
}

async function verified(paths: readonly string[], keyring: Keyring): Promise<VerificationReport> {
  const inputs = await nodeInputs(paths, { cwd: directory.path, stdin: process.stdin });
  if (!inputs.ok) {
    expect.fail(inputs.error);
  }
  const options = { trust: pinned(keyring), platform: nodePlatform() };
  return (await verifyInputs(inputs.value.inputs, options)).verdict.report;
}

const answers = (report: VerificationReport): readonly string[] =>
  Object.values(report.questions).map(({ answer }) => answer);
const codes = (report: VerificationReport): readonly string[] =>
  report.findings.map(({ code }) => code);

const LINEAGE: LineageRow = {
  capabilityId: "cap-1",
  subjectKey: "ab".repeat(32),
  issuerKey: "cd".repeat(32),
  issuedAt: START,
  expiresAt: START + 60n,
  grantsJson: '{"grants":[]}',
  delegationDepth: 0n,
  parentCapabilityId: null,
};

describe("an exported log", () => {
  it.each(["separate", "single"] as const)("verifies without a finding (%s keys)", async (mode) => {
    const keyring = keys(mode);
    const log = open(keyring);
    await fill(log, keyring, 1, 249);
    const receipt = signedTool({ key: keyring.signer("kernel"), number: 250, at: clock });
    await log.log.append({ receipt, lineage: [LINEAGE] });
    log.checkpointer.checkpointNow();
    const report = await verified([await exported("evidence.zip")], keyring);
    expect(report.findings).toEqual([]);
    expect(report.headline).toBe("verified");
    expect(answers(report)).toEqual(Array(5).fill("yes"));
    expect(report.counts).toMatchObject({ receipts: 250, checkpoints: 3, proofs: 250 });
    await log.close();
  });

  it("is the log of one moment, whatever is appended while it is read", async () => {
    const keyring = keys("separate");
    const log = open(keyring, 10);
    await fill(log, keyring, 1, 40);
    const chunks: Uint8Array[] = [];
    const path = join(directory.path, RECEIPT_STORE);
    for await (const chunk of evidenceExport({ path, now: clock, primitives })) {
      chunks.push(chunk);
      await fill(log, keyring, 1000 + chunks.length * 20, 1019 + chunks.length * 20);
    }
    const file = join(directory.path, "moment.zip");
    writeFileSync(file, Buffer.concat(chunks));
    const report = await verified([file], keyring);
    expect(report.findings).toEqual([]);
    expect(report.counts).toMatchObject({ receipts: 40, checkpoints: 4, proofs: 40 });
    await log.close();
  });

  it("states its tail, and is empty before the first receipt", async () => {
    const keyring = keys("separate");
    const log = open(keyring, 10);
    const empty = await verified([await exported("empty.zip")], keyring);
    expect(codes(empty)).toEqual([]);
    expect(empty.counts.receipts).toBe(0);
    await fill(log, keyring, 1, 13);
    const report = await verified([await exported("tail.zip")], keyring);
    expect(codes(report)).toEqual(["SEQ-003"]);
    expect(report.questions.included).toMatchObject({ numerator: 10, denominator: 13 });
    await log.close();
  });

  it("keeps its proofs where child and HTTP receipts stand between the others", async () => {
    const keyring = keys("separate");
    const log = open(keyring, 10);
    const key = keyring.signer("kernel");
    for (let number = 1; number <= 15; number += 1) {
      const receipt = signedTool({ key, number, at: clock });
      const beside = [signedHttp(key, number, clock)];
      await log.log.append({ receipt, beside });
      if (number % 3 === 0) {
        await log.log.append({ receipt: signedChild(key, number, clock) });
      }
    }
    const report = await verified([await exported("children.zip")], keyring);
    // Tool and child receipts are numbered apart, as in the shipped system, which readers are told.
    // The children name a parent request that none of the log's requests is.
    expect(new Set(codes(report))).toEqual(new Set(["INC-005", "LNK-008"]));
    expect(report.headline).toBe("verified");
    expect(report.counts).toMatchObject({ receipts: 35, checkpoints: 2, proofs: 15 });
    // No checkpoint covers what was said of HTTP requests: it is there, signed, and said to be unproved.
    expect(report.counts.by_form).toEqual({ v1: 15, child: 5, http: 15 });
    expect(report.questions.included).toMatchObject({ answer: "cannot-tell", numerator: 20 });
    expect(report.questions.complete).toMatchObject({ answer: "yes", numerator: 20 });
    await log.close();
  });

  it("stays verified when kernel and checkpoint keys change on the way", async () => {
    const keyring = keys("separate");
    const log = open(keyring, 10);
    await fill(log, keyring, 1, 25);
    clock += 5n;
    expect(keyring.rotate("kernel").ok).toBe(true);
    expect(keyring.rotate("checkpoint").ok).toBe(true);
    await fill(log, keyring, 26, 60);
    const report = await verified([await exported("rotated.zip")], keyring);
    expect(report.findings).toEqual([]);
    expect(report.headline).toBe("verified");
    expect(report.counts).toMatchObject({ receipts: 60, checkpoints: 6 });
    await log.close();
  });
});

describe("the stores themselves", () => {
  it("give the counts of the export when they are dropped, write-ahead log included", async () => {
    const keyring = keys("separate");
    const log = open(keyring);
    await fill(log, keyring, 1, 250);
    await log.log.append({ receipt: signedHttp(keyring.signer("kernel"), 1, clock) });
    log.checkpointer.checkpointNow();
    const exportedReport = await verified([await exported("evidence.zip")], keyring);
    const files = readdirSync(directory.path)
      .filter((name) => name.startsWith(RECEIPT_STORE) && !name.endsWith("-shm"))
      .map((name) => join(directory.path, name));
    expect(files.length).toBe(2);
    const running = await verified(files, keyring);
    await log.close();
    const closed = await verified([join(directory.path, RECEIPT_STORE)], keyring);
    for (const report of [exportedReport, running, closed]) {
      expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(report.headline).toBe("verified");
      expect(report.counts).toMatchObject({
        receipts: 251,
        by_form: { v1: 250, http: 1 },
        checkpoints: 3,
      });
    }
  });
});
