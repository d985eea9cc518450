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

let source: string | null = null;
async function axeSource(): Promise<string> {
  source ??= await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  return source;
}
