import type {
  Beneath,
  Boundary,
  Decision,
  Direction,
  LinkSource,
  NodeFacts,
  NodeKey,
  Strength,
} from "@/lib/chain/model.ts";

/** What a lane gathers. */
export const LANE_KINDS = ["service", "topic", "agent"] as const;
export type LaneKind = (typeof LANE_KINDS)[number];

/** What is asked of a chain at a time, beside its walk. */
export const CUTS = [
  "denied",
  "unverified",
  "root-path",
  "leaves",
  "across-services",
  "this-capability",
  "this-topic",
] as const;
export type Cut = (typeof CUTS)[number];

/**
 * The name of something drawn: a {@link NodeKey}; `f:` and a name for a fold of alike steps; `s:`, the side
 * (`c` children, `p` parents) and the key of a drawn node for what hangs there and is not drawn.
 */
export type ItemKey = string;

/** What the picture shows. It stands in the page's address. */
export interface ViewRequest {
  readonly focus: NodeKey;
  readonly direction: Direction;
  /** Hops from the focus; null lets the view choose how far it can go and stay readable. */
  readonly depth: number | null;
  readonly lanes: LaneKind;
  /** Stubs that were opened, and folds that were unfolded, in the order of the acts. */
  readonly opened: readonly ItemKey[];
  /** Only what matches, and what joins it to the focus; the rest is in stubs. */
  readonly cut: Cut | null;
}

interface Placed {
  readonly key: ItemKey;
  /** Index into {@link ChainView.lanes}. */
  readonly lane: number;
  /** Centre, in CSS pixels at zoom 1. */
  readonly x: number;
  readonly y: number;
  /** Hops from the focus, negative for causes; of a fold or stub, that of its nearest member. */
  readonly distance: number;
}

export interface ReceiptItem extends Placed {
  readonly kind: "receipt";
  readonly facts: NodeFacts;
  /** Nothing that is loaded or named brought it about. */
  readonly isRoot: boolean;
  readonly isLeaf: boolean;
  /** It is its own cause, by way of others or directly. */
  readonly onCycle: boolean;
  readonly matches: boolean;
}

/** A parent that is named and not loaded. */
export interface MissingItem extends Placed {
  readonly kind: "missing";
  readonly facts: NodeFacts;
  /** How many loaded receipts name it. */
  readonly namedBy: number;
}

/** Alike steps with one cause: same boundary, lane, name and decision. */
export interface FoldItem extends Placed {
  readonly kind: "fold";
  readonly count: number;
  readonly boundary: Boundary;
  readonly decision: Decision;
  /** Tool, or topic of a consume or produce. */
  readonly label: string;
  readonly topic: string;
  /** Unix seconds of the first and last member. */
  readonly from: number | null;
  readonly to: number | null;
  /** The members themselves, and everything after them that is not drawn. */
  readonly beneath: Beneath;
  /** Counting ended before all of it was seen: there is at least this much. */
  readonly isAtLeast?: boolean;
  /** Rows of the first members, for a list: at most 500. */
  readonly rows: readonly number[];
}

/** Neighbours of a drawn node that are not drawn. */
export interface StubItem extends Placed {
  readonly kind: "stub";
  readonly side: "children" | "parents";
  readonly of: ItemKey;
  /** Direct neighbours that are not drawn. */
  readonly count: number;
  /** They, and everything beyond them that is not drawn. */
  readonly beneath: Beneath;
  /** As in {@link FoldItem}. */
  readonly isAtLeast?: boolean;
}

export type ViewItem = ReceiptItem | MissingItem | FoldItem | StubItem;

export interface ViewEdge {
  readonly key: string;
  readonly from: ItemKey;
  readonly to: ItemKey;
  readonly strength: Strength;
  readonly sources: readonly LinkSource[];
  /** The topic that carried it, between a produce and a consume; else "". */
  readonly topic: string;
  /** Drawn links behind it: more than one where it leads to a fold. */
  readonly links: number;
  /** It closes a cycle: the layout leaves it out and it is drawn backwards. */
  readonly closesCycle: boolean;
}

export interface Lane {
  readonly name: string;
  readonly top: number;
  readonly height: number;
  /** Of the receipts in the walk, drawn or not. */
  readonly receipts: number;
  readonly denied: number;
  readonly failing: number;
}

/** The name of a topic where a produce's edges leave: one for each, with the number of its readers. */
export interface TopicLabel {
  readonly from: ItemKey;
  readonly topic: string;
  readonly readers: number;
  /** Left end and middle. */
  readonly x: number;
  readonly y: number;
}

/** What can be said of everything within the walk, drawn or not. */
export interface ViewCounts {
  readonly beneath: Beneath;
  readonly services: number;
  /** Unix seconds. */
  readonly from: number | null;
  readonly to: number | null;
  /** Hops that the walk went, and how far it could go. */
  readonly depth: number;
  readonly furthest: number;
  readonly cuts: Readonly<Record<Cut, number>>;
}

export interface ChainView {
  readonly request: ViewRequest;
  readonly items: readonly ViewItem[];
  readonly edges: readonly ViewEdge[];
  readonly lanes: readonly Lane[];
  readonly topics: readonly TopicLabel[];
  /** The picture's extent; lanes begin at x 0. */
  readonly width: number;
  readonly height: number;
  readonly counts: ViewCounts;
  /** Opened stubs and folds that could not be drawn within the budget; said to the person. */
  readonly refused: readonly ItemKey[];
}

/** Drawn items at most, and in a first picture without a depth. */
export const BUDGET = { drawn: 800, first: 240, opened: 200 } as const;
