import { createHash } from "node:crypto";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { zipSync } from "fflate";
import { drop, expect, start, test, vector } from "./fixtures.ts";
import { LOG_KEY, trustFile, writeTrustFile } from "./trust-file.ts";
import {
  clearEverything,
  confirmOffer,
  expectVerdict,
  finding,
  type ShownVerdict,
  shownKeys,
} from "./verdict.ts";

const WHOLE_LOG: ShownVerdict = {
  headline: "Self-consistent · no key pinned",
  authentic: "Can’t tell 0 / 24",
  unaltered: "Yes 24 / 24",
  included: "Yes 24 / 24",
  complete: "Yes 24 / 24",
  consistent: "Yes 0 forks",
};
const VERIFIED_LOG: ShownVerdict = {
  ...WHOLE_LOG,
  headline: "Verified · 1 pinned key",
  authentic: "Yes 24 / 24",
};

/** Receipts without a checkpoint: nothing says what they are a part of. */
function noCheckpoints(receipts: number): ShownVerdict {
  return {
    headline: "Self-consistent · no key pinned",
    authentic: `Can’t tell 0 / ${receipts}`,
    unaltered: `Yes ${receipts} / ${receipts}`,
    included: `Can’t tell 0 / ${receipts}`,
    complete: `Can’t tell ${receipts} / ${receipts}`,
    consistent: "Can’t tell 0 forks",
  };
}

const VECTORS = [
  ["evidence/log-april-form", 24, WHOLE_LOG],
  ["evidence/log-v1-form", 24, WHOLE_LOG],
  ["evidence/minimal-evidence", 1, noCheckpoints(1)],
  ["stores/provider-receipts.sqlite3", 8, noCheckpoints(8)],
] as const;

test("each log agrees with itself, and is verified once its keys are pinned", async ({
  page,
}, info) => {
  test.setTimeout(120_000);
  await start(page);
  for (const [path, receipts, expected] of VECTORS) {
    await test.step(path, async () => {
      await drop(page, [vector(path)]);
      await expectVerdict(page, expected);

      const keys = await shownKeys(page);
      expect(keys.length).toBeGreaterThan(0);
      await drop(page, [await writeTrustFile(info.outputPath("chio-trust.json"), keys)]);
      await expectVerdict(page, {
        ...expected,
        headline: expect.stringMatching(/^Verified · \d pinned keys?$/),
        authentic: `Yes ${receipts} / ${receipts}`,
      });
      await clearEverything(page);
    });
  }
});

/** A zip of a folder, with what else is put into it. */
async function zipOf(folder: string, path: string, more: Record<string, string> = {}) {
  const files: Record<string, Uint8Array> = {};
  for (const name of await readdir(folder)) files[name] = await readFile(join(folder, name));
  for (const [name, text] of Object.entries(more)) files[name] = new TextEncoder().encode(text);
  await writeFile(path, zipSync(files));
  return path;
}

test("a zip of a log gives the verdict of the log", async ({ page }, info) => {
  const path = await zipOf(vector("evidence/log-v1-form"), info.outputPath("evidence.zip"));
  await start(page);
  await drop(page, [path]);
  await expectVerdict(page, WHOLE_LOG);
});

test("a trust file beside the evidence pins nothing before its fingerprint is compared", async ({
  page,
}, info) => {
  const trust = await writeTrustFile(info.outputPath("chio-trust.json"), [LOG_KEY]);
  await start(page);
  await drop(page, [vector("evidence/log-v1-form"), trust]);
  await expectVerdict(page, WHOLE_LOG);
  await confirmOffer(page, LOG_KEY);
  await expectVerdict(page, VERIFIED_LOG);
});

test("a trust file inside an archive pins nothing before its fingerprint is compared", async ({
  page,
}, info) => {
  const inside = { "chio-trust.json": trustFile([LOG_KEY]) };
  const path = info.outputPath("evidence.zip");
  await start(page);
  await drop(page, [await zipOf(vector("evidence/log-april-form"), path, inside)]);
  await expectVerdict(page, WHOLE_LOG);
  await confirmOffer(page, LOG_KEY);
  await expectVerdict(page, VERIFIED_LOG);
});

test("a log does not verify under keys of others", async ({ page }, info) => {
  const other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
  await start(page);
  await drop(page, [vector("evidence/log-v1-form")]);
  await expectVerdict(page, WHOLE_LOG);
  await drop(page, [await writeTrustFile(info.outputPath("chio-trust.json"), [other])]);
  await expectVerdict(page, {
    headline: expect.stringMatching(/^Does not verify/),
    authentic: "No 0 / 24",
    unaltered: "Yes 24 / 24",
  });
  await expect(page.getByText("KEY-001").first()).toBeVisible();
});

/** Signed members, by the text that stands before the octet that is changed. */
const SIGNED = [
  '"id":"',
  '"timestamp":176722',
  '"capability_id":"gen-cap-',
  '"tool_server":"',
  '"tool_name":"',
  '"action":{"parameters":{"path":"./workspace/',
  '"parameter_hash":"',
  '"decision":{"verdict":"allo',
  '"content_hash":"',
  '"policy_hash":"',
  '"trust_level":"mediate',
  '"signature":"',
] as const;

/** Another octet of the same kind: a digit for a digit, a letter for a letter. */
function otherOctet(character: string): string {
  if (/[0-9]/.test(character)) return character === "9" ? "0" : String(Number(character) + 1);
  return character === "f" ? "a" : "f";
}

/** A copy of the folder in which line n of the receipts differs in one octet, after `marks[n - 1]`. */
async function changedCopy(folder: string, target: string, marks: readonly string[]) {
  await cp(folder, target, { recursive: true });
  const path = join(target, "receipts.ndjson");
  const lines = (await readFile(path, "utf8")).split("\n");
  const changed = lines.map((line, index) => {
    const mark = marks[index];
    if (mark === undefined) return line;
    const at = line.indexOf(mark) + mark.length;
    expect(at, `${mark} in line ${index + 1}`).toBeGreaterThanOrEqual(mark.length);
    return line.slice(0, at) + otherOctet(line[at] ?? "") + line.slice(at + 1);
  });
  await writeFile(path, changed.join("\n"));
  await restamp(target);
}

/** Nobody signs a manifest, so whoever changes a file can write its hash anew. */
async function restamp(folder: string): Promise<void> {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  for (const file of manifest.files) {
    const bytes = await readFile(join(folder, file.path));
    file.sha256 = createHash("sha256").update(bytes).digest("hex");
  }
  await writeFile(path, JSON.stringify(manifest));
}

for (const log of ["log-april-form", "log-v1-form"]) {
  test(`one octet in any signed member of ${log} is named with its receipt and line`, async ({
    page,
  }, info) => {
    const marks = SIGNED.filter((mark) => log === "log-v1-form" || !mark.includes("trust_level"));
    const target = info.outputPath(basename(log));
    await changedCopy(vector(`evidence/${log}`), target, marks);
    await start(page);
    await drop(page, [target]);
    await expectVerdict(page, {
      headline: expect.stringMatching(`^Does not verify · ${marks.length} causes`),
      unaltered: `No ${24 - marks.length} / 24`,
    });
    for (const [index, mark] of marks.entries()) {
      const card = finding(page, new RegExp(`^Receipt #${index + 1}:`));
      await expect(card, mark).toBeVisible();
      const toggle = card.getByRole("button", { name: /^Receipt #/ });
      if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
      await expect(card, mark).toContainText(new RegExp(`receipts\\.ndjson.*line ${index + 1}\\b`));
      await expect(card, mark).toContainText(/SIG-002|HSH-001|HSH-002/);
    }
  });
}
