import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { WORKER_POLICY } from "../scripts/policy.mjs";
import { drop, expect, start, test, vector } from "./fixtures.ts";
import type { Questions, WorkerAnswers } from "./known-answers.worker.ts";
import { clearEverything, expectVerdict } from "./verdict.ts";

/** Where the tests' own worker is served from: the origin of the page, as its workers are. */
const SCRIPT = "/_next/static/chunks/known-answers.worker.js";

/** The shipped kernel and the shipped primitives, with the questions instead of the protocol around them. */
async function workerScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["e2e/known-answers.worker.ts"],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}

test("the known answers come out of a worker of this browser, under the policy of workers", async ({
  page,
}) => {
  const read = (path: string) => readFile(vector(path), "utf8");
  const questions: Questions = {
    edges: await read("ed25519-edge-cases.json"),
    receipts: [await read("receipts-april/receipt.json"), await read("receipts-v1/receipt.json")],
    merkle: await read("merkle/known-answers.json"),
  };
  const body = await workerScript();
  await page.route(`**${SCRIPT}`, (route) =>
    route.fulfill({
      body,
      contentType: "text/javascript",
      headers: { "content-security-policy": WORKER_POLICY },
    }),
  );
  await start(page);
  const answers = await page.evaluate(
    ([script, asked]) =>
      new Promise<WorkerAnswers>((resolve, reject) => {
        const worker = new Worker(script, { type: "module" });
        worker.onmessage = (event) => {
          if (typeof event.data === "string") reject(new Error(event.data));
          else resolve(event.data);
          worker.terminate();
        };
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage(asked);
      }),
    [SCRIPT, questions] as const,
  );
  expect(answers).toEqual({
    exact: false,
    edges: { asked: 2 * 20, wrong: [] },
    receipts: [
      { asked: 4, wrong: [] },
      { asked: 4, wrong: [] },
    ],
    merkle: { asked: 1 + 17 + 2 * 153 + 2 * 136, wrong: [] },
  });
});

/** Single objects, and whether they fit what they say of themselves. */
const OBJECTS = [
  ["single-objects/binding-allow_receipt.json", "Self-consistent"],
  ["single-objects/binding-deny_receipt.json", "Self-consistent"],
  ["single-objects/binding-valid_delegated_capability.json", "Self-consistent"],
  ["single-objects/tenant-receipt.json", "Does not verify"],
  ["single-objects/child-request-receipt.json", "Does not verify"],
  ["single-objects/binding-tampered_capability_signature.json", "Does not verify"],
  ["anchors/CHIO_ANCHOR_INCLUSION_PROOF_EXAMPLE.json", "Self-consistent"],
  ["merkle/equivocation-conflicting-seq.json", "Does not verify"],
] as const;

test("single objects give their outcome when they are dropped", async ({ page }) => {
  await start(page);
  for (const [path, headline] of OBJECTS) {
    await drop(page, [vector(path)]);
    await expectVerdict(page, { headline: expect.stringMatching(`^${headline}`) });
    await clearEverything(page);
  }
});
