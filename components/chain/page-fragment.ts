import { DIRECTIONS, type Direction, type NodeKey } from "@/lib/chain/model.ts";
import {
  BUDGET,
  CUTS,
  type Cut,
  type ItemKey,
  LANE_KINDS,
  type LaneKind,
  type ViewCounts,
} from "@/lib/graph/model.ts";

/** The three forms in which one walk is shown. */
export const VIEW_FORMS = ["graph", "tree", "table"] as const;
export type ViewForm = (typeof VIEW_FORMS)[number];

/** What the Chains page shows, as it stands behind the `#` of its address. */
export interface ChainPageState {
  /** The node that is walked from; null is the overview. */
  readonly focus: NodeKey | null;
  readonly direction: Direction;
  readonly depth: number | null;
  readonly lanes: LaneKind;
  /** Null leaves it to the width of the screen. */
  readonly form: ViewForm | null;
  readonly selected: ItemKey | null;
  readonly opened: readonly ItemKey[];
  readonly cut: Cut | null;
}

const NODE_KEY = /^(?:r\d{1,15}|m[0-9a-f]{16})$/u;
/** A fold's name holds what its members share, which may be long. */
const LONGEST_KEY = 2000;
const DEEPEST = 1_000_000;
/** In place of a selection, where there is none although something is walked from. */
const NOTHING = "none";

/**
 * Reads an address' fragment, with or without `#`. A link is written by anyone: names that are not known are
 * dropped, values are bounded. Without a selection the walk's own node is selected.
 */
export function readFragment(fragment: string): ChainPageState {
  const given = new URLSearchParams(fragment.replace(/^#/u, ""));
  const focus = nodeKey(given.get("focus"));
  const selected = given.get("sel");
  return {
    focus,
    direction: oneOf(DIRECTIONS, given.get("dir")) ?? "both",
    depth: depthOf(given.get("depth")),
    lanes: oneOf(LANE_KINDS, given.get("lanes")) ?? "service",
    form: oneOf(VIEW_FORMS, given.get("view")),
    selected: selected === NOTHING ? null : (itemKey(selected) ?? focus),
    opened: [...new Set(given.getAll("open").flatMap((key) => itemKey(key) ?? []))].slice(
      0,
      BUDGET.opened,
    ),
    cut: oneOf(CUTS, given.get("cut")),
  };
}

/** The fragment without `#`; what is usual is left out. */
export function writeFragment(state: ChainPageState): string {
  const { focus, direction, depth, lanes, form, selected, opened, cut } = state;
  const out = new URLSearchParams();
  if (focus !== null) out.set("focus", focus);
  if (direction !== "both") out.set("dir", direction);
  if (depth !== null) out.set("depth", String(depth));
  if (lanes !== "service") out.set("lanes", lanes);
  if (form !== null) out.set("view", form);
  if (cut !== null) out.set("cut", cut);
  for (const key of opened) out.append("open", key);
  if (selected !== focus) out.set("sel", selected ?? NOTHING);
  return out.toString();
}

/** The state that walks from another node: what was opened, cut and measured belonged to the old one. */
export function walkedFrom(focus: NodeKey): Partial<ChainPageState> {
  return { focus, selected: focus, depth: null, opened: [], cut: null };
}

/**
 * Hops that are asked for. What is drawn may still be the view before the last change: a step counted from it
 * would be lost.
 */
export function askedDepth(
  { depth }: Pick<ChainPageState, "depth">,
  drawn: Pick<ViewCounts, "depth" | "furthest">,
): number {
  return depth === null ? drawn.depth : Math.min(depth, drawn.furthest);
}

/** The address of the chain around a node, for links from other pages. */
export function chainAddress(focus: NodeKey, direction: Direction = "both"): string {
  return `/graph#${writeFragment({ ...readFragment(""), ...walkedFrom(focus), direction })}`;
}

/** The key of the receipt of a row. */
export function rowKey(row: number): NodeKey {
  return `r${row}`;
}

/** Adds a stub or fold to what is opened; the oldest act is forgotten where there are too many. */
export function withOpened(opened: readonly ItemKey[], key: ItemKey): readonly ItemKey[] {
  return opened.includes(key) ? opened : [...opened, key].slice(-BUDGET.opened);
}

/** Whether something drawn is a node, and not a fold or a stub. */
export function isNodeKey(key: ItemKey): boolean {
  return NODE_KEY.test(key);
}

function nodeKey(text: string | null): NodeKey | null {
  return text !== null && NODE_KEY.test(text) ? text : null;
}

function itemKey(text: string | null): ItemKey | null {
  if (text === null || text.length > LONGEST_KEY) return null;
  return NODE_KEY.test(text) || text.startsWith("f:") || text.startsWith("s:") ? text : null;
}

function depthOf(text: string | null): number | null {
  if (text === null || !/^\d{1,7}$/u.test(text)) return null;
  return Math.min(Number(text), DEEPEST);
}

function oneOf<Name extends string>(names: readonly Name[], text: string | null): Name | null {
  return names.find((name) => name === text) ?? null;
}
