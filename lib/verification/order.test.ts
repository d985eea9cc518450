import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edited, type Files, folder, lines, numbered } from "./testing/files.ts";
import { keyOf, seedOf, trustKernel } from "./testing/keys.ts";
import { log, receiptBody, signReceipt } from "./testing/log.ts";
import { type RunOptions, report } from "./testing/verify.ts";

const KEY = keyOf(seedOf("kernel"));
const clean = log({ receipts: 12, batch: 4, form: "v1", version: 2 });
const mixed = log({ receipts: 12, batch: 4, children: [2, 6] });
const other = log({ receipts: 8, batch: 4, name: "other", kernel: seedOf("other") });
const stranger = signReceipt(receiptBody("stranger", 5), seedOf("kernel"));
const RECEIPTS = "evidence/receipts.ndjson";

const TEXTS: Readonly<Record<string, string>> = {
  clean: joined(folder(clean)),
  "edited receipt": joined(
    edited(folder(clean), RECEIPTS, (line, at) =>
      at === 3 ? line.replace('"amount":"', '"amount":"9') : line,
    ),
  ),
  "removed receipt": joined(
    edited(folder(clean), RECEIPTS, (line, at) => (at === 5 ? null : line)),
  ),
  "edited checkpoint": joined(
    edited(folder(clean), "evidence/checkpoints.ndjson", (line, at) =>
      at === 1 ? line.replace(/"issued_at":\d/, '"issued_at":2') : line,
    ),
  ),
  "one number, two receipts": joined(folder(clean)) + lines([{ seq: 7, receipt: stranger }]),
  "repeated receipts": joined(folder(clean)) + lines(numbered(clean.receipts.slice(0, 3))),
  "child receipts": joined(folder(mixed)),
  "two logs": joined(folder(clean)) + joined(folder(other)),
  "a fork":
    joined(folder(clean)) + lines(log({ receipts: 12, batch: 4, name: "fork" }).checkpoints),
};

function joined(files: Files): string {
  return Object.values(files).join("\n");
}

interface Outcome {
  readonly headline: string;
  readonly questions: unknown;
  readonly codes: readonly string[];
}

async function outcomeOf(files: Files, options: RunOptions = {}): Promise<Outcome> {
  const found = await report(files, trustKernel(KEY), options);
  const codes = found.findings.map(({ code, severity }) => `${code} ${severity}`).sort();
  return { headline: found.headline, questions: found.questions, codes };
}

describe("the order of lines, the cut into units and the order of their arrival change nothing", () => {
  it.each(Object.keys(TEXTS))("%s", { timeout: 120_000 }, async (name) => {
    const all = (TEXTS[name] ?? "").split("\n").filter((line) => line !== "");
    const expected = await outcomeOf({ "x/all.ndjson": `${all.join("\n")}\n` });
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 200, max: 40_000 }),
        fc.array(fc.nat(1_000), { minLength: 400, maxLength: 400 }),
        async (shuffled, unitBytes, ranks) => {
          const order = (count: number): number[] =>
            [...Array(count).keys()].sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
          const files = { "x/all.ndjson": `${shuffled.join("\n")}\n` };
          expect(await outcomeOf(files, { unitBytes, order })).toEqual(expected);
        },
      ),
      { numRuns: 12, seed: 42 },
    );
  });
});

describe("the cut into files of one folder changes nothing", () => {
  it.each(Object.keys(TEXTS).filter((name) => name !== "repeated receipts"))(
    "%s",
    { timeout: 120_000 },
    async (name) => {
      const all = (TEXTS[name] ?? "").split("\n").filter((line) => line !== "");
      const expected = await outcomeOf({ "x/all.ndjson": `${all.join("\n")}\n` });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(3), { minLength: 120, maxLength: 120 }),
          async (places) => {
            const files: Record<string, string> = {};
            for (const [at, line] of all.entries()) {
              const path = `x/${places[at] ?? 0}.ndjson`;
              files[path] = `${files[path] ?? ""}${line}\n\n`;
            }
            expect(await outcomeOf(files)).toEqual(expected);
          },
        ),
        { numRuns: 10, seed: 7 },
      );
    },
  );
});

it("lines are counted over units, blank ones included", async () => {
  const text = `${lines(clean.receipts)}\n\n\n\n`.replaceAll("\n", "\n\n\n");
  const broken = `${text}noise\n`;
  for (const unitBytes of [300, 701, 5_000, 1_000_000]) {
    const found = await report({ "r.ndjson": broken }, null, { unitBytes });
    const lineOf = found.findings.find(({ code }) => code === "FMT-002")?.place.line;
    expect(lineOf).toBe(broken.split("\n").indexOf("noise") + 1);
  }
});
