import type { ChainNodes, NodeKey } from "@/lib/chain/model.ts";
import { nodeOf } from "@/lib/chain/node-facts.ts";
import type { Growth } from "./grow.ts";
import { BUDGET, type ItemKey } from "./model.ts";
import type { Reach } from "./reach.ts";
import type { Side } from "./visible-model.ts";

/** Something that a person opened. */
export interface Act {
  readonly key: ItemKey;
  readonly node: number;
  readonly side: Side | null;
  /** A fold that is opened again shows its next members. */
  times: number;
}

/** An address can name more than anyone opened by hand. */
const MOST_ACTS = 512;
/** A longer way than this does not fit into a picture. */
const LONGEST_WAY = BUDGET.drawn * 2;

const STUB = /^s:([cp]):([rm][0-9a-f]{1,16})$/;
const FOLD = /^f:([rm][0-9a-f]{1,16}):[0-9a-f]{8}$/;

/** What was opened, each once; keys that name nothing that is loaded are passed over. */
export function actsOf(nodes: ChainNodes, opened: readonly ItemKey[]): readonly Act[] {
  const acts = new Map<ItemKey, Act>();
  for (const key of opened.slice(0, MOST_ACTS)) {
    const known = acts.get(key);
    if (known !== undefined) {
      known.times += 1;
      continue;
    }
    const stub = STUB.exec(key);
    const of: NodeKey = stub?.[2] ?? FOLD.exec(key)?.[1] ?? "";
    const node = nodeOf(nodes, of);
    if (node === -1) continue;
    const side = stub === null ? null : stub[1] === "c" ? "children" : "parents";
    acts.set(key, { key, node, side, times: 1 });
  }
  return [...acts.values()];
}

/** The nodes at which something was opened, and the way from the focus to them: none of them is folded. */
export function keptBy(acts: readonly Act[], focus: number, reach: Reach): Set<number> {
  const kept = new Set([focus]);
  for (const { node } of acts) {
    const way = reach.has(node) ? reach.wayTo(node, (step) => kept.has(step), LONGEST_WAY) : null;
    for (const step of way ?? [node]) kept.add(step);
  }
  return kept;
}

/**
 * Opens what was opened. An act waits for the one that draws what it stands on, so that their order matters
 * only where there is no room for all.
 *
 * @returns keys of what there was no room for
 */
export function openAll(growth: Growth, acts: readonly Act[]): ItemKey[] {
  const refused: ItemKey[] = [];
  let waiting = acts;
  let progress = true;
  while (progress) {
    progress = false;
    const still: Act[] = [];
    for (const act of waiting) {
      const hasRoom = open(growth, act);
      if (hasRoom === null) still.push(act);
      else progress = true;
      if (hasRoom === false) refused.push(act.key);
    }
    waiting = still;
  }
  return refused;
}

/** Null where what it stands on is not drawn. */
function open(growth: Growth, act: Act): boolean | null {
  if (!growth.picture.isDrawn(act.node)) return null;
  if (act.side !== null) return growth.openStub(act.node, act.side);
  const fold = growth.foldsAt(act.node).find(({ key }) => key === act.key);
  return fold === undefined ? null : growth.openFold(fold, act.times * BUDGET.opened);
}
