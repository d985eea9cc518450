import type { BrowserContext, Page } from "playwright";
import type { NodeKey } from "@/lib/chain/model.ts";
import type { ChainView } from "@/lib/graph/model.ts";
import type { NodeAnswer } from "@/lib/graph/questions.ts";
import type { Stage } from "./browser.ts";
import type { ChainLog } from "./chain-log.ts";
import { drag, drawChain, type Movement, type PictureTimes, zoom } from "./chain-picture.ts";
import {
  type AskedDatabase,
  type AskedWalk,
  askDatabase,
  askEngine,
  askWalk,
  forwardView,
  locate,
  type RelatingTimes,
  relateAgain,
  relatingTimes,
  walkInSql,
} from "./chain-questions.ts";
import { installProbe } from "./page-probe.ts";

/** One walk, and the same question in the database's recursive SQL; both counted the same. */
export interface WalkedBoth {
  readonly name: string;
  readonly receipts: number;
  readonly hops: number;
  /** Milliseconds of each asking, the first of them cold. */
  readonly ours: readonly number[];
  readonly database: number;
}

export interface DrawnChain {
  readonly name: string;
  /** Receipts of the chain. */
  readonly receipts: number;
  readonly times: PictureTimes;
  readonly drawnReceipts: number;
  readonly folded: number;
  readonly stubs: number;
}

export interface ChainRun {
  /** From the files chosen to the run being done. */
  readonly whole: number;
  readonly links: number;
  /** As the files were concluded, and as they are concluded again with other keys. */
  readonly first: RelatingTimes;
  readonly again: readonly RelatingTimes[];
  /** All links as Arrow in the page, at once and in parts. */
  readonly handed: { readonly whole: readonly AskedDatabase[]; readonly parts: AskedDatabase };
  readonly overview: number;
  readonly walks: readonly WalkedBoth[];
  readonly pictures: readonly DrawnChain[];
  /** Of a picture as full as it gets, at the first look and as a whole. */
  readonly movements: readonly { readonly name: string; readonly movement: Movement }[];
  readonly movedItems: number;
}

const PATIENCE = 20 * 60_000;
const WINDOW = { viewport: { width: 1600, height: 900 } };
const EDGES = "select parent_row, child_row from edge";
const ASKINGS = 3;
const MOVING = 2000;

/** Drops the choreography into a page of its own, asks it everything, and draws its two largest chains. */
export async function runChain(stage: Stage, log: ChainLog): Promise<ChainRun> {
  const context = await stage.browser.newContext(WINDOW);
  try {
    const page = await openPage(context, stage);
    await page
      .locator("input[type=file]:not([webkitdirectory])")
      .first()
      .setInputFiles([...log.paths]);
    const taken = await loaded(page);
    const first = await relatingTimes(page);
    const links = await askDatabase(page, "select count(*) from edge");
    const expected = log.facts.links;
    if (links.first !== expected) {
      throw new Error(`${links.first} links were read, and ${expected} written`);
    }
    const whole: AskedDatabase[] = [];
    for (let time = 0; time < ASKINGS; time += 1) {
      whole.push(await askDatabase(page, EDGES, "whole"));
    }
    const handed = { whole, parts: await askDatabase(page, EDGES, "parts") };
    const again = [await relateAgain(page), await relateAgain(page)];
    const hot = await locate(page, log.facts.hot.root);
    const long = await locate(page, log.facts.long.root);
    const walks = await walkBoth(page, hot, long, log);
    const overview = await openOverview(page);
    const [hotWalk, , longWalk] = walks;
    const pictures = [
      await draw(page, "one root with many consequences", hot, hotWalk?.receipts ?? 0),
      await draw(page, "a long and wide chain", long, longWalk?.receipts ?? 0),
    ];
    const { movements, items } = await move(page, long);
    return {
      whole: taken,
      links: expected,
      first,
      again,
      handed,
      overview,
      walks,
      pictures,
      movements,
      movedItems: items,
    };
  } finally {
    await context.close();
  }
}

async function openPage(context: BrowserContext, { origin }: Stage): Promise<Page> {
  const page = await context.newPage();
  // What marks other runs is not shown here: the run is done when the page says so.
  await page.addInitScript(installProbe, "");
  await page.goto(origin);
  await page.locator("[data-offline-ready=true]").waitFor({ state: "attached" });
  return page;
}

/** Milliseconds from the choice until the page said that the run was done. */
async function loaded(page: Page): Promise<number> {
  const late = setTimeout(() => {
    page.close().catch(() => undefined);
  }, PATIENCE);
  try {
    return await page.evaluate(async () => {
      await window.chioBenchProbe.shown.done;
      return window.chioBenchProbe.done - window.chioBenchProbe.chosen;
    });
  } finally {
    clearTimeout(late);
  }
}

async function walkBoth(
  page: Page,
  hot: NodeKey,
  long: NodeKey,
  log: ChainLog,
): Promise<readonly WalkedBoth[]> {
  const walks: WalkedBoth[] = [];
  const both = async (
    name: string,
    from: NodeKey,
    direction: "forward" | "backward",
  ): Promise<AskedWalk> => {
    const asked: AskedWalk[] = [];
    for (let time = 0; time < ASKINGS; time += 1) {
      asked.push(await askWalk(page, from, direction));
    }
    const [walk] = asked;
    const sql = await askDatabase(page, walkInSql(from, direction));
    if (walk === undefined || sql.first !== walk.receipts) {
      throw new Error(`${name}: ${walk?.receipts} receipts, and ${sql.first} by the database`);
    }
    const { receipts, hops } = walk;
    const ours = asked.map(({ milliseconds }) => milliseconds);
    walks.push({ name, receipts, hops, ours, database: sql.milliseconds });
    return walk;
  };
  const forward = await both("forward from the hottest root", hot, "forward");
  if (forward.receipts !== log.facts.hot.descendants + 1) {
    throw new Error(`${forward.receipts} receipts, and ${log.facts.hot.descendants} came of it`);
  }
  await both("backward from its furthest leaf", forward.furthest, "backward");
  const wide = await both("forward along the long chain", long, "forward");
  await both("backward from its furthest leaf", wide.furthest, "backward");
  await both("backward from the hottest root", hot, "backward");
  return walks;
}

/** Milliseconds from the link to the Chains page until it shows where most began. */
async function openOverview(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const started = performance.now();
    document.querySelector<HTMLAnchorElement>('a[href="/graph"]')?.click();
    while (document.querySelector('main a[href^="/graph#focus="]') === null) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - started;
  });
}

async function backToOverview(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = "";
  });
  await page.locator('main a[href^="/graph#focus="]').first().waitFor({ state: "attached" });
}

async function draw(
  page: Page,
  name: string,
  focus: NodeKey,
  receipts: number,
): Promise<DrawnChain> {
  const times = await drawChain(page, focus, null);
  const view = await viewOf(page, focus, null);
  await account(page, view, receipts);
  await backToOverview(page);
  const of = (kind: string) => view.items.filter((item) => item.kind === kind);
  const folded = of("fold").reduce((sum, item) => sum + ("count" in item ? item.count : 0), 0);
  const [drawnReceipts, stubs] = [of("receipt").length, of("stub").length];
  return { name, receipts, times, drawnReceipts, folded, stubs };
}

async function viewOf(page: Page, focus: NodeKey, depth: number | null): Promise<ChainView> {
  const { answer } = await askEngine<ChainView>(page, {
    name: "view",
    ask: forwardView(focus, depth),
  });
  return answer;
}

/**
 * Every consequence of everything drawn is drawn, in a fold, or counted by a stub; and the picture's own count of
 * the walk is the walk's.
 *
 * @throws Error where something would be dropped silently
 */
async function account(page: Page, view: ChainView, receipts: number): Promise<void> {
  const { beneath } = view.counts;
  if (beneath.receipts !== receipts) {
    throw new Error(`the picture counts ${beneath.receipts} receipts of ${receipts}`);
  }
  const shown = new Map<string, number>();
  for (const { from, to, links } of view.edges) {
    if (!to.startsWith("s:")) {
      shown.set(from, (shown.get(from) ?? 0) + links);
    }
  }
  for (const item of view.items) {
    if (item.kind === "stub" && item.side === "children") {
      shown.set(item.of, (shown.get(item.of) ?? 0) + item.count);
    }
  }
  for (const { kind, key } of view.items) {
    if (kind === "receipt") {
      const { answer } = await askEngine<NodeAnswer>(page, { name: "node", ask: key });
      if (answer.children.total !== (shown.get(key) ?? 0)) {
        throw new Error(`${key}: ${shown.get(key)} of ${answer.children.total} are accounted for`);
      }
    }
  }
}

/** Moves the fullest picture of a chain. */
async function move(page: Page, focus: NodeKey) {
  const { counts } = await viewOf(page, focus, null);
  const { items } = await drawChain(page, focus, counts.furthest);
  const movements = [
    { name: "dragged at the first look", movement: await drag(page, MOVING) },
    { name: "zoomed by the wheel", movement: await zoom(page, MOVING) },
  ];
  await page.getByRole("application").focus();
  await page.keyboard.press("f");
  await page.waitForTimeout(1000);
  movements.push(
    { name: "dragged as a whole", movement: await drag(page, MOVING) },
    { name: "zoomed from the whole", movement: await zoom(page, MOVING) },
  );
  return { movements, items };
}
