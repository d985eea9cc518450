import type { Page } from "playwright/test";
import { causesOf, type SampleTruth, sampleTruth } from "./chain-files.ts";
import {
  choose,
  openChoreography,
  panel,
  picture,
  said,
  settled,
  tree,
  walkFrom,
} from "./chain-page.ts";
import { expect, start, test } from "./fixtures.ts";

/** The denied call with a sibling that went on. */
const DENIED = "read_contract";
const SIBLING = "decrement_stock";

/** Receipts that a step may be, by what is told of it: one of the causes of those before. */
function causesNamed(truth: SampleTruth, ids: readonly string[], told: string): readonly string[] {
  const causes = causesOf(truth.found);
  return ids
    .flatMap((id) => causes.get(id) ?? [])
    .filter((id) => told.startsWith(`${spoken(truth.receipts.get(id)?.tool ?? "")}, `));
}

/** `order.placed, produce` of `events:produce:order.placed`. */
function spoken(tool: string): string {
  const [, kind, topic] = /^events:(produce|consume):(.+)$/.exec(tool) ?? [];
  return kind === undefined ? `${tool}, tool call` : `${topic}, ${kind}`;
}

/** Presses Tab until the focus is on what is wanted. */
async function tabTo(
  page: Page,
  role: "button" | "link" | "radio" | "tree" | "application",
  name: RegExp,
): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const reached = page.locator("*:focus").and(page.getByRole(role, { name }));
    if ((await reached.count()) > 0) return;
  }
  expect(`${role} ${name}`, "reached by 60 presses of Tab").toBe("focused");
}

/** From the Open page to the denied call's chain, by keyboard alone. */
async function openDeniedCall(page: Page): Promise<void> {
  await start(page);
  await tabTo(page, "button", /^Choreography/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Does not verify/ })).toBeVisible({
    timeout: 45_000,
  });
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page.getByRole("heading", { name: "Denied last" })).toBeVisible();
  await tabTo(page, "link", new RegExp(`^${DENIED} tool call Denied`));
  await page.keyboard.press("Enter");
  await settled(page);
}

/** The way from a tool's receipt, as the live region begins it. */
function begins(words: string): RegExp {
  return new RegExp(`^${words.replaceAll(".", "\\.")}[,;]`);
}

/** Nothing that one does may leave the keyboard nowhere. */
async function expectFocus(page: Page): Promise<void> {
  const tag = await page.evaluate(() => document.activeElement?.tagName ?? "none");
  expect(tag, "the element with the focus").not.toBe("BODY");
}

test("from a denied call to its root cause and back to its sibling in the graph, by keyboard alone", async ({
  page,
}) => {
  const truth = await sampleTruth();
  const call = truth.found.receipts.find(
    ({ tool, verdict }) => tool === DENIED && verdict === "deny",
  );
  await openDeniedCall(page);
  await tabTo(page, "application", /^Chain of read_contract tool call/);
  const press = async (key: string, tells: string | RegExp) => {
    await page.keyboard.press(key);
    await expect(said(page), key).toHaveText(tells);
    await expect(picture(page), key).toBeFocused();
  };
  const denied =
    /^read_contract, tool call, denied by forbidden-path; .*; cause order\.confirmed consume/;
  await press("Home", denied);

  await page.keyboard.press("b");
  await settled(page);
  await expect(page.getByRole("radio", { name: "Root cause" })).toBeChecked();
  // At a join the arrow takes one of the causes: whichever it tells must be one.
  const way: string[] = [];
  let at: readonly string[] = [call?.id ?? ""];
  while (at.some((id) => !truth.found.roots.includes(id))) {
    const before = await said(page).textContent();
    await page.keyboard.press("ArrowLeft");
    await expect(said(page)).not.toHaveText(before ?? "");
    const told = (await said(page).textContent()) ?? "";
    at = causesNamed(truth, at, told);
    expect(at.length, told).toBeGreaterThan(0);
    way.push(told.slice(0, told.indexOf(";")));
  }
  expect(way.at(-1)).toBe("order.placed, produce, allowed");
  await expect(said(page)).toHaveText(/no cause drawn/);
  await press("ArrowLeft", "No cause is known.");
  for (const told of way.slice(0, -1).reverse()) await press("ArrowRight", begins(told));
  await press("ArrowRight", denied);

  // Its siblings are not on the way to the root cause: the arrow opens what is not drawn.
  await press("ArrowDown", begins(`${SIBLING}, tool call, allowed`));
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(`${SIBLING} tool call`);
  await press("ArrowLeft", begins("order.confirmed, consume, allowed"));
  await press("ArrowRight", begins(`${SIBLING}, tool call, allowed`));
  await press("Home", denied);

  await page.keyboard.press("]");
  await expectFocus(page);
  await press("Escape", "Nothing is selected.");
  await press("ArrowLeft", denied);
});

test("depth, folds and stubs by keyboard", async ({ page }) => {
  const { hot } = await sampleTruth();
  await openChoreography(page);
  await walkFrom(page, hot);
  await choose(page, "Direction", "Forward");
  const depth = page.getByRole("status").filter({ hasText: /^Depth / });
  const [, furthest = ""] = /of (\d+)/.exec((await depth.textContent()) ?? "") ?? [];
  await picture(page).focus();
  const press = async (key: string, tells: string | RegExp) => {
    await page.keyboard.press(key);
    await expect(said(page), key).toHaveText(tells);
    await expect(picture(page), key).toBeFocused();
  };
  // However fast: no press is lost.
  for (let hops = 1; hops < Number(furthest); hops += 1) await page.keyboard.press("[");
  await expect(depth).toHaveText(`Depth 1 of ${furthest}`);
  await page.keyboard.press("]");
  await expect(depth).toHaveText(`Depth 2 of ${furthest}`);
  await page.keyboard.press("[");
  await expect(depth).toHaveText(`Depth 1 of ${furthest}`);
  await settled(page);
  await expect(picture(page)).toBeFocused();

  // At one hop every consequence has its own hidden: an arrow opens them.
  await press("Home", begins("order.placed, produce, allowed"));
  await press("ArrowRight", begins("order.placed, consume, allowed"));
  await press("ArrowRight", /^[a-z_]+, tool call, allowed/);
  await press("ArrowLeft", begins("order.placed, consume, allowed"));
  await page.goBack();
  await settled(page);
  for (let hops = 1; hops < Number(furthest); hops += 1) await page.keyboard.press("]");
  await expect(depth).toHaveText(`Depth ${furthest} of ${furthest}`);
  await settled(page);
});

test("from a denied call to its root cause and to its sibling in the tree, by keyboard alone", async ({
  page,
}) => {
  await openDeniedCall(page);
  await tabTo(page, "radio", /^Graph$/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(tree(page)).toBeVisible();
  await tabTo(page, "tree", /^Causes and consequences$/);
  const denied = /^read_contract tool call ?Denied/;
  const press = async (key: string): Promise<TreeStand> => {
    const before = await standsAt(page);
    await page.keyboard.press(key);
    await expect.poll(() => standsAt(page), { message: key }).not.toEqual(before);
    await expect(tree(page), key).toBeFocused();
    return standsAt(page);
  };
  const start = await standsAt(page);
  expect(start.words).toMatch(denied);
  expect((await press("ArrowDown")).words).toMatch(/^dead-letter produce/);
  expect((await press("ArrowLeft")).words).toMatch(denied);

  await page.keyboard.press("b");
  await settled(page);
  await expect(page.getByRole("radio", { name: "Root cause" })).toBeChecked();
  await expect(tree(page)).toBeFocused();
  // An open row closes first, then the arrow leads to its cause.
  let at = await standsAt(page);
  for (let presses = 0; at.level > 1 && presses < 40; presses += 1) at = await press("ArrowLeft");
  expect(at.words).toMatch(/^order\.placed produce/);
  expect(at.level).toBe(1);
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText("order.placed produce");
  for (let presses = 0; !denied.test(at.words) && presses < 40; presses += 1) {
    at = await press("ArrowRight");
  }
  expect(at).toMatchObject({ words: expect.stringMatching(denied), level: start.level });

  for (let presses = 0; !/^1 more consequence/.test(at.words) && presses < 4; presses += 1) {
    at = await press("ArrowDown");
  }
  expect(at.level).toBe(start.level);
  await page.keyboard.press("Enter");
  await expect(said(page)).toHaveText(begins(`${SIBLING}, tool call, allowed`));
  await expect(tree(page)).toBeFocused();
  await expect
    .poll(() => standsAt(page))
    .toMatchObject({ words: expect.stringMatching(`^${SIBLING} tool call`), level: start.level });
  await page.keyboard.press("Escape");
  await expect(panel(page)).toContainText("Nothing is selected.");
  await expect(tree(page)).toBeFocused();
});

/** The row on which the tree stands. */
interface TreeStand {
  readonly words: string;
  readonly level: number;
  readonly expanded: string | null;
}

function standsAt(page: Page): Promise<TreeStand> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
    const row = document.getElementById(id);
    return {
      words: row?.textContent ?? "",
      level: Number(row?.getAttribute("aria-level") ?? 0),
      expanded: row?.getAttribute("aria-expanded") ?? null,
    };
  });
}
