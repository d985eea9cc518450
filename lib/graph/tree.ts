import type { ChainView, ItemKey, ViewItem } from "./model.ts";

/** A row of the tree: something drawn, under one of the steps that brought it about. */
export interface TreeNode {
  /** Its name in the tree: the item's key, or parent and key where the item stands further up already. */
  readonly id: string;
  readonly item: ViewItem;
  /** 1 for what nothing drawn brought about. */
  readonly level: number;
  /** Index of the row above it in the tree; -1 for none. */
  readonly parent: number;
  /** Place among the rows with the same parent, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
  readonly hasChildren: boolean;
  /** The item has a row further up, where its consequences stand. */
  readonly repeated: boolean;
  /** The row is reached by a link that leads back to an earlier step of its own chain. */
  readonly closesCycle: boolean;
}

interface Place {
  readonly item: ViewItem;
  readonly closesCycle: boolean;
}

interface Pending extends Place {
  readonly parent: number;
  readonly position: number;
  readonly siblings: number;
}

/**
 * The drawn view as rows in pre-order, causes above their consequences, whatever direction was walked. What
 * has two causes stands under each, the second time without its consequences. Stubs hang under the item
 * whose neighbours they stand for. Equal views give equal rows. No recursion: a chain may be as long as a
 * view is.
 */
export function viewTree(view: ChainView): readonly TreeNode[] {
  const items = new Map(view.items.map((item) => [item.key, item]));
  const below = new Map<ItemKey, Place[]>();
  const caused = new Set<ItemKey>();
  const hang = (from: ItemKey, place: Place): void => {
    const list = below.get(from);
    if (list === undefined) below.set(from, [place]);
    else list.push(place);
  };
  for (const { from, to, closesCycle } of view.edges) {
    const item = items.get(to);
    const parent = items.get(from);
    if (item === undefined || parent === undefined) continue;
    if (item.kind === "stub" || parent.kind === "stub") continue;
    hang(from, { item, closesCycle });
    if (!closesCycle) caused.add(to);
  }
  const roots: Place[] = [];
  for (const item of view.items) {
    if (item.kind === "stub" && items.has(item.of)) hang(item.of, { item, closesCycle: false });
    else if (!caused.has(item.key)) roots.push({ item, closesCycle: false });
  }
  for (const list of below.values()) list.sort(inOrder);
  roots.sort(inOrder);

  const rows: TreeNode[] = [];
  const shown = new Set<ItemKey>();
  const stack: Pending[] = [];
  const put = (places: readonly Place[], parent: number): void => {
    for (let at = places.length - 1; at >= 0; at -= 1) {
      const place = places[at];
      if (place === undefined) continue;
      stack.push({ ...place, parent, position: at + 1, siblings: places.length });
    }
  };
  put(roots, -1);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { item, parent, closesCycle } = next;
    const repeated = shown.has(item.key);
    const above = rows[parent];
    const children = repeated ? [] : (below.get(item.key) ?? []);
    shown.add(item.key);
    rows.push({
      id: repeated ? `${above?.item.key ?? ""} > ${item.key}` : item.key,
      item,
      level: (above?.level ?? 0) + 1,
      parent,
      position: next.position,
      siblings: next.siblings,
      hasChildren: children.length > 0,
      repeated,
      closesCycle,
    });
    put(children, rows.length - 1);
  }
  return rows;
}

/** Indexes of the rows that are not under a collapsed one, in order. */
export function openRows(
  rows: readonly TreeNode[],
  collapsed: ReadonlySet<string>,
): readonly number[] {
  const open: number[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  rows.forEach((row, at) => {
    if (row.level > hiddenBelow) return;
    hiddenBelow = row.hasChildren && collapsed.has(row.id) ? row.level : Number.POSITIVE_INFINITY;
    open.push(at);
  });
  return open;
}

/** By time, then by place in the picture; stubs, which stand for what is not drawn, come last. */
function inOrder(a: Place, b: Place): number {
  const last = Number(a.item.kind === "stub") - Number(b.item.kind === "stub");
  if (last !== 0) return last;
  const times = timeOf(a.item) - timeOf(b.item);
  if (times < 0 || times > 0) return times;
  if (a.item.x !== b.item.x) return a.item.x - b.item.x;
  if (a.item.y !== b.item.y) return a.item.y - b.item.y;
  return a.item.key < b.item.key ? -1 : 1;
}

function timeOf(item: ViewItem): number {
  switch (item.kind) {
    case "receipt":
      return item.facts.time ?? Number.POSITIVE_INFINITY;
    case "fold":
      return item.from ?? Number.POSITIVE_INFINITY;
    // What is not loaded came before what names it.
    case "missing":
      return Number.NEGATIVE_INFINITY;
    case "stub":
      return Number.POSITIVE_INFINITY;
  }
}
