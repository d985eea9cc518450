import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { BOUNDARIES, DECISIONS, INTEGRITIES } from "@/lib/chain/model.ts";
import type { LanesOf } from "./lanes-of.ts";
import type { Side } from "./visible-model.ts";

const CONSUME = BOUNDARIES.indexOf("consume");
const PRODUCE = BOUNDARIES.indexOf("produce");
const DENY = DECISIONS.indexOf("deny");
const FAILING = INTEGRITIES.indexOf("does-not-verify");

/** Neighbours that may stand for one another, in the order in which they were given. */
export interface Group {
  readonly members: number[];
}

/**
 * Splits neighbours by what can be told apart in a picture: boundary, lane, name, decision, whether the
 * receipt verifies, and whether it is loaded at all. The verdict is part of it, so that a denied step never
 * stands in a group of allowed ones. Groups come in the order of their first members.
 */
export function groupAlike(
  index: ChainIndex,
  lanes: LanesOf,
  neighbours: readonly number[],
): Group[] {
  const groups: Group[] = [];
  // Numbers of texts and lanes multiplied could pass 2^53; two levels cannot.
  const byLane = new Map<number, Map<number, Group>>();
  for (const node of neighbours) {
    const outer = (lanes.of(node) + 1) * 64 + standing(index, node);
    let byLabel = byLane.get(outer);
    if (byLabel === undefined) {
      byLabel = new Map();
      byLane.set(outer, byLabel);
    }
    const label = labelOf(index, node);
    const group = byLabel.get(label);
    if (group === undefined) {
      const made = { members: [node] };
      byLabel.set(label, made);
      groups.push(made);
    } else {
      group.members.push(node);
    }
  }
  return groups;
}

/** Two neighbours of one node would stand in the same group. */
export function areAlike(index: ChainIndex, lanes: LanesOf, a: number, b: number): boolean {
  return (
    standing(index, a) === standing(index, b) &&
    labelOf(index, a) === labelOf(index, b) &&
    lanes.of(a) === lanes.of(b)
  );
}

/** Tool, or topic of a consume or produce: an index into the texts. */
export function labelOf({ nodes }: ChainIndex, node: number): number {
  if (node >= nodes.receipts) return 0;
  const boundary = nodes.boundary[node];
  const isEvent = boundary === CONSUME || boundary === PRODUCE;
  return (isEvent ? nodes.topic[node] : nodes.tool[node]) ?? 0;
}

/** What nobody may overlook: a denied step, or a receipt that does not verify. */
export function isAnomaly(index: ChainIndex, node: number): boolean {
  const { nodes } = index;
  return node < nodes.receipts && (nodes.decision[node] === DENY || isFailing(index, node));
}

/** The receipt does not verify. */
export function isFailing({ nodes }: ChainIndex, node: number): boolean {
  return node < nodes.receipts && nodes.integrity[node] === FAILING;
}

/**
 * What a group is called, whatever else is loaded: eight hexadecimal digits of what its members share. A log
 * could be written so that two groups share them; the caller then asks for the next `attempt`.
 */
export function groupName(
  index: ChainIndex,
  lanes: LanesOf,
  member: number,
  side: Side,
  attempt: number,
): string {
  const { nodes } = index;
  const isLoaded = member < nodes.receipts;
  const words = [
    side,
    isLoaded ? BOUNDARIES[nodes.boundary[member] ?? 0] : "missing",
    isLoaded ? DECISIONS[nodes.decision[member] ?? 0] : "",
    isFailing(index, member) ? "failing" : "",
    isLoaded ? lanes.name(lanes.of(member)) : "",
    nodes.texts[labelOf(index, member)] ?? "",
  ];
  let hash = 0x811c_9dc5;
  for (const word of words) {
    const text = `${word ?? ""}\u0000`;
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
    }
  }
  return ((hash + attempt) >>> 0).toString(16).padStart(8, "0");
}

/** Boundary, decision, integrity class and presence as one number below 64. */
function standing(index: ChainIndex, node: number): number {
  const { nodes } = index;
  if (node >= nodes.receipts) return 63;
  const failing = isFailing(index, node) ? 1 : 0;
  return (
    ((nodes.boundary[node] ?? 0) * DECISIONS.length + (nodes.decision[node] ?? 0)) * 2 + failing
  );
}
