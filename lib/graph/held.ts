import { beneathOf } from "@/lib/chain/beneath.ts";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import type { Beneath } from "@/lib/chain/model.ts";
import type { Picture } from "./picture.ts";
import type { Side } from "./visible-model.ts";

/** Neighbours that a fold or a stub stands for. */
export interface Held {
  readonly held: Iterable<number>;
  readonly side: Side;
}

export interface HeldCount {
  readonly beneath: Beneath;
  /** Counting ended before all of it was seen. */
  readonly isAtLeast: boolean;
}

/** Nodes that each is counted up to before any is counted further. */
const LITTLE = 1_000;
/** Nodes that one is counted up to. */
const MOST = 100_000;
/** Nodes that all of them together are counted up to beyond the first little. */
const EFFORT = 1_000_000;

/**
 * What lies beneath each fold and stub. Where causes are joined often, hundreds of them lead to the same
 * hundred thousand receipts: then some are told as the least that there is, so that a picture of a million
 * receipts does not take seconds.
 */
export function countHeld(
  index: ChainIndex,
  picture: Picture,
  holders: readonly Held[],
): HeldCount[] {
  const isHidden = (node: number) => picture.isHidden(node);
  const hasCycles = index.cycles().length > 0;
  const count = ({ held, side }: Held, limit: number): HeldCount => {
    // On a cycle a consequence is a cause as well: what led to it lies behind it like what follows from it.
    const onward = side === "children" ? "forward" : "backward";
    const direction = hasCycles && someOnCycle(index, held) ? "either" : onward;
    const beneath = beneathOf(index, held, isHidden, limit, direction);
    return { beneath, isAtLeast: seen(beneath) >= limit };
  };
  let effort = EFFORT;
  return holders
    .map((holder) => count(holder, LITTLE))
    .map((little, place) => {
      const holder = holders[place];
      const limit = Math.min(MOST, effort);
      if (!little.isAtLeast || holder === undefined || limit <= LITTLE) return little;
      const more = count(holder, limit);
      effort -= seen(more.beneath);
      return more;
    });
}

function someOnCycle(index: ChainIndex, nodes: Iterable<number>): boolean {
  for (const node of nodes) {
    if (index.isOnCycle(node)) return true;
  }
  return false;
}

function seen({ receipts, missing }: Beneath): number {
  return receipts + missing;
}
