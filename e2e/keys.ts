import type { Locator, Page } from "playwright/test";
import { expect } from "./fixtures.ts";

/** The element that has the focus is on the screen, and a ring says so. */
export async function expectFocusSeen(page: Page, where: string): Promise<void> {
  const look = () =>
    page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return "nothing has the focus";
      // A grid shows its ring on the cell that it names.
      const named = focused.getAttribute("aria-activedescendant");
      const shown = (named === null ? null : document.getElementById(named)) ?? focused;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
      // An editor shows it around the whole of its text.
      const own = getComputedStyle(focused.closest(".cm-editor") ?? focused);
      const box = shown.getBoundingClientRect();
      if (box.bottom <= 0 || box.top >= innerHeight || box.width === 0) return "out of sight";
      const ringed =
        (outlineStyle !== "none" && outlineWidth !== "0px") ||
        (own.outlineStyle !== "none" && own.outlineWidth !== "0px") ||
        boxShadow !== "none";
      return ringed ? "seen" : `no ring on ${shown.outerHTML.slice(0, 120)}`;
    });
  // An editor draws its ring a moment after it has the focus.
  await expect.poll(look, { message: where, timeout: 2_000 }).toBe("seen");
}

/** Where a control is looked for, and after how many presses it has to be reached. */
interface Reach {
  /** The page where nothing is said. */
  readonly inside?: Locator;
  readonly most?: number;
}

/** Presses Tab until the focus is on what is wanted; a trap or an unreachable control fails here. */
export async function tabTo(
  page: Page,
  role: Role,
  name: RegExp,
  reach: Reach = {},
): Promise<void> {
  const { inside = page.locator("body"), most = 60 } = reach;
  const wanted = inside.getByRole(role, { name });
  await expect(wanted.first()).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await inside.locator("*:focus").and(wanted).count()) > 0) {
      await expectFocusSeen(page, `${role} ${name}`);
      return;
    }
  }
  expect(`${role} ${name}`, `reached by ${most} presses of Tab`).toBe("focused");
}

type Role = Parameters<Page["getByRole"]>[0];

/** Goes to a control and presses it. */
export async function pressOn(
  page: Page,
  role: Role,
  name: RegExp,
  reach: Reach = {},
): Promise<void> {
  await tabTo(page, role, name, reach);
  await page.keyboard.press("Enter");
}
