import type { Locator } from "playwright/test";
import { objectAt, text } from "@/kernel/receipt/read.ts";
import type { Receipt } from "@/lib/demo/choreography/testing/recount.ts";
import { ancestors, causesOf, descendants, type SampleTruth, sampleTruth } from "./chain-files.ts";
import {
  choose,
  digitsOf,
  drawnItems,
  openChoreography,
  panel,
  pill,
  pillCount,
  settled,
  shortIdOf,
  table,
  tree,
  treeRows,
  walkFrom,
} from "./chain-page.ts";
import { expect, test } from "./fixtures.ts";

/** What the page says of the sample's chains, held against a count that nothing of the product made. */

const EVENT = /^events:(produce|consume):(.+)$/;

function topicOf(receipt: Receipt | undefined): string {
  return EVENT.exec(receipt?.tool ?? "")?.[2] ?? "";
}

function serviceOf(receipt: Receipt | undefined): string {
  const metadata = receipt === undefined ? null : objectAt(receipt.value, "metadata");
  return text(objectAt(metadata ?? {}, "chio_explorer") ?? {}, "service");
}

/** A step as the panel names it. */
function stepWords(receipt: Receipt | undefined): string {
  const [, kind, topic] = EVENT.exec(receipt?.tool ?? "") ?? [];
  return kind === undefined ? `${receipt?.tool} tool call` : `${topic} ${kind}`;
}

/** The first denied receipt of a tool. */
function deniedOf({ found }: SampleTruth, tool: string): Receipt {
  const receipt = found.receipts.find((one) => one.tool === tool && one.verdict === "deny");
  if (receipt === undefined) throw new RangeError(`no denied ${tool}`);
  return receipt;
}

/** Receipts of a list in the panel, by the ends of their ids. */
async function listed(list: Locator): Promise<readonly string[]> {
  const texts = await list.getByRole("listitem").allTextContents();
  return texts.map((one) => /[0-9a-f]{7}…[0-9a-f]{5}/.exec(one)?.[0] ?? one);
}

test("counts, cuts and the table of the hottest root are those of the files", async ({ page }) => {
  const truth = await sampleTruth();
  const { found, receipts, hot } = truth;
  const below = descendants(found, hot);
  const walked = [hot, ...below].map((id) => receipts.get(id)).filter((one) => one !== undefined);
  const root = receipts.get(hot);
  const within = new Set([hot, ...below]);
  const neighbours = (id: string): readonly string[] => [
    ...(found.children.get(id) ?? []),
    ...(causesOf(found).get(id) ?? []),
  ];
  const denied = walked.filter(({ verdict }) => verdict === "deny");
  await openChoreography(page);
  await walkFrom(page, hot);
  await choose(page, "Direction", "Forward");

  const summary = page.getByRole("main").getByRole("button", { name: /^[\d,]+ receipts$/ });
  await expect(summary).toHaveText(`${walked.length.toLocaleString("en")} receipts`);
  const capability = (one: Receipt | undefined) => text(one?.value ?? {}, "capability_id");
  expect({
    Denied: await pillCount(page, "Denied"),
    "Not verified": await pillCount(page, "Not verified"),
    "Root path": await pillCount(page, "Root path"),
    Leaves: await pillCount(page, "Leaves"),
    "Across services": await pillCount(page, "Across services"),
    "This capability": await pillCount(page, "This capability"),
    "This topic": await pillCount(page, "This topic"),
  }).toEqual({
    Denied: denied.length,
    "Not verified": truth.edited.filter((id) => within.has(id)).length,
    "Root path": 0,
    Leaves: walked.filter(({ id }) => (found.children.get(id) ?? []).length === 0).length,
    "Across services": walked.filter((one) =>
      neighbours(one.id).some((id) => {
        const other = serviceOf(receipts.get(id));
        return within.has(id) && other !== "" && other !== serviceOf(one);
      }),
    ).length,
    "This capability": walked.filter((one) => capability(one) === capability(root)).length,
    "This topic": walked.filter((one) => topicOf(one) === topicOf(root)).length,
  });

  await choose(page, "Shown as", "Table");
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(walked.length + 1));

  await choose(page, "Shown as", "Tree");
  const whole = await treeRows(page);
  expect(whole.some(({ words }) => words.startsWith("× 412 send_invoice"))).toBe(true);
  await pill(page, "Denied").click();
  await settled(page);
  await expect(pill(page, "Denied")).toHaveAttribute("aria-pressed", "true");
  const rows = await treeRows(page);
  const joins = new Set(denied.flatMap(({ id }) => [id, ...ancestors(found, id)]));
  const allowed = new Set([...joins].filter((id) => within.has(id)).map(shortIdOf));
  const shown = rows.flatMap(({ words }) => /[0-9a-f]{7}…[0-9a-f]{5}/.exec(words)?.[0] ?? []);
  expect(shown.filter((id) => !allowed.has(id))).toEqual([]);
  expect(shown).toEqual(expect.arrayContaining(denied.map(({ id }) => shortIdOf(id))));
  expect(shown).toContain(shortIdOf(hot));
  expect(rows.filter(({ words }) => words.includes("not drawn")).length).toBeGreaterThan(0);
});

test("one selection in graph, tree and table, and the tree holds what is drawn", async ({
  page,
}) => {
  const truth = await sampleTruth();
  const call = deniedOf(truth, "read_contract");
  await openChoreography(page);
  await walkFrom(page, truth.hot);
  await choose(page, "Direction", "Forward");
  const drawn = await drawnItems(page);
  await choose(page, "Shown as", "Tree");
  const rows = await treeRows(page);
  const once = rows.filter(({ words }) => !words.includes("already shown above"));
  expect(once.length).toBe(drawn.length);

  const row = tree(page)
    .getByRole("treeitem")
    .filter({ hasText: shortIdOf(call.id) });
  await tree(page).evaluate((root) => root.scrollTo(0, root.scrollHeight / 3));
  while ((await row.count()) === 0) await tree(page).press("PageDown");
  await row.first().click();
  await expect(row.first()).toHaveAttribute("aria-selected", "true");
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(stepWords(call));

  await choose(page, "Shown as", "Table");
  const chosen = table(page).locator("[aria-selected='true']");
  await expect(chosen).toHaveCount(1);
  await expect(chosen).toContainText("read_contract");
  await expect(chosen).toContainText("Denied");
  await expect(chosen).toBeInViewport();
  await table(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(chosen).not.toContainText("read_contract");
  await page.keyboard.press("ArrowUp");
  await expect(chosen).toContainText("read_contract");

  await choose(page, "Shown as", "Graph");
  await expect
    .poll(
      async () => (await drawnItems(page)).filter(({ marks }) => marks.includes("selected")).length,
    )
    .toBe(1);
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(stepWords(call));
});

test("where denied calls stopped, and both branches of a join before one", async ({ page }) => {
  const truth = await sampleTruth();
  const { found, receipts } = truth;
  const call = deniedOf(truth, "read_contract");
  const led = ancestors(found, call.id);
  const [cause = ""] = causesOf(found).get(call.id) ?? [];
  const isAllowed = (id: string) => receipts.get(id)?.verdict === "allow";
  await openChoreography(page);
  await walkFrom(page, call.id);
  const stopped = panel(page).getByRole("region", { name: "Where it stopped" });
  await expect(stopped).toContainText(`Ran before (${[...led].filter(isAllowed).length})`);
  expect(await listed(stopped.getByRole("list", { name: "Went on beside it" }))).toEqual(
    (found.children.get(cause) ?? [])
      .filter((id) => id !== call.id && isAllowed(id))
      .map(shortIdOf),
  );
  const alike = found.receipts.filter(
    (one) =>
      one.tool === call.tool && one.verdict === "allow" && serviceOf(one) === serviceOf(call),
  );
  expect(alike.flatMap(({ id }) => found.children.get(id) ?? [])).toEqual([]);
  await expect(stopped).toContainText(`of ${alike.length} allowed steps of this kind, none led on`);
  expect(
    await listed(stopped.getByRole("list", { name: "Names it as its cause all the same" })),
  ).toEqual((found.children.get(call.id) ?? []).map(shortIdOf));

  // The order's two branches come together above it: every list of the way shows both.
  const path = await listed(panel(page).getByRole("region", { name: "Path to the root cause" }));
  expect(new Set(path)).toEqual(new Set([call.id, ...led].map(shortIdOf)));
  await expect(panel(page).getByRole("heading", { name: /^Path to the root cause/ })).toContainText(
    `${led.size + 1} steps`,
  );
  const consumes = ["payment.charged consume", "stock.reserved consume"];
  const join = [...led].find((id) => receipts.get(id)?.tool === "merge_saga") ?? "";
  expect((causesOf(found).get(join) ?? []).map((id) => stepWords(receipts.get(id))).sort()).toEqual(
    consumes,
  );
  await expect
    .poll(
      async () => (await drawnItems(page)).filter(({ marks }) => marks.includes("on-path")).length,
    )
    .toBe(led.size + 1);
  await choose(page, "Shown as", "Tree");
  const rows = await treeRows(page);
  const above = rows.flatMap(({ words, level }, at) => {
    if (!words.startsWith("merge_saga")) return [];
    const parent = rows.slice(0, at).findLast((row) => row.level === level - 1);
    return parent === undefined ? [] : [consumes.find((one) => parent.words.startsWith(one))];
  });
  expect(above.sort()).toEqual(consumes);

  // A refused charge keeps much from happening: what other charges led on to.
  const charge = deniedOf(truth, "charge_payment");
  const charged = found.receipts.filter(
    (one) =>
      one.tool === charge.tool && one.verdict === "allow" && serviceOf(one) === serviceOf(charge),
  );
  // Allowed charges lead on to an event, and that to what other services take from it.
  const counts = new Map<string, number>();
  for (const { id } of charged) {
    const events = found.children.get(id) ?? [];
    const taken = events.flatMap((event) => found.children.get(event) ?? []);
    const kinds = [...events, ...taken].map((one) => {
      const receipt = receipts.get(one);
      return `${serviceOf(receipt)} ${stepWords(receipt)}`;
    });
    for (const kind of new Set(kinds)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  await walkFrom(page, charge.id);
  await expect(stopped).toContainText("Its cause had no other consequence.");
  const never = stopped.getByRole("listitem").filter({ hasText: ` of ${charged.length}` });
  const most = [...counts.values()].sort((a, b) => b - a).slice(0, 5);
  await expect(never).toHaveCount(most.length);
  const shown = (await never.allTextContents()).map((one) =>
    digitsOf(/(\d+) of \d+$/.exec(one)?.[1] ?? ""),
  );
  expect(shown).toEqual(most);
  await expect(never.first()).toContainText("payment.charged");
});
