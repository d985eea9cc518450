import type { ChainView, ItemKey, ViewItem } from "./model.ts";

/** Where an arrow key leads: to a cause, to a consequence, to what has the same cause. */
export type Move = "left" | "right" | "up" | "down";

/** What a move comes to: something to select, or a stub to open, after which the move is tried again. */
export type Step =
  | { readonly kind: "select"; readonly key: ItemKey }
  | { readonly kind: "open"; readonly stub: ItemKey; readonly waiting: WaitingStep };

/** A move that waits for a stub to open; `known` is what stood beside it before. */
export interface WaitingStep {
  readonly from: ItemKey;
  readonly move: Move;
  readonly known: ReadonlySet<ItemKey>;
}

/**
 * One arrow key from a drawn item. Of several neighbours the one visited last is preferred, so that going
 * there and back ends where it began; else the first by place. Where the only neighbours are not drawn their
 * stub is opened; null where there is nowhere to go.
 *
 * @param trail items visited so far, the latest last
 */
export function step(
  view: ChainView,
  from: ItemKey,
  move: Move,
  trail: readonly ItemKey[],
): Step | null {
  const item = view.items.find(({ key }) => key === from);
  if (item === undefined) return null;
  switch (move) {
    case "left":
    case "right":
      return along(view, item, move, trail);
    case "up":
    case "down":
      return beside(view, item, move, trail);
  }
}

/** The step that waits for a stub or a fold that was opened by itself; null for what does not open. */
export function openingOf(view: ChainView, key: ItemKey): WaitingStep | null {
  const item = view.items.find((each) => each.key === key);
  if (item === undefined) return null;
  const known = new Set(view.items.map((each) => each.key));
  switch (item.kind) {
    case "receipt":
    case "missing":
      return null;
    case "stub":
      return { from: item.of, move: item.side === "children" ? "right" : "left", known };
    case "fold": {
      const [parent] = neighbours(view, item, "left");
      if (parent !== undefined) return { from: parent.key, move: "right", known };
      const [child] = neighbours(view, item, "right");
      return child === undefined ? null : { from: child.key, move: "left", known };
    }
  }
}

/** Where a waiting move lands once the view with the opened stub is there; null where nothing came of it. */
export function landed(
  view: ChainView,
  waiting: WaitingStep,
  trail: readonly ItemKey[],
): ItemKey | null {
  const { from, move, known } = waiting;
  const item = view.items.find(({ key }) => key === from);
  if (item === undefined) return null;
  const around =
    move === "left" || move === "right"
      ? neighbours(view, item, move)
      : siblingsOf(view, item, trail).siblings;
  return around.find(({ key }) => !known.has(key))?.key ?? null;
}

function along(
  view: ChainView,
  item: ViewItem,
  move: "left" | "right",
  trail: readonly ItemKey[],
): Step | null {
  if (item.kind === "stub") {
    // A stub stands for one side of an item: the other way leads back to it.
    const onwards = item.side === "children" ? "right" : "left";
    if (move !== onwards) return { kind: "select", key: item.of };
    return opening(view, item.key, { key: item.of }, move);
  }
  const drawn = neighbours(view, item, move);
  const target = preferred(drawn, trail);
  if (target !== undefined) return { kind: "select", key: target.key };
  const stub = stubOf(view, item.key, move === "right" ? "children" : "parents");
  return stub === undefined ? null : opening(view, stub, item, move);
}

function beside(
  view: ChainView,
  item: ViewItem,
  move: "up" | "down",
  trail: readonly ItemKey[],
): Step | null {
  const { siblings, parent } = siblingsOf(view, item, trail);
  const at = siblings.findIndex(({ key }) => key === item.key);
  const next = siblings[at + (move === "down" ? 1 : -1)];
  if (next !== undefined) return { kind: "select", key: next.key };
  const stub = parent === null ? undefined : stubOf(view, parent, "children");
  if (stub === undefined) return null;
  return {
    kind: "open",
    stub,
    waiting: { from: item.key, move, known: new Set(siblings.map(({ key }) => key)) },
  };
}

function opening(
  view: ChainView,
  stub: ItemKey,
  from: { readonly key: ItemKey },
  move: "left" | "right",
): Step {
  const item = view.items.find(({ key }) => key === from.key);
  const known = item === undefined ? [] : neighbours(view, item, move);
  return {
    kind: "open",
    stub,
    waiting: { from: from.key, move, known: new Set(known.map(({ key }) => key)) },
  };
}

/** Drawn causes or consequences, in order of place. */
function neighbours(view: ChainView, item: ViewItem, move: "left" | "right"): readonly ViewItem[] {
  const keys = new Set<ItemKey>();
  for (const { from, to } of view.edges) {
    if (move === "right" && from === item.key && to !== item.key) keys.add(to);
    if (move === "left" && to === item.key && from !== item.key) keys.add(from);
  }
  return view.items.filter(({ key, kind }) => kind !== "stub" && keys.has(key)).sort(byPlace);
}

/** What has the same cause as the item, itself among it; of several causes the one visited last. */
function siblingsOf(
  view: ChainView,
  item: ViewItem,
  trail: readonly ItemKey[],
): { readonly siblings: readonly ViewItem[]; readonly parent: ItemKey | null } {
  const parents = item.kind === "stub" ? [] : neighbours(view, item, "left");
  const parent =
    item.kind === "stub"
      ? view.items.find(({ key }) => key === item.of && item.side === "children")
      : preferred(parents, trail);
  if (parent !== undefined) {
    return { siblings: neighbours(view, parent, "right"), parent: parent.key };
  }
  // Beginnings stand beside each other.
  const caused = new Set(view.edges.map(({ to }) => to));
  const roots = view.items.filter(({ key, kind }) => kind !== "stub" && !caused.has(key));
  return { siblings: roots.sort(byPlace), parent: null };
}

function preferred(items: readonly ViewItem[], trail: readonly ItemKey[]): ViewItem | undefined {
  let best = items[0];
  let latest = -1;
  for (const item of items) {
    const at = trail.lastIndexOf(item.key);
    if (at > latest) {
      latest = at;
      best = item;
    }
  }
  return best;
}

function stubOf(view: ChainView, of: ItemKey, side: "children" | "parents"): ItemKey | undefined {
  return view.items.find((item) => item.kind === "stub" && item.of === of && item.side === side)
    ?.key;
}

/** Top to bottom, then left to right. */
function byPlace(a: ViewItem, b: ViewItem): number {
  if (a.y !== b.y) return a.y - b.y;
  if (a.x !== b.x) return a.x - b.x;
  return a.key < b.key ? -1 : 1;
}
