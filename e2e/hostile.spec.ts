import { writeFile } from "node:fs/promises";
import { gzipSync, zipSync } from "fflate";
import type { Page } from "playwright/test";
import { drop, dropMade, expect, go, start, test } from "./fixtures.ts";
import { BAD_LINES, goodReceipt, HOSTILE_TEXTS, hostileReceipt } from "./hostile-lines.ts";
import { expectAlive, expectNothingRan } from "./unharmed.ts";
import { expectVerdict } from "./verdict.ts";

async function expectCodes(page: Page, codes: readonly string[]): Promise<void> {
  await go(page, "Verify");
  await expect(page.getByRole("list", { name: "Five questions" })).toBeVisible({ timeout: 45_000 });
  const notes = page.getByRole("button", { name: /^Notes/ });
  if ((await notes.count()) > 0) await notes.click();
  for (const code of codes) await expect(page.getByText(code).first(), code).toBeVisible();
}

test("texts that are HTML, SQL or names of prototypes stay texts in every place", async ({
  page,
}) => {
  const lines = HOSTILE_TEXTS.map((text, index) => hostileReceipt(text, 1_776_269_200 + index));
  await start(page);
  page.on("dialog", () => expect("a dialog").toBe("never shown"));
  const name = "<img src=x onerror=window.planted='ran'>'); DROP TABLE receipts; --.ndjson";
  await dropMade(page, [{ name, text: `${lines.join("\n")}\n` }]);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  const all = HOSTILE_TEXTS.length;
  await expectVerdict(page, {
    headline: "Self-consistent · no key pinned",
    unaltered: `Yes ${all} / ${all}`,
  });
  await expectNothingRan(page);

  await go(page, "Receipts");
  const grid = page.getByRole("grid", { name: "Receipts" });
  const drawer = page.getByRole("complementary", { name: "Receipt" });
  for (const [index, text] of HOSTILE_TEXTS.entries()) {
    // The newest stands on top.
    const row = grid.getByRole("row").nth(all - index);
    await expect(row).toContainText(text);
    await row.getByRole("gridcell").nth(2).click();
    await expect(drawer.getByRole("heading", { level: 2 })).toContainText(text);
    for (const tab of ["Summary", "Guards", "Signed fields", "Proof", "Raw"]) {
      await drawer.getByRole("tab", { name: tab }).click();
      if (tab === "Proof") continue;
      const shown = tab === "Raw" ? JSON.stringify(text).slice(1, -1) : text;
      await expect(drawer.getByRole("tabpanel"), tab).toContainText(shown);
    }
    await drawer.getByRole("tab", { name: "Summary" }).click();
  }
  await expectNothingRan(page);
  await expectAlive(page);
});

test("a link with a hostile filter filters, and does nothing else", async ({ page }) => {
  const [text = ""] = HOSTILE_TEXTS;
  const lines = HOSTILE_TEXTS.map((one, index) => hostileReceipt(one, 1_776_269_200 + index));
  await start(page, `/receipts#text=${encodeURIComponent(text)}&tool=${encodeURIComponent(text)}`);
  await dropMade(page, [{ name: "hostile.ndjson", text: `${lines.join("\n")}\n` }]);
  await expect(page.getByText(`1 of ${HOSTILE_TEXTS.length} receipts`)).toBeVisible();
  await expectNothingRan(page);
});

test("lines that may not be read are coded findings, and take nothing with them", async ({
  page,
}) => {
  const lines = BAD_LINES.flatMap(([, line], at) => [line, goodReceipt(`good-${at}`)]);
  await start(page);
  await dropMade(page, [{ name: "mixed.ndjson", text: `${lines.join("\n")}\n` }]);
  await expectCodes(page, [...new Set(BAD_LINES.map(([, , code]) => code))]);
  const understood = BAD_LINES.length;
  await go(page, "Receipts");
  await page.getByRole("button", { name: /^Not understood/ }).click();
  for (const [name, , code] of BAD_LINES) {
    if (code !== "FMT-007") await expect(page.getByText(code).first(), name).toBeVisible();
  }
  await page.getByRole("button", { name: /^Receipts \(/ }).click();
  await expect(page.getByText(/^good-/)).toHaveCount(0);
  await expect(page.getByRole("status").getByText(/of \d+ receipts/)).toContainText(
    new RegExp(`${understood}|${understood + 1}`),
  );
  await expectNothingRan(page);
  await expectAlive(page);
});

test("invalid UTF-8 is a coded finding", async ({ page }, info) => {
  const bytes = new TextEncoder().encode(`${goodReceipt("ok")}\n${goodReceipt("sess-?")}\n`);
  bytes[bytes.lastIndexOf("?".charCodeAt(0))] = 0xff;
  const path = info.outputPath("bytes.ndjson");
  await writeFile(path, bytes);
  await start(page);
  await drop(page, [path]);
  await expectCodes(page, ["FMT-005"]);
  await expectAlive(page);
});

test("a line of 100 MB is not read, and the lines around it are", async ({ page }) => {
  await start(page);
  const tail = `\n${goodReceipt("after")}\n`;
  const text = `${goodReceipt("before")}\n`;
  await dropMade(page, [{ name: "long.ndjson", text, filler: { megabytes: 100, tail } }]);
  await expectCodes(page, ["LIM-001"]);
  await expectVerdict(page, { unaltered: "Can’t tell 2 / 2" });
  await expectAlive(page);
});

test("a zip bomb and a gzip bomb are stopped at their limit", async ({ page }, info) => {
  const zeros = new Uint8Array(256 * 1024 * 1024);
  const good = new TextEncoder().encode(`${goodReceipt("in the bomb")}\n`);
  const zip = info.outputPath("bomb.zip");
  await writeFile(zip, zipSync({ "receipts.ndjson": good, "zeros.ndjson": zeros }, { level: 6 }));
  const gzip = info.outputPath("bomb.gz");
  await writeFile(gzip, gzipSync(zeros, { level: 6 }));
  await start(page);
  await drop(page, [zip, gzip]);
  await expectCodes(page, ["LIM-003"]);
  await expectVerdict(page, { unaltered: "Yes 1 / 1" });
  await expectAlive(page);
});
