import { beneathOf } from "@/lib/chain/beneath.ts";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { keyOf } from "@/lib/chain/node-facts.ts";
import { Growth } from "./grow.ts";
import { drawnLinks } from "./links.ts";
import { BUDGET, type Cut, type ItemKey, type ViewRequest } from "./model.ts";
import { actsOf, keptBy, openAll } from "./opened.ts";
import { type Fold, neighboursOf, Picture } from "./picture.ts";
import { Reach } from "./reach.ts";
import { type Scene, sceneOf } from "./scene.ts";
import type { DrawnItem, Side, Visible } from "./visible-model.ts";

/** Matches of a cut for which there was no room, after which no more are tried. */
const MOST_REFUSED = 200;

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
      depth = first.drawRings(focus, Number.POSITIVE_INFINITY, BUDGET.first) ?? depth;
    }
    growth.drawRings(focus, depth, BUDGET.drawn);
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
  const items: DrawnItem[] = picture.drawn.map((node) => ({
    kind: "node",
    key: key(node),
    node,
    distance: picture.distance(node),
    lane: laneName(scene, picture, node),
    matches: matches(node),
  }));
  for (const fold of picture.folds) {
    if (fold.members.length > 0) items.push(foldItem(scene, picture, fold));
  }
  for (const node of picture.drawn) {
    for (const side of SIDES) {
      if (picture.hiddenCount(node, side) > 0) {
        items.push(stubItem(scene, picture, node, side, stubKey(key(node), side)));
      }
    }
  }
  const links = drawnLinks(index, picture, {
    node: key,
    stub: (of, side) => stubKey(key(of), side),
  });
  return { items, links };
}

function foldItem(scene: Scene, picture: Picture, fold: Fold): DrawnItem {
  const { key, of, side, members, distance } = fold;
  const isLoaded = fold.like < scene.index.nodes.receipts;
  return {
    kind: "fold",
    key,
    of,
    side,
    members,
    distance,
    lane: laneName(scene, picture, isLoaded ? fold.like : of),
    beneath: beneath(scene, picture, members, side),
  };
}

function stubItem(scene: Scene, picture: Picture, of: number, side: Side, key: ItemKey): DrawnItem {
  const hidden = neighboursOf(scene.index, of, side).filter((node) => picture.isHidden(node));
  const hops = Math.abs(picture.distance(of)) + 1;
  return {
    kind: "stub",
    key,
    of,
    side,
    count: picture.hiddenCount(of, side),
    distance: side === "children" ? hops : -hops,
    lane: laneName(scene, picture, of),
    beneath: beneath(scene, picture, hidden, side),
  };
}

function beneath(scene: Scene, picture: Picture, members: Iterable<number>, side: Side) {
  const direction = side === "children" ? "forward" : "backward";
  const isHidden = (node: number) => picture.isHidden(node);
  return beneathOf(scene.index, members, isHidden, undefined, direction);
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
