import type { Page } from "playwright";
import type { NodeKey } from "@/lib/chain/model.ts";

/** Times of one picture since the act that asked for it, in milliseconds. */
export interface PictureTimes {
  /** The engine's answer was in the page. */
  readonly answered: number;
  /** The first items were on the canvas, and a frame had passed. */
  readonly begun: number;
  /** All items and links were on the canvas, and two frames had passed. */
  readonly drawn: number;
  readonly items: number;
  readonly links: number;
  /** The longest task of the page from the act until half a second after the picture. */
  readonly longestTask: number;
}

/** The drawing library's own registry of what it is mounted in. */
interface Mounted extends Element {
  readonly _cyreg?: {
    readonly cy: {
      nodes(): { readonly length: number };
      edges(): { readonly length: number };
      on(event: "render", listener: () => void): void;
      off(event: "render", listener: () => void): void;
    };
  };
}

/** Follows a link to a chain, or writes its address where the page shows no such link, and waits for the picture. */
export function drawChain(page: Page, focus: NodeKey, depth: number | null): Promise<PictureTimes> {
  return page.evaluate(
    async ({ focus, depth }) => {
      const engine = window.chioBenchProbe.threads.findLast(
        ({ name }) => name === "engine",
      )?.worker;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const address = `#focus=${focus}&dir=forward${depth === null ? "" : `&depth=${depth}`}`;
      const link = document.querySelector<HTMLAnchorElement>(`a[href="/graph${address}"]`);
      const answer = new Promise<{ items: number; links: number }>((resolve) => {
        const listen = ({ data }: MessageEvent): void => {
          const view = data.kind === "chain" ? data.answer : null;
          if (view?.request?.focus === focus && view.request.depth === depth) {
            engine?.removeEventListener("message", listen);
            resolve({ items: view.items.length, links: view.edges.length });
          }
        };
        engine?.addEventListener("message", listen);
      });
      const started = performance.now();
      if (link === null) window.location.hash = address;
      else link.click();
      const { items, links } = await answer;
      const answered = performance.now() - started;
      const library = () => {
        for (const one of document.querySelectorAll<Mounted>("[role=img] div")) {
          if (one._cyreg !== undefined) return one._cyreg.cy;
        }
        return undefined;
      };
      let begun = 0;
      for (;;) {
        await frame();
        const cy = library();
        const nodes = cy?.nodes().length ?? 0;
        if (begun === 0 && nodes > 0) {
          await frame();
          begun = performance.now() - started;
        }
        if (nodes === items && cy?.edges().length === links) break;
        if (performance.now() - started > 60_000) {
          throw new Error(`${nodes} of ${items} items are drawn after a minute`);
        }
      }
      await frame();
      await frame();
      const drawn = performance.now() - started;
      // Long tasks are reported after they ended.
      await new Promise((resolve) => setTimeout(resolve, 500));
      const tasks = window.chioBenchProbe.longTasks.filter(
        ({ at, milliseconds }) => at + milliseconds > started,
      );
      const longestTask = Math.max(0, ...tasks.map(({ milliseconds }) => milliseconds));
      return { answered, begun, drawn, items, links, longestTask };
    },
    { focus, depth },
  );
}

/** How a picture moved under the pointer. */
export interface Movement {
  /** Pictures that the library drew in a second. */
  readonly drawn: number;
  /** Frames of the page in a second, and the 95th percentile of the time between two, in milliseconds. */
  readonly frames: number;
  readonly slow: number;
}

const STEP = 1000 / 60;

/** Drags the picture round in circles. */
export async function drag(page: Page, milliseconds: number): Promise<Movement> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const movement = await moving(page, milliseconds, (at) =>
    page.mouse.move(x + 240 * Math.sin(at / 250), y + 160 * Math.cos(at / 250) - 160),
  );
  await page.mouse.up();
  return movement;
}

/** Zooms in and out at the pointer. */
export async function zoom(page: Page, milliseconds: number): Promise<Movement> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  return moving(page, milliseconds, (at) => page.mouse.wheel(0, at % 1000 < 500 ? -40 : 40));
}

async function middle(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator("[role=img]").first().boundingBox();
  if (box === null) {
    throw new Error("no picture is shown");
  }
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function moving(
  page: Page,
  milliseconds: number,
  act: (at: number) => Promise<void>,
): Promise<Movement> {
  const watched = page.evaluate(async (milliseconds) => {
    let pictures = 0;
    const count = (): void => {
      pictures += 1;
    };
    const registry = [...document.querySelectorAll<Mounted>("[role=img] div")].find(
      (one) => one._cyreg !== undefined,
    )?._cyreg;
    registry?.cy.on("render", count);
    const times = [performance.now()];
    while ((times.at(-1) ?? 0) - (times[0] ?? 0) < milliseconds) {
      times.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
    }
    registry?.cy.off("render", count);
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    gaps.sort((a, b) => a - b);
    return {
      drawn: pictures / seconds,
      frames: gaps.length / seconds,
      slow: gaps[Math.floor(gaps.length * 0.95)] ?? 0,
    };
  }, milliseconds);
  let isOver = false;
  const done = watched.finally(() => {
    isOver = true;
  });
  const started = performance.now();
  const acts: Promise<void>[] = [];
  for (let step = 1; !isOver; step += 1) {
    // Not awaited one by one: an answer comes frames later, and a hand does not wait for it.
    acts.push(act(performance.now() - started));
    const wait = started + step * STEP - performance.now();
    if (wait > 0) {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  await Promise.all(acts);
  return done;
}
