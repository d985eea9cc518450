import { readFile, writeFile } from "node:fs/promises";
import { ndjsonOf } from "@/lib/verification/testing/steps.ts";
import { plainLines } from "./chain-files.ts";
import {
  choose,
  drawnItems,
  openChains,
  panel,
  settled,
  table,
  tree,
  treeRows,
  walkFrom,
} from "./chain-page.ts";
import { drop, dropMade, expect, start, test } from "./fixtures.ts";
import { HOSTILE_TEXTS } from "./hostile-lines.ts";
import { expectAlive, expectNothingRan } from "./unharmed.ts";

test("chains of hostile names, cycles and self-parents stay texts in every form", async ({
  page,
}) => {
  const long = "x".repeat(1024 * 1024);
  const names = [...HOSTILE_TEXTS, `${long}<img src=x onerror="window.planted='ran'">`];
  const steps = names.map((text, at) => ({
    id: text,
    parent: names[at - 1] ?? names.at(-1) ?? "",
    service: text,
    tool: at % 2 === 0 ? text : `events:produce:${text}`,
    at,
  }));
  const alone = { id: "<b>alone</b>", parent: "<b>alone</b>", service: "<i>", at: 40 };
  const orphan = { id: "orphan", parent: `"><script>window.planted='ran'</script>`, at: 50 };
  await start(page);
  page.on("dialog", () => expect("a dialog").toBe("never shown"));
  await dropMade(page, [{ name: "chains.ndjson", text: ndjsonOf([...steps, alone, orphan]) }]);
  await openChains(page);
  await expectNothingRan(page);
  for (const id of [names[0] ?? "", alone.id, orphan.id]) {
    await walkFrom(page, id);
    await choose(page, "Direction", "Both");
    await choose(page, "Lanes by", "Topic");
    await expect.poll(async () => (await drawnItems(page)).length).toBeGreaterThan(0);
    await expect(panel(page)).toContainText(id);
    await choose(page, "Shown as", "Tree");
    expect((await treeRows(page)).length).toBeGreaterThan(0);
    await choose(page, "Shown as", "Table");
    await expect(table(page).getByRole("row").nth(1)).toBeVisible();
    await expectNothingRan(page);
    await choose(page, "Shown as", "Graph");
  }
  await walkFrom(page, names[0] ?? "");
  await page.getByRole("button", { name: "Statistics" }).click();
  await expect(page.getByRole("dialog")).toContainText("Begins and ends");
  await page.keyboard.press("Escape");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the chain" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "SVG", exact: true }).click();
  const svg = await readFile(await (await coming).path(), "utf8");
  const problems = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    return [
      ...parsed.querySelectorAll("parsererror, script, image, foreignObject, [onload], [onerror]"),
    ].map(({ localName }) => localName);
  }, svg);
  expect(problems).toEqual([]);
  await page.keyboard.press("Escape");
  await expectNothingRan(page);
  await expectAlive(page);
});

test("a root of 50,000 consequences and a chain of 20,000 steps are walked", async ({
  page,
}, info) => {
  const path = info.outputPath("large.ndjson");
  const wide = Array.from({ length: 50_000 }, (_, at) => ({
    id: `wide-${at}`,
    parent: "wide",
    tool: "send_mail",
    denied: at === 49_999,
  }));
  const deep = Array.from({ length: 20_000 }, (_, at) => ({
    id: `deep-${at}`,
    ...(at === 0 ? {} : { parent: `deep-${at - 1}` }),
    tool: "hand_on",
  }));
  await writeFile(path, plainLines([{ id: "wide", tool: "begin" }, ...wide, ...deep]));
  await start(page);
  await drop(page, [path]);
  await openChains(page);
  await walkFrom(page, "wide");
  await expect(
    page.getByRole("main").getByRole("button", { name: "50,001 receipts" }),
  ).toBeVisible();
  await expect.poll(async () => (await drawnItems(page)).length).toBeLessThan(800);
  await choose(page, "Shown as", "Tree");
  const words = (await treeRows(page)).map((row) => row.words);
  expect(words.length).toBe(3);
  expect(words.join(" ")).toMatch(/× 49,999 send_mail/);
  expect(words.join(" ")).toMatch(/send_mail tool call ?Denied/);
  await tree(page).getByRole("treeitem").filter({ hasText: "× 49,999" }).dblclick();
  await settled(page);
  expect((await treeRows(page)).length).toBeLessThanOrEqual(800);
  await choose(page, "Shown as", "Table");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "50002");
  await table(page).press("End");
  await expect(table(page).getByRole("row").last()).toContainText("wide-49999");

  await walkFrom(page, "deep-0");
  await choose(page, "Shown as", "Graph");
  await choose(page, "Direction", "Forward");
  await expect(
    page.getByRole("status").filter({ hasText: /^Depth [\d,]+ of 19,999$/ }),
  ).toBeVisible();
  await expect.poll(async () => (await drawnItems(page)).length).toBeGreaterThan(10);
  await walkFrom(page, "deep-19999");
  await expect(panel(page).getByRole("region", { name: "Path to the root cause" })).toContainText(
    "The first 500 lines.",
  );
  await page.getByRole("button", { name: "Statistics" }).click();
  await expect(page.getByRole("dialog")).toContainText(/Depth[\d,]+ steps one after the other/);
  await page.keyboard.press("Escape");
  await expectNothingRan(page);
  await expectAlive(page);
});
