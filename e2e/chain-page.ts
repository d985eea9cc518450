import type { Locator, Page } from "playwright/test";
import { expect, go, start } from "./fixtures.ts";

/** Opens the choreography by its card, and its chains. */
export async function openChoreography(page: Page): Promise<void> {
  await start(page);
  await page.getByRole("button", { name: /^Choreography/ }).click();
  await openChains(page);
}

/** Goes to the chains of what is loaded, once they are there. */
export async function openChains(page: Page): Promise<void> {
  await go(page, "Chains");
  await expect(
    page.getByRole("main").getByRole("heading", { level: 1, name: /receipts?, [\d,]+ links?$/ }),
  ).toBeVisible({ timeout: 45_000 });
}

/** Walks from the receipt with that id, found by the field of the overview. */
export async function walkFrom(page: Page, id: string): Promise<void> {
  await page.getByRole("link", { name: "Chains", exact: true }).first().click();
  await page.getByLabel("Find a receipt by id").fill(id);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await settled(page);
}

/** Waits until the picture, tree or table is that of the address. */
export async function settled(page: Page): Promise<void> {
  await expect(chain(page)).toHaveAttribute("aria-busy", "false");
  await expect(page.getByText("Walking the links…")).toBeHidden();
}

export function chain(page: Page): Locator {
  return page.getByRole("region", { name: "Chain", exact: true });
}

/** What is known of the selected step. */
export function panel(page: Page): Locator {
  return page.getByRole("complementary", { name: "Selected step" });
}

export function tree(page: Page): Locator {
  return page.getByRole("tree", { name: "Causes and consequences" });
}

export function table(page: Page): Locator {
  return page.getByRole("grid", { name: "Steps of the chain" });
}

/** The picture as the keyboard has it. */
export function picture(page: Page): Locator {
  return page.getByRole("application", { name: /^Chain of / });
}

/** What is told to whoever does not see the picture. */
export function said(page: Page): Locator {
  return page.getByRole("main").locator("div[aria-live='polite']").last();
}

export async function choose(
  page: Page,
  group: "Direction" | "Shown as" | "Lanes by",
  name: string,
): Promise<void> {
  const choice = page
    .getByRole("radiogroup", { name: group })
    .getByRole("radio", { name, exact: true });
  await choice.click();
  await expect(choice).toBeChecked();
  await settled(page);
}

/** The number on a pill under the toolbar. */
export async function pillCount(page: Page, name: string): Promise<number> {
  return digitsOf((await pill(page, name).textContent()) ?? "");
}

export function pill(page: Page, name: string): Locator {
  return page
    .getByRole("group", { name: "Only what is" })
    .getByRole("button", { name: new RegExp(`^${name}\\s*[\\d,]+`) });
}

export function digitsOf(text: string): number {
  return Number(text.replaceAll(/[^0-9]/g, ""));
}

/** One row of the tree as a screen reader has it. */
export interface TreeRow {
  readonly level: number;
  readonly words: string;
  readonly selected: boolean;
}

/** Every row of the tree in its order: only those near the viewport are in the document. */
export async function treeRows(page: Page): Promise<readonly TreeRow[]> {
  return tree(page).evaluate(async (root) => {
    const rows = new Map<number, TreeRow>();
    root.scrollTop = 0;
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const row of root.querySelectorAll("[role=treeitem]")) {
        rows.set(Number(row.id.slice(row.id.lastIndexOf("-") + 1)), {
          level: Number(row.getAttribute("aria-level")),
          words: (row.textContent ?? "").replaceAll(/\s+/g, " ").trim(),
          selected: row.getAttribute("aria-selected") === "true",
        });
      }
      const before = root.scrollTop;
      root.scrollTop += Math.floor(root.clientHeight * 0.8);
      if (root.scrollTop === before) break;
    }
    root.scrollTop = 0;
    return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
  });
}

/** The id of a receipt as rows show it: its two ends. */
export function shortIdOf(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 7)}…${id.slice(-5)}`;
}

/** What is drawn on the canvas, as the library that draws it has it. */
export interface DrawnItem {
  readonly key: string;
  readonly marks: readonly string[];
  /** CSS pixels from the picture's left upper corner. */
  readonly x: number;
  readonly y: number;
}

/** Asks the drawing library, whose handle hangs on the element that it draws in: a canvas says nothing itself. */
export async function drawnItems(page: Page): Promise<readonly DrawnItem[]> {
  return picture(page)
    .getByRole("img")
    .first()
    .evaluate((image) => {
      const holder = image.querySelector("div");
      const { cy } = holder === null ? {} : Reflect.get(holder, "_cyreg");
      const items: DrawnItem[] = cy
        .nodes()
        .map(
          (node: {
            id(): string;
            classes(): string[];
            renderedPosition(): { x: number; y: number };
          }) => {
            const { x, y } = node.renderedPosition();
            return { key: node.id().slice(1), marks: node.classes(), x, y };
          },
        );
      return items;
    });
}
