import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "playwright/test";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { utf8 } from "@/kernel/encoding.ts";
import { stormSample } from "@/lib/demo/storm/sample.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import { drop, expect, go } from "./fixtures.ts";

export type Storm = Awaited<ReturnType<typeof stormSample>>;

let made: Promise<Storm> | null = null;

/** A small day of denied calls with its truth; made once for all tests of a file. */
export function storm(): Promise<Storm> {
  made ??= webSign().then((sign) => stormSample({ primitives: { sha256, utf8 }, sign }));
  return made;
}

/** The storm's files on disk: those of evidence, and the trust file that pins its keys. */
export async function writeStorm(
  directory: string,
): Promise<{ readonly files: readonly string[]; readonly trust: string }> {
  const { files, trust } = await storm();
  const paths: string[] = [];
  for (const { path, text } of files) {
    const to = join(directory, path);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, text);
    paths.push(to);
  }
  const trustPath = join(directory, "chio-trust.json");
  await writeFile(trustPath, trust);
  return { files: paths, trust: trustPath };
}

/** Drops evidence, then the keys by themselves, and waits until both are judged. */
export async function openStorm(page: Page, directory: string): Promise<void> {
  const { files, trust } = await writeStorm(directory);
  await drop(page, files);
  await concluded(page);
  await drop(page, [trust]);
  await expect(page.getByRole("button", { name: /keys? pinned/ })).toBeVisible();
  await concluded(page);
}

/** A verdict stands on the Verify page, and nothing is being read any more. */
async function concluded(page: Page): Promise<void> {
  await go(page, "Verify");
  const verdict = page.getByRole("main").getByRole("region", { name: "Verdict" });
  await expect(verdict.getByRole("list", { name: "Five questions" })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.locator("footer")).toContainText(/receipts checked in/, { timeout: 60_000 });
}
