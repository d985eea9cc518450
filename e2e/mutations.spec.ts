import { readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Page } from "playwright/test";
import { demoKernelA } from "@/lib/demo/log.ts";
import { chioReport } from "./chio.ts";
import { drop, expect, go, start, test } from "./fixtures.ts";
import { type MutatedLine, mutatedLog } from "./mutated-logs.ts";
import { trustFile } from "./trust-file.ts";
import { expectVerdict, savedReport } from "./verdict.ts";

/** A row of the table's own export. */
interface ExportedRow {
  readonly seq: string | null;
  readonly integrity: string | null;
}

/** Saves every row of the table, and returns each number's integrity. */
async function exportedRows(page: Page): Promise<ReadonlyMap<number, string>> {
  await go(page, "Receipts");
  await page.getByRole("button", { name: /^Export [\d,]+$/ }).click();
  const coming = page.waitForEvent("download");
  await page
    .getByRole("dialog", { name: "Export" })
    .getByRole("button", { name: "NDJSON" })
    .click();
  const text = await readFile(await (await coming).path(), "utf8");
  const rows = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): ExportedRow => JSON.parse(line));
  await page.keyboard.press("Escape");
  return new Map(rows.map(({ seq, integrity }) => [Number(seq), integrity ?? ""]));
}

/** What may be said of a receipt after what was done to it. A row that is not in the table says nothing. */
function isRight({ effect }: MutatedLine, integrity: string | undefined, pinned: boolean): boolean {
  const holds = pinned ? "verified-not-checkpointed" : "self-consistent";
  switch (effect) {
    case "neutral":
      return integrity === holds;
    case "resigned":
      // It agrees with itself under a key of its own: only the pinned keys tell it apart.
      return integrity === "self-consistent";
    default:
      return (
        integrity === undefined || integrity === "does-not-verify" || integrity === "not-checked"
      );
  }
}

function wrongRows(
  lines: readonly MutatedLine[],
  rows: ReadonlyMap<number, string>,
  pinned: boolean,
): readonly string[] {
  return lines
    .filter((line) => !isRight(line, rows.get(line.seq), pinned))
    .map(({ seq, kind, what, effect }) => `${seq} ${kind} (${what}, ${effect}): ${rows.get(seq)}`);
}

test("1,000 mutated receipts through the pool of this browser", async ({ page }, info) => {
  const lines = [
    ...(await mutatedLog("v1", 340, 1)),
    ...(await mutatedLog("pre-v1", 330, 341)),
    ...(await mutatedLog("documentation", 330, 671)),
  ];
  expect(lines).toHaveLength(1000);
  const path = info.outputPath("receipts.ndjson");
  await writeFile(path, lines.map(({ text }) => `${text}\n`).join(""));
  for (const effect of new Set(lines.map((line) => line.effect))) {
    const count = lines.filter((line) => line.effect === effect).length;
    info.annotations.push({ type: effect, description: String(count) });
  }
  await start(page);
  await drop(page, [path]);
  await expectVerdict(page, { headline: expect.stringMatching(/^Does not verify/) });
  expect(wrongRows(lines, await exportedRows(page), false)).toEqual([]);
  expect(await savedReport(page)).toEqual(chioReport(dirname(path), ["receipts.ndjson"]));

  const trust = info.outputPath("chio-trust.json");
  await writeFile(trust, trustFile([demoKernelA().key]));
  await drop(page, [trust]);
  await expectVerdict(page, { authentic: expect.stringMatching(/^No [1-9]/) });
  expect(wrongRows(lines, await exportedRows(page), true)).toEqual([]);
});
