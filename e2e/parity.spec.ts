import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { utf8 } from "@/kernel/encoding.ts";
import { buildSample } from "@/lib/demo/samples.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import { chioReport } from "./chio.ts";
import { drop, expect, start, test, vector } from "./fixtures.ts";
import { expectVerdict, savedReport } from "./verdict.ts";

for (const name of ["log-v1-form", "log-april-form", "minimal-evidence"]) {
  test(`the page and the command give one report of ${name}`, async ({ page }) => {
    const folder = vector(`evidence/${name}`);
    await start(page);
    await drop(page, [folder]);
    await expectVerdict(page, { headline: "Self-consistent · no key pinned" });
    expect(await savedReport(page)).toEqual(chioReport(dirname(folder), [name]));
  });
}

test("the page and the command give one report of a store", async ({ page }) => {
  const store = vector("stores/provider-receipts.sqlite3");
  await start(page);
  await drop(page, [store]);
  await expectVerdict(page, { headline: "Self-consistent · no key pinned" });
  const report = chioReport(dirname(store), ["provider-receipts.sqlite3"]);
  expect(await savedReport(page)).toEqual(report);
});

test("the page and the command give one report of the changed sample", async ({ page }, info) => {
  const ports = { primitives: { sha256, utf8 }, sign: await webSign() };
  const { files, trust } = await buildSample("changed", ports);
  const folder = info.outputPath("sample");
  for (const { path, text } of [...files, trust]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await start(page);
  await drop(page, [join(folder, "evidence-changed"), join(folder, "export-B.ndjson")]);
  await expectVerdict(page, { headline: "Does not verify · 1 cause, 5 effects" });
  const evidence = ["evidence-changed", "export-B.ndjson"];
  expect(await savedReport(page)).toEqual(chioReport(folder, evidence));

  await drop(page, [join(folder, trust.path)]);
  await expectVerdict(page, { authentic: "Yes 3,799 / 3,799" });
  const words = [...evidence, "--trust", trust.path];
  expect(await savedReport(page)).toEqual(chioReport(folder, words));
});
