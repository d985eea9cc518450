import { readFile } from "node:fs/promises";
import { expect, type Page } from "playwright/test";
import type { VerificationReport } from "@/lib/verification/report.ts";
import { go } from "./fixtures.ts";

/** The verdict as a reader has it: the headline, and each answer with its fraction. */
export interface ShownVerdict {
  readonly headline: string;
  readonly authentic: string;
  readonly unaltered: string;
  readonly included: string;
  readonly complete: string;
  readonly consistent: string;
}

/** Reads the Verify page; null while there is no verdict on it. */
async function shownVerdict(page: Page): Promise<ShownVerdict | null> {
  const bar = page.getByRole("main").getByRole("region", { name: "Verdict" });
  const tiles = bar.getByRole("list", { name: "Five questions" }).getByRole("listitem");
  if ((await tiles.count()) === 0) return null;
  const texts = await tiles.allInnerTexts();
  const answer = (title: string): string => {
    const lines = texts.find((text) => text.startsWith(title))?.split("\n") ?? [];
    const at = lines.findIndex((line) => /^(Yes|No|Can’t tell)$/.test(line.trim()));
    return `${lines[at]?.trim()} ${lines[at + 1]?.trim()}`;
  };
  return {
    headline:
      (await bar.getByRole("heading", { level: 1 }).textContent())?.replace(/\s+/g, " ") ?? "",
    authentic: answer("Authentic"),
    unaltered: answer("Unaltered"),
    included: answer("Included"),
    complete: answer("Complete"),
    consistent: answer("Consistent"),
  };
}

/** Goes to Verify and waits until what is read there is what is expected. */
export async function expectVerdict(
  page: Page,
  expected: Partial<Readonly<Record<keyof ShownVerdict, unknown>>>,
  timeout = 45_000,
): Promise<void> {
  await go(page, "Verify");
  await expect.poll(() => shownVerdict(page), { timeout }).toMatchObject(expected);
}

/** Takes everything out, on the Open page. */
export async function clearEverything(page: Page): Promise<void> {
  await go(page, "Open");
  await page.getByRole("button", { name: "Clear everything" }).click();
  await expect(page.getByRole("heading", { name: /^Drop a log/ })).toBeVisible();
}

/** Saves the report from the bar above the receipts, and reads the saved file. */
export async function savedReport(page: Page): Promise<VerificationReport> {
  await go(page, "Receipts");
  const coming = page.waitForEvent("download");
  await page
    .getByRole("region", { name: "Verdict" })
    .getByRole("button", { name: "Report" })
    .click();
  const report: VerificationReport = JSON.parse(
    await readFile(await (await coming).path(), "utf8"),
  );
  return report;
}

/** The keys in the table of keys, in full, as the page shows them when asked to. */
export async function shownKeys(page: Page): Promise<readonly string[]> {
  await go(page, "Verify");
  const buttons = page.getByRole("button", { name: /^Public key: / });
  const keys: string[] = [];
  for (const button of await buttons.all()) {
    await button.click();
    const dialog = page.getByRole("dialog", { name: "Public key" });
    const grouped =
      /(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.exec((await dialog.textContent()) ?? "")?.[0] ?? "";
    keys.push(grouped.replaceAll(" ", ""));
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
  return keys;
}

/** Pins the one trust file on offer, after comparing the fingerprint of its first key. */
export async function confirmOffer(page: Page, fingerprint: string): Promise<void> {
  await page.getByRole("button", { name: "No key pinned, 1 trust file offered" }).click();
  const dialog = page.getByRole("dialog", { name: "Trusted keys" });
  const field = dialog.getByLabel("Compare with paper or clipboard").first();
  await field.fill(fingerprint.replace(/^./, (first) => (first === "0" ? "1" : "0")));
  await expect(dialog.getByText("Differs at character 1")).toBeVisible();
  await field.fill(fingerprint);
  await expect(dialog.getByText("Match, character by character")).toBeVisible();
  await dialog.getByRole("button", { name: "I compared them: pin these keys" }).click();
  await expect(dialog.getByRole("heading", { name: "Pinned", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}

/** The card of a finding, by what its sentence says. */
export function finding(page: Page, sentence: string | RegExp) {
  return page
    .getByRole("article")
    .filter({ has: page.getByRole("button", { name: sentence }) })
    .first();
}
