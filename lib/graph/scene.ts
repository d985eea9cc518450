import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { nodeOf } from "@/lib/chain/node-facts.ts";
import { walk } from "@/lib/chain/walk.ts";
import { Cuts } from "./cuts.ts";
import { LanesOf } from "./lanes-of.ts";
import type { ViewCounts, ViewRequest } from "./model.ts";
import { Reach } from "./reach.ts";
import { type WalkCounts, walkCounts } from "./walk-counts.ts";

/** What a picture is chosen from: the same for whatever is opened in it. */
export interface Scene {
  readonly index: ChainIndex;
  readonly focus: number;
  readonly reach: Reach;
  readonly lanes: LanesOf;
  readonly cuts: Cuts;
  readonly walk: WalkCounts;
  readonly cutCounts: ViewCounts["cuts"];
  readonly furthest: number;
}

/** The scene that was asked for last: what a person opens next, and each cut, is chosen from the same. */
const latest = new WeakMap<ChainIndex, { readonly name: string; readonly scene: Scene }>();

/** @throws RangeError for a focus that names no node: an address of other files */
export function sceneOf(index: ChainIndex, request: ViewRequest): Scene {
  const { focus, direction, depth, lanes } = request;
  const name = JSON.stringify([focus, direction, depth, lanes]);
  const known = latest.get(index);
  if (known?.name === name) return known.scene;
  const scene = newScene(index, request);
  latest.set(index, { name, scene });
  return scene;
}

function newScene(index: ChainIndex, request: ViewRequest): Scene {
  const focus = nodeOf(index.nodes, request.focus);
  if (focus === -1) throw new RangeError("the focus names no node");
  const { direction, depth } = request;
  const bounded = walk(index, focus, direction, depth);
  const reach = new Reach(index, bounded);
  const lanes = new LanesOf(index, request.lanes);
  const cuts = new Cuts(index, focus, reach);
  const isWhole = depth === null || bounded.furthest < depth;
  return {
    index,
    focus,
    reach,
    lanes,
    cuts,
    walk: walkCounts(index, bounded, lanes),
    cutCounts: cuts.counts(),
    furthest: isWhole ? bounded.furthest : walk(index, focus, direction, null).furthest,
  };
}
