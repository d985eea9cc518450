import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { keyOf } from "@/lib/chain/node-facts.ts";
import { Growth } from "./grow.ts";
import { countHeld, type Held } from "./held.ts";
import { drawnLinks } from "./links.ts";
import { BUDGET, type Cut, type ItemKey, type ViewRequest } from "./model.ts";
import { actsOf, keptBy, openAll } from "./opened.ts";
import { type Fold, neighboursOf, Picture } from "./picture.ts";
import { Reach } from "./reach.ts";
import { type Scene, sceneOf } from "./scene.ts";
import type { DrawnFold, DrawnItem, DrawnStub, Side, Visible } from "./visible-model.ts";

/** Matches of a cut for which there was no room, after which no more are tried. */
const MOST_REFUSED = 200;

/** A fold or stub before what it stands for is counted. */
interface Holder extends Held {
  readonly item: Uncounted<DrawnFold> | Uncounted<DrawnStub>;
}
type Uncounted<Item> = Omit<Item, "beneath" | "isAtLeast">;

const SIDES = ["children", "parents"] as const;

/**
 * Which nodes of a chain are drawn. What is not drawn is in exactly one fold, or is counted by the stub of
 * each drawn node that it hangs on, or lies beneath one of these.
 *
 * @throws RangeError for a focus that names no node
 */
export function visibleSet(index: ChainIndex, request: ViewRequest): Visible {
  return visibleIn(sceneOf(index, request), request);
}

/** As {@link visibleSet}, of a scene that was made for the same focus, direction, depth and lanes. */
export function visibleIn(scene: Scene, request: ViewRequest): Visible {
  const { index, focus, cuts, reach } = scene;
  const { cut } = request;
  const causes = cut === "root-path" ? new Reach(index, cuts.causes) : null;
  const way = causes ?? reach;
  const matches = matching(scene, cut, causes);
  const acts = actsOf(index.nodes, request.opened);
  const kept = keptBy(acts, focus, way);
  const isKept = (node: number) => kept.has(node) || matches(node);
  const grow = (keeps: (node: number) => boolean) =>
    new Growth(index, scene.lanes, way, new Picture(index), keeps);
  const growth = grow(isKept);
  let depth = reach.walk.furthest;
  if (cut !== null) {
    drawMatches(growth, focus, cuts.matching(cut));
  } else {
    if (request.depth === null) {
      // What was opened does not count: else opening one thing would close another.
      const first = grow((node) => node === focus);
      depth = first.fittingDepth(focus, BUDGET.first) ?? depth;
    }
    // Nearly everything hangs on a hot root: of that ring no more is drawn than reads well.
    const most = request.depth === null && depth === 1 ? BUDGET.first : BUDGET.drawn;
    growth.drawRings(focus, depth, most);
  }
  const refused = openAll(growth, acts);
  return { ...drawn(scene, growth.picture, matches), refused, ...said(scene, depth) };
}

function matching(
  { cuts }: Scene,
  cut: Cut | null,
  causes: Reach | null,
): (node: number) => boolean {
  if (cut === null) return () => false;
  if (cut === "root-path") return (node) => causes?.has(node) === true && causes.distance(node) < 0;
  return cuts.test(cut);
}

/** Matches and what joins them to the focus, nearest first. */
function drawMatches(growth: Growth, focus: number, matches: Int32Array): void {
  growth.picture.draw(focus, 0, BUDGET.drawn);
  let refused = 0;
  for (const match of matches) {
    if (!growth.picture.isDrawn(match) && !growth.drawWay(match)) refused += 1;
    if (refused === MOST_REFUSED) return;
  }
}

function said(scene: Scene, depth: number): Pick<Visible, "focus" | "walk" | "lanes" | "counts"> {
  const { beneath, services, from, to, lanes } = scene.walk;
  const { furthest, cutCounts: cuts } = scene;
  return {
    focus: scene.focus,
    walk: scene.reach.walk,
    lanes,
    counts: { beneath, services, from, to, depth, furthest, cuts },
  };
}

function drawn(
  scene: Scene,
  picture: Picture,
  matches: (node: number) => boolean,
): Pick<Visible, "items" | "links"> {
  const { index } = scene;
  const keys = new Map(picture.drawn.map((node) => [node, keyOf(index.nodes, node)]));
  const key = (node: number) => keys.get(node) ?? "";
  const nodes = picture.drawn.map((node) => ({
    kind: "node" as const,
    key: key(node),
    node,
    distance: picture.distance(node),
    lane: laneName(scene, picture, node),
    matches: matches(node),
  }));
  const holders = picture.folds
    .filter((fold) => fold.members.length > 0)
    .map((fold) => foldItem(scene, picture, fold));
  for (const of of picture.drawn) {
    for (const side of SIDES) {
      if (picture.hiddenCount(of, side) > 0) {
        holders.push(stubItem(scene, picture, of, side, stubKey(key(of), side)));
      }
    }
  }
  const counted = countHeld(index, picture, holders);
  const items: DrawnItem[] = [...nodes];
  holders.forEach(({ item }, place) => {
    const count = counted[place];
    if (count !== undefined) items.push({ ...item, ...count });
  });
  const links = drawnLinks(index, picture, {
    node: key,
    stub: (of, side) => stubKey(key(of), side),
  });
  return { items, links };
}

function foldItem(scene: Scene, picture: Picture, fold: Fold): Holder {
  const { key, of, side, members, distance } = fold;
  const isLoaded = fold.like < scene.index.nodes.receipts;
  const lane = laneName(scene, picture, isLoaded ? fold.like : of);
  return { held: members, side, item: { kind: "fold", key, of, side, members, distance, lane } };
}

function stubItem(scene: Scene, picture: Picture, of: number, side: Side, key: ItemKey): Holder {
  const held = neighboursOf(scene.index, of, side).filter((node) => picture.isHidden(node));
  const hops = Math.abs(picture.distance(of)) + 1;
  const distance = side === "children" ? hops : -hops;
  const lane = laneName(scene, picture, of);
  return { held, side, item: { kind: "stub", key, of, side, count: held.length, distance, lane } };
}

function stubKey(of: ItemKey, side: Side): ItemKey {
  return `s:${side === "children" ? "c" : "p"}:${of}`;
}

/** A parent that is not loaded stands with the first drawn receipt that names it. */
function laneName({ index, lanes }: Scene, picture: Picture, node: number): string {
  if (node < index.nodes.receipts) return lanes.name(lanes.of(node));
  const naming = index.childrenOf(node);
  const first = naming.find((child) => picture.isDrawn(child)) ?? naming[0];
  return first === undefined ? "" : lanes.name(lanes.of(first));
}
