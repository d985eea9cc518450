import type { ReceiptLinkSource } from "@/kernel/receipt/choreography.ts";

/*
 * What one unit knows of links. A unit cannot tell which receipts the others hold, so whatever is named is
 * a name here: its number stands in links, carriers and pairs. Names that the unit's own receipts answer to
 * are resolved already, which they mostly are: what follows stands near what it follows from.
 */

/** What a name is of: a receipt's id, a request, or the coordinates of a Kafka record. */
export const NAME_SPACES = ["receipt", "request", "record"] as const;
export type NameSpace = (typeof NAME_SPACES)[number];

/** Sources of links that stand in a receipt, in the order of their numbers. */
export const RECEIPT_LINK_SOURCES = [
  "parent-receipt",
  "call-chain",
  "child-request",
  "http-decision",
  "http-kernel",
] as const satisfies readonly ReceiptLinkSource[];

/** In {@link StepColumns.continues}: it names its cause; it does not, though it should have one. */
export const NAMES_ONE = 1;
export const NAMES_NONE = 2;

/** One entry for each receipt of the unit; texts are indexes into {@link ChainUnit.texts}. */
export interface StepColumns {
  readonly boundary: Uint8Array;
  readonly decision: Uint8Array;
  /** {@link NAMES_ONE} or {@link NAMES_NONE} where the receipt says that it continues something, else 0. */
  readonly continues: Uint8Array;
  readonly service: Uint32Array;
  readonly agent: Uint32Array;
  readonly tool: Uint32Array;
  readonly topic: Uint32Array;
  readonly guard: Uint32Array;
  readonly scope: Uint32Array;
  /** The reason with its particulars masked. */
  readonly reason: Uint32Array;
  readonly policy: Uint32Array;
  /** Of denials alone: the key of the record that was judged. */
  readonly key: Uint32Array;
  readonly group: Uint32Array;
  readonly currency: Uint32Array;
  /** Minor units; NO_NUMBER for none. */
  readonly cost: BigUint64Array;
}

export interface NameColumns {
  readonly count: number;
  /** Index into {@link NAME_SPACES}. */
  readonly space: Uint8Array;
  /** The unit's first receipt with that id; -1 where none has it. */
  readonly local: Int32Array;
  /** 32 octets each: SHA-256 of the name's text; zero where it is local. */
  readonly hash: Uint8Array;
  /** The names themselves; empty where they are local. */
  readonly texts: readonly string[];
}

/** From receipts to what they say brought them about. */
export interface LinkColumns {
  readonly count: number;
  readonly row: Uint32Array;
  /** Index into {@link RECEIPT_LINK_SOURCES}; one past it for the record that a consume judged. */
  readonly source: Uint8Array;
  /** Index into the strengths of lib/chain, as declared by the receipt. */
  readonly evidence: Uint8Array;
  /** 1 where the form's signature covers the member that the link was read from. */
  readonly covered: Uint8Array;
  readonly name: Uint32Array;
}

/** Other names under which receipts are known: requests. */
export interface HandleColumns {
  readonly count: number;
  readonly row: Uint32Array;
  /** 32 octets each, as in {@link NameColumns.hash}. */
  readonly hash: Uint8Array;
}

/** Pairs of names, both indexes into the unit's {@link NameColumns}. */
export interface PairColumns {
  readonly count: number;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/** Exported Kafka records, whatever they hold. */
export interface RecordCounts {
  readonly records: number;
  /** Their value holds a receipt, or says which one it stands for. */
  readonly holding: number;
  /** A header carries a receipt's id. */
  readonly naming: number;
}

export interface ChainUnit {
  readonly exported: RecordCounts;
  readonly texts: readonly string[];
  readonly steps: StepColumns;
  readonly names: NameColumns;
  readonly links: LinkColumns;
  readonly handles: HandleColumns;
  /** What denied consumes judged: SHA-256 of the record's value, in the form of handles. */
  readonly judged: HandleColumns;
  /** A Kafka record, by its coordinates, and the receipt whose id its header carries. */
  readonly carried: PairColumns;
  /** Cause and consequence, as the headers of one record name them. */
  readonly pairs: PairColumns;
  /** Receipts (`first`) whose outcome an export tells: `second` is 1 confirmed, 2 rolled back. */
  readonly settled: PairColumns;
  /** Index into {@link texts}: topics of records that hold dead letters. */
  readonly deadLetterTopics: Uint32Array;
}
