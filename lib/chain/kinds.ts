import { BOUNDARIES, type ChainNodes } from "./model.ts";

const CONSUME = BOUNDARIES.indexOf("consume");
const PRODUCE = BOUNDARIES.indexOf("produce");
const OTHER = BOUNDARIES.indexOf("other");

export function isConsume(nodes: ChainNodes, node: number): boolean {
  return node < nodes.receipts && nodes.boundary[node] === CONSUME;
}

/** Index of the step's name: the topic that it carried, else its tool. */
export function nameOf(nodes: ChainNodes, node: number): number {
  const boundary = nodes.boundary[node] ?? OTHER;
  const column = boundary === CONSUME || boundary === PRODUCE ? nodes.topic : nodes.tool;
  return column[node] ?? 0;
}

/**
 * Boundary, tool or topic, and service as one number: equal where two steps are of the same kind. Missing
 * parents are all alike. Exact as long as there are fewer than 2^25 texts.
 */
export function kindOf(nodes: ChainNodes, node: number): number {
  const boundary = node < nodes.receipts ? (nodes.boundary[node] ?? OTHER) : BOUNDARIES.length;
  const service = nodes.service[node] ?? 0;
  return (service * nodes.texts.length + nameOf(nodes, node)) * 8 + boundary;
}
