import type { Page } from "playwright/test";
import { ndjsonOf, type Step } from "@/lib/verification/testing/steps.ts";
import { sampleTruth } from "./chain-files.ts";
import {
  choose,
  type DrawnItem,
  drawnItems,
  openChains,
  openChoreography,
  panel,
  picture,
  pill,
  settled,
  tree,
  treeRows,
  walkFrom,
} from "./chain-page.ts";
import { dropMade, expect, go, start, test } from "./fixtures.ts";
import { expectVerdict, finding } from "./verdict.ts";

/** One of each broken kind of link, and the sentence that tells of it. */
const BROKEN: readonly (readonly [string, RegExp, readonly Step[]])[] = [
  ["LNK-001", /names the parent gone, which is not loaded/, [{ id: "child", parent: "gone" }]],
  ["LNK-004", /names itself as its parent/, [{ id: "self", parent: "self" }]],
  [
    "LNK-005",
    /is its own cause, by way of others/,
    [
      { id: "one", parent: "three" },
      { id: "two", parent: "one" },
      { id: "three", parent: "two" },
    ],
  ],
  [
    "LNK-006",
    /is earlier than the parent that it names/,
    [
      { id: "late", at: 9 },
      { id: "early", parent: "late", at: 8 },
    ],
  ],
  [
    "LNK-007",
    /names a denied call as its parent/,
    [
      { id: "denied", decision: "deny" },
      { id: "after", parent: "denied" },
    ],
  ],
  [
    "LNK-008",
    /should have a parent, and names none/,
    [
      { id: "made", tool: "events:produce:orders" },
      { id: "taken", tool: "events:consume:orders" },
    ],
  ],
];

test("each broken kind of link is told in words, and leads to its chain", async ({ page }) => {
  const text = ndjsonOf(BROKEN.flatMap(([, , steps]) => steps));
  await start(page);
  await dropMade(page, [{ name: "broken-links.ndjson", text }]);
  await expectVerdict(page, { headline: "Self-consistent · no key pinned" });
  for (const [code, sentence] of BROKEN) {
    await go(page, "Verify");
    const notes = page.getByRole("button", { name: /^Notes/ });
    await expect(notes).toBeVisible();
    if ((await notes.getAttribute("aria-expanded")) !== "true") await notes.click();
    const card = finding(page, sentence);
    await expect(card, code).toContainText(code);
    const head = card.getByRole("button", { name: sentence });
    if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
    await card.getByRole("link", { name: "Show chain" }).click();
    await expect(page).toHaveURL((url) => url.pathname === "/graph");
    await settled(page);
    await expect(panel(page).getByRole("heading", { level: 2 }), code).toBeVisible();
    await expect.poll(async () => (await drawnItems(page)).length, code).toBeGreaterThan(0);
  }
});

test("a link restores the view, and one for other files says so", async ({ page }) => {
  const { hot } = await sampleTruth();
  await openChoreography(page);
  await walkFrom(page, hot);
  await choose(page, "Direction", "Forward");
  await choose(page, "Lanes by", "Topic");
  await choose(page, "Shown as", "Tree");
  await pill(page, "Denied").click();
  await settled(page);
  const stub = tree(page).getByRole("treeitem").filter({ hasText: "more consequences not drawn" });
  await stub.first().dblclick();
  await settled(page);
  await expect(page).toHaveURL(/open=/);
  await expect(page).toHaveURL(/sel=/);
  const before = await treeRows(page);
  const address = page.url();

  await page.reload();
  await expect(page).toHaveURL(address);
  await page.getByRole("link", { name: /^Open/ }).first().click();
  await page.getByRole("button", { name: /^Choreography/ }).click();
  await openChains(page);
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, new URL(address).hash);
  await settled(page);
  await expect(tree(page)).toBeVisible();
  await expect(pill(page, "Denied")).toHaveAttribute("aria-pressed", "true");
  expect(await treeRows(page)).toEqual(before);

  await page.evaluate(() => {
    window.location.hash = "focus=r4000000";
  });
  await expect(page.getByText("This chain is not here")).toBeVisible();
  await expect(page.getByText("The link may have been made for other files")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "All chains" }).click();
  await expect(page.getByRole("heading", { name: "Denied last" })).toBeVisible();
});

/** Where an item stands on the screen, once it stands still. */
async function placeOf(page: Page, key: string): Promise<DrawnItem> {
  let found: DrawnItem | undefined;
  await expect
    .poll(async () => {
      const before = found;
      found = (await drawnItems(page)).find((item) => item.key === key);
      return found !== undefined && before?.x === found.x && before.y === found.y;
    })
    .toBe(true);
  if (found === undefined) throw new RangeError("nothing is drawn");
  return found;
}

test("the chosen step is in sight from the start, with nothing over it", async ({ page }) => {
  await openChoreography(page);
  for (const at of [0, 1, 2]) {
    await page
      .getByRole("main")
      .getByRole("link", { name: /Denied/ })
      .nth(at)
      .click();
    await settled(page);
    await expect.poll(async () => (await drawnItems(page)).length).toBeGreaterThan(3);
    const key = new URL(page.url()).hash.replace(/^#focus=([^&]*).*$/, "$1");
    const { x, y } = await placeOf(page, key);
    const over = await picture(page)
      .getByRole("img")
      .first()
      .evaluate(
        (image, [left, top]) => {
          const box = image.getBoundingClientRect();
          // Its label stands below it.
          return [0, 30].map((below) => {
            const hit = document.elementFromPoint(box.left + left, box.top + top + below);
            return image.contains(hit) ? "" : (hit?.outerHTML.slice(0, 200) ?? "nothing");
          });
        },
        [x, y] as const,
      );
    expect(over, key).toEqual(["", ""]);
    await page.getByRole("main").getByRole("link", { name: "Chains", exact: true }).click();
  }
});

test("the selected step stays where it is while the picture grows", async ({ page }) => {
  const { hot } = await sampleTruth();
  await openChoreography(page);
  await walkFrom(page, hot);
  await choose(page, "Direction", "Forward");
  const depth = page.getByRole("status").filter({ hasText: /^Depth/ });
  const hops = async (key: "[" | "]", times: number) => {
    for (let press = 0; press < times; press += 1) {
      const before = (await depth.textContent()) ?? "";
      await page.keyboard.press(key);
      await expect(depth).not.toHaveText(before);
    }
    await settled(page);
  };
  await picture(page).focus();
  await hops("[", 11);
  for (const key of ["Home", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  const selected = async () =>
    (await drawnItems(page)).find(({ marks }) => marks.includes("selected"));
  await expect.poll(async () => (await selected())?.key).not.toBe(undefined);
  const key = (await selected())?.key ?? "";
  const at = await placeOf(page, key);
  const drawn = (await drawnItems(page)).length;
  for (let grown = 0; grown < 4; grown += 1) {
    await hops("]", 2);
    const { x, y } = await placeOf(page, key);
    expect([x, y].map(Math.round), `${grown}`).toEqual([at.x, at.y].map(Math.round));
  }
  expect((await drawnItems(page)).length).toBeGreaterThan(drawn + 20);
});
