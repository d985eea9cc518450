import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import {
  BOUNDARIES,
  type ChainNodes,
  DECISIONS,
  INTEGRITIES,
  NO_COST,
  type NodeFacts,
  type NodeKey,
  SETTLEMENTS,
} from "./model.ts";

/** One node as a page or a command shows it. */
export function nodeFacts(nodes: ChainNodes, node: number): NodeFacts {
  const isLoaded = node < nodes.receipts;
  const text = (column: Int32Array) => (isLoaded ? (nodes.texts[column[node] ?? 0] ?? "") : "");
  const time = isLoaded ? (nodes.time[node] ?? Number.NaN) : Number.NaN;
  const units = isLoaded ? (nodes.cost[node] ?? NO_COST) : NO_COST;
  return {
    key: keyOf(nodes, node),
    row: isLoaded ? (nodes.row[node] ?? 0) : null,
    id: nodes.idOf(node),
    boundary: (isLoaded ? BOUNDARIES[nodes.boundary[node] ?? 0] : undefined) ?? "other",
    decision: (isLoaded ? DECISIONS[nodes.decision[node] ?? -1] : undefined) ?? "none",
    integrity: (isLoaded ? INTEGRITIES[nodes.integrity[node] ?? -1] : undefined) ?? "not-checked",
    settlement: (isLoaded ? SETTLEMENTS[nodes.settlement[node] ?? 0] : undefined) ?? "unknown",
    service: text(nodes.service),
    agent: text(nodes.agent),
    tool: text(nodes.tool),
    topic: text(nodes.topic),
    capability: text(nodes.capability),
    guard: text(nodes.guard),
    time: Number.isNaN(time) ? null : time,
    cost: units === NO_COST ? null : { units, currency: text(nodes.currency) },
  };
}

/** The node's name in addresses: see {@link NodeKey}. */
export function keyOf(nodes: ChainNodes, node: number): NodeKey {
  return node < nodes.receipts ? `r${nodes.row[node] ?? 0}` : missingKey(nodes.idOf(node));
}

const RECEIPT_KEY = /^r(0|[1-9][0-9]{0,9})$/;
const MISSING_KEY = /^m[0-9a-f]{16}$/;

/** The node that a key names; -1 where it names none. */
export function nodeOf(nodes: ChainNodes, key: NodeKey): number {
  const row = RECEIPT_KEY.exec(key)?.[1];
  if (row !== undefined) {
    return nodes.nodeOfRow(Number(row));
  }
  return MISSING_KEY.test(key) ? (missingNodes(nodes).get(key) ?? -1) : -1;
}

function missingKey(name: string): NodeKey {
  return `m${toHex(sha256(utf8(name)).subarray(0, 8))}`;
}

/** Hashing every missing name is worth it only once a page asks for one. */
const missingByKey = new WeakMap<ChainNodes, ReadonlyMap<NodeKey, number>>();

function missingNodes(nodes: ChainNodes): ReadonlyMap<NodeKey, number> {
  const known = missingByKey.get(nodes);
  if (known !== undefined) {
    return known;
  }
  const made = new Map<NodeKey, number>();
  for (let node = nodes.receipts; node < nodes.count; node += 1) {
    const key = missingKey(nodes.idOf(node));
    if (!made.has(key)) {
      made.set(key, node);
    }
  }
  missingByKey.set(nodes, made);
  return made;
}
