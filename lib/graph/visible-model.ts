import type { Beneath, LinkSource, Strength } from "@/lib/chain/model.ts";
import type { Walk } from "@/lib/chain/walk.ts";
import type { ItemKey, ViewCounts } from "./model.ts";

/** Where a neighbour stands: what it led to, or what led to it. */
export type Side = "children" | "parents";

/** A node of its own in the picture: a receipt, or a parent that is not loaded. */
export interface DrawnNode {
  readonly kind: "node";
  readonly key: ItemKey;
  readonly node: number;
  /** Hops from the focus, negative where the way there begins as a cause. */
  readonly distance: number;
  readonly lane: string;
  readonly matches: boolean;
}

/** Alike neighbours of one drawn node. */
export interface DrawnFold {
  readonly kind: "fold";
  readonly key: ItemKey;
  readonly of: number;
  readonly side: Side;
  /** In the order of time; none of them is drawn. */
  readonly members: readonly number[];
  readonly distance: number;
  readonly lane: string;
  readonly beneath: Beneath;
  /** Counting ended before all of it was seen. */
  readonly isAtLeast: boolean;
}

/** Neighbours of a drawn node that are neither drawn nor in a fold. */
export interface DrawnStub {
  readonly kind: "stub";
  readonly key: ItemKey;
  readonly of: number;
  readonly side: Side;
  readonly count: number;
  readonly distance: number;
  readonly lane: string;
  readonly beneath: Beneath;
  /** Counting ended before all of it was seen. */
  readonly isAtLeast: boolean;
}

export type DrawnItem = DrawnNode | DrawnFold | DrawnStub;

/** A link between two drawn items; several links to or from a fold or stub are one. */
export interface DrawnLink {
  readonly from: ItemKey;
  readonly to: ItemKey;
  readonly strength: Strength;
  readonly sources: readonly LinkSource[];
  readonly topic: string;
  readonly links: number;
  readonly closesCycle: boolean;
}

export interface LaneCount {
  readonly receipts: number;
  readonly denied: number;
  readonly failing: number;
}

/** Which nodes of a chain are drawn, and what stands for those that are not. */
export interface Visible {
  /** -1 where the request names nothing that is loaded; then all else is empty. */
  readonly focus: number;
  readonly walk: Walk;
  readonly items: readonly DrawnItem[];
  readonly links: readonly DrawnLink[];
  /** By name, over the walk, drawn or not. */
  readonly lanes: ReadonlyMap<string, LaneCount>;
  readonly counts: ViewCounts;
  readonly refused: readonly ItemKey[];
}
