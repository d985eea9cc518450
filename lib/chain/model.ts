/**
 * The choreography as integers. A node is a receipt, or a parent that is named and not loaded; an edge leads
 * from what brought something about to what was brought about.
 */

/** What a link was read from. */
export const LINK_SOURCES = [
  /** A top-level `parent_receipt`: the documentation's form. */
  "parent-receipt",
  /** `metadata.governed_transaction.call_chain`. */
  "call-chain",
  /** A receipt lineage statement of its own. */
  "lineage",
  /** A child receipt's parent request in its session. */
  "child-request",
  /** A final HTTP receipt's decision receipt, and its kernel receipt. */
  "http-decision",
  "http-kernel",
  /** `X-Chio-Receipt` on the Kafka record that a receipt says it consumed. */
  "record-header",
] as const;
export type LinkSource = (typeof LINK_SOURCES)[number];

/**
 * How much stands behind a link, weakest first: said by someone; seen in transport, or said to be seen; or
 * stated as verified inside a signature that verifies (wire format 3).
 */
export const STRENGTHS = ["asserted", "observed", "verified"] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Where the step stands in the choreography. */
export const BOUNDARIES = ["consume", "tool", "produce", "checkpoint", "other"] as const;
export type Boundary = (typeof BOUNDARIES)[number];

export const DECISIONS = ["allow", "deny", "cancelled", "incomplete", "none"] as const;
export type Decision = (typeof DECISIONS)[number];

/** In the order of `STATUS_NAMES` (lib/verification/statuses.ts), which numbers them. */
export const INTEGRITIES = [
  "verified",
  "verified-not-checkpointed",
  "self-consistent",
  "not-checked",
  "does-not-verify",
  "unsigned",
] as const;
export type Integrity = (typeof INTEGRITIES)[number];

/** A signed allow proves the decision only: whether its attempt was kept is another matter (streaming 6.3). */
export const SETTLEMENTS = ["unknown", "confirmed", "rolled-back"] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

/** In {@link ChainNodes.cost}: the receipt names no cost. */
export const NO_COST = 0xffff_ffff_ffff_ffffn;

/**
 * What each node is. Nodes `0 .. receipts-1` are receipts in the order of their files, one for each receipt
 * however many copies there are; nodes `receipts .. count-1` are parents that are not loaded. Columns are
 * `receipts` long; texts are indexes into {@link texts}, whose first is empty.
 */
export interface ChainNodes {
  readonly receipts: number;
  readonly count: number;
  /** Number in the database. */
  readonly row: Int32Array;
  /** Unix seconds, self-asserted; NaN for none. */
  readonly time: Float64Array;
  /** Indexes into {@link BOUNDARIES}, {@link DECISIONS}, {@link INTEGRITIES}, {@link SETTLEMENTS}. */
  readonly boundary: Uint8Array;
  readonly decision: Uint8Array;
  readonly integrity: Uint8Array;
  readonly settlement: Uint8Array;
  readonly service: Int32Array;
  readonly agent: Int32Array;
  readonly tool: Int32Array;
  readonly topic: Int32Array;
  readonly capability: Int32Array;
  readonly guard: Int32Array;
  /** Minor units; {@link NO_COST} for none. */
  readonly cost: BigUint64Array;
  readonly currency: Int32Array;
  readonly texts: readonly string[];
  /** The receipt's id, or the name by which the missing parent is known. */
  idOf(node: number): string;
  /** The node of a row of the database, of whichever copy; -1 where there is none. */
  nodeOfRow(row: number): number;
  /** The node with this id, receipts before missing parents; -1 where there is none. */
  find(id: string): number;
}

/** Each pair of nodes once; what several sources say of it is joined. */
export interface ChainEdges {
  readonly count: number;
  readonly parent: Int32Array;
  readonly child: Int32Array;
  /** One bit for each of {@link LINK_SOURCES}. */
  readonly sources: Uint8Array;
  /** Index into {@link STRENGTHS}: the strongest of the sources. */
  readonly strength: Uint8Array;
}

/** How one capability was handed on from another. */
export interface Delegation {
  readonly capability: string;
  readonly parent: string;
  readonly strength: Strength;
}

/**
 * A node's name in links and messages: `r` and the row's number for a receipt, `m` and sixteen hexadecimal
 * digits of its name's SHA-256 for a missing parent. It stays what it is when more files are dropped.
 */
export type NodeKey = string;

export const DIRECTIONS = ["forward", "backward", "both"] as const;
/** `forward`: what it caused. `backward`: what caused it. `both`: the two together. */
export type Direction = (typeof DIRECTIONS)[number];

/** One node as a page or a command shows it. */
export interface NodeFacts {
  readonly key: NodeKey;
  /** Null for a parent that is not loaded; then everything but the id is empty. */
  readonly row: number | null;
  readonly id: string;
  readonly boundary: Boundary;
  readonly decision: Decision;
  readonly integrity: Integrity;
  readonly settlement: Settlement;
  readonly service: string;
  readonly agent: string;
  readonly tool: string;
  readonly topic: string;
  readonly capability: string;
  readonly guard: string;
  /** Unix seconds. */
  readonly time: number | null;
  readonly cost: { readonly units: bigint; readonly currency: string } | null;
}

/** What lies in or under something that is not drawn, so that no anomaly hides. */
export interface Beneath {
  readonly receipts: number;
  readonly denied: number;
  readonly failing: number;
  /** Neither verified nor failing: not checked, unsigned; and self-consistent, where any key is pinned. */
  readonly unverified: number;
  readonly missing: number;
}
