import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright/test";
import { expect } from "./fixtures.ts";

const THEMES = ["light", "dark"] as const;

/** The parts of axe that are used here. */
interface Axe {
  run(options: object): Promise<{
    violations: { id: string; help: string; nodes: { target: unknown[]; html: string }[] }[];
  }>;
}

/** Holds a page to axe in both themes. It comes in by the debugger: the page's policy lets no script tag in. */
export async function expectNoViolation(page: Page, where: string): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await drawnIn(page, colorScheme);
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await axeSource());
    const violations = await page.evaluate(async () => {
      const axe: Axe = Reflect.get(window, "axe");
      const found = await axe.run({ resultTypes: ["violations"] });
      return found.violations.map(
        ({ id, help, nodes }) =>
          `${id} (${help}): ${nodes.map(({ target, html }) => `${target.join(" ")} ${html.slice(0, 160)}`).join("; ")}`,
      );
    });
    expect(violations, `${where}, ${colorScheme}`).toEqual([]);
  }
}

/** The browser has changed to the theme and drawn it twice: what scripts colour follows the style by a frame. */
async function drawnIn(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  await page.waitForFunction(
    (media) => window.matchMedia(media).matches,
    `(prefers-color-scheme: ${theme})`,
  );
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

let source: string | null = null;
async function axeSource(): Promise<string> {
  source ??= await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  return source;
}
