import type { Boundary } from "@/lib/chain/model.ts";
import type { ItemKey, TopicLabel } from "./model.ts";

/** One thing to place. */
export interface LayoutNode {
  readonly key: ItemKey;
  /** Name of its lane; lanes are told apart by it. */
  readonly lane: string;
  readonly shape: "receipt" | "missing" | "fold" | "stub";
  readonly boundary: Boundary;
  /** Unix seconds; null for none. */
  readonly time: number | null;
  readonly topic: string;
  /** Ordering of last resort: distinct for every node. */
  readonly order: number;
}

/** From what brought something about to what was brought about. */
export interface LayoutEdge {
  readonly from: ItemKey;
  readonly to: ItemKey;
  /** The topic that carried it; "" for none. */
  readonly topic: string;
  /** Links that it stands for, where there are more than one. */
  readonly links?: number;
  /** Left out of the ranking, so that what remains has no cycle. */
  readonly closesCycle: boolean;
}

export interface PlacedNode {
  readonly key: ItemKey;
  /** Index into {@link Layout.lanes}. */
  readonly lane: number;
  /** From the top of its lane, 0 first. */
  readonly row: number;
  /** Centre, in CSS pixels at zoom 1. */
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  /** In the order of the nodes that were given. */
  readonly nodes: readonly PlacedNode[];
  readonly lanes: readonly {
    readonly name: string;
    readonly top: number;
    readonly height: number;
  }[];
  readonly topics: readonly TopicLabel[];
  readonly width: number;
  readonly height: number;
  /** How often drawn edges cross; what counts is said at `countCrossings`. */
  readonly crossings: number;
}

export interface LayoutOptions {
  /** Rows inside their lanes that are kept where possible, so that nothing jumps; null for a first picture. */
  readonly previous: ReadonlyMap<ItemKey, number> | null;
  /** Names of lanes in the order they are to keep; new ones are put among them. `keeping(layout)` gives both. */
  readonly lanes?: readonly string[];
}
