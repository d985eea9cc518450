import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "playwright/test";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { utf8 } from "@/kernel/encoding.ts";
import { BACKWARD, documentationChain, FORWARD } from "@/lib/cli/testing/documentation.ts";
import { buildSample } from "@/lib/demo/samples.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import { descendants, sampleTruth } from "./chain-files.ts";
import { choose, openChains, treeRows, walkFrom } from "./chain-page.ts";
import { drop, dropMade, expect, start, test } from "./fixtures.ts";

/** Saves the chain in one of its forms, and reads the saved file. */
async function exported(page: Page, form: string): Promise<Buffer> {
  await page.getByRole("button", { name: "Export the chain" }).click();
  const dialog = page.getByRole("dialog", { name: "Export the chain" });
  const coming = page.waitForEvent("download");
  await dialog.getByRole("button", { name: form, exact: true }).click();
  const bytes = await readFile(await (await coming).path());
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  return bytes;
}

/** What an XML document holds, by the browser's own parser: counts by element, and its text. */
function parsedXml(page: Page, xml: string) {
  return page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, "application/xml");
    const count = (name: string) => parsed.getElementsByTagName(name).length;
    return {
      problem: parsed.querySelector("parsererror")?.textContent ?? null,
      root: parsed.documentElement.localName,
      nodes: count("node"),
      edges: count("edge"),
      scripts: count("script"),
      text: parsed.documentElement.textContent ?? "",
    };
  }, xml);
}

/** What the command says, by the command that people run. */
function chio(cwd: string, words: readonly string[]): string {
  const script = join(process.cwd(), "scripts/chio.mjs");
  const done = spawnSync(process.execPath, [script, "receipt", "chain", ...words], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: cwd },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.stdout === "") throw new Error(`chio receipt chain said nothing: ${done.stderr}`);
  return done.stdout;
}

test("the choreography's chain is saved in every form, and its text is the command's", async ({
  page,
}, info) => {
  const { found, hot } = await sampleTruth();
  const ports = { primitives: { sha256, utf8 }, sign: await webSign() };
  const { files } = await buildSample("choreography", ports);
  const folder = info.outputPath("sample");
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const names = [...new Set(files.map(({ path }) => path.split("/")[0] ?? path))];
  await start(page);
  await drop(
    page,
    names.map((name) => join(folder, name)),
  );
  await openChains(page);
  await walkFrom(page, hot);
  await choose(page, "Direction", "Forward");

  const svg = await parsedXml(page, (await exported(page, "SVG")).toString("utf8"));
  expect(svg).toMatchObject({ problem: null, root: "svg", scripts: 0 });
  for (const lane of ["order-service", "payment-service", "inventory-agent", "shipping-service"]) {
    expect(svg.text).toContain(lane);
  }
  const png = await exported(page, "PNG");
  expect(png.subarray(0, 8)).toEqual(Buffer.from("89504e470d0a1a0a", "hex"));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)].every((side) => side > 400)).toBe(true);

  const walked = new Set([hot, ...descendants(found, hot)]);
  const links = [...found.links.keys()].filter((pair) =>
    pair.split(" ").every((id) => walked.has(id)),
  );
  const graphml = await parsedXml(page, (await exported(page, "GraphML")).toString("utf8"));
  expect(graphml).toMatchObject({
    problem: null,
    root: "graphml",
    nodes: walked.size,
    edges: links.length,
  });
  const dot = (await exported(page, "DOT")).toString("utf8");
  expect(dot).toMatch(/^digraph /);
  expect(dot.match(/ -> /g)?.length).toBe(links.length);

  const text = (await exported(page, "Text")).toString("utf8");
  expect(text).toBe(chio(folder, [hot, "--direction", "forward", ...names]));
  const json = JSON.parse((await exported(page, "JSON")).toString("utf8"));
  const words = [hot, "--direction", "forward", "--depth", String(json.depth), "--json", ...names];
  expect(json).toEqual(JSON.parse(chio(folder, words)));
});

test("the documentation's example gives the documentation's trees", async ({ page }) => {
  const lines = documentationChain("abbreviated").map((receipt) => JSON.stringify(receipt));
  await start(page);
  await dropMade(page, [{ name: "example.ndjson", text: `${lines.join("\n")}\n` }]);
  await openChains(page);
  await walkFrom(page, "rcpt_001");
  await choose(page, "Direction", "Forward");
  expect((await exported(page, "Text")).toString("utf8")).toBe(FORWARD);
  await choose(page, "Shown as", "Tree");
  const rows = await treeRows(page);
  expect(rows.map(({ level, words }) => [level, /rcpt_\d+/.exec(words)?.[0]])).toEqual(
    [1, 2, 3, 4, 5].map((level) => [level, `rcpt_00${level}`]),
  );

  await walkFrom(page, "rcpt_005");
  await choose(page, "Direction", "Root cause");
  expect((await exported(page, "Text")).toString("utf8")).toBe(BACKWARD);
});
