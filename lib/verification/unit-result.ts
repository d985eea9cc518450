import type { FindingCode, Severity } from "@/kernel/findings.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { ChainUnit } from "./chain-unit.ts";
import type { DeadLetterColumns } from "./dead-letter-sink.ts";
import type { SubjectKind } from "./report.ts";

/** In a column of sequence numbers or times: the record has none. */
export const NO_NUMBER = 0xffff_ffff_ffff_ffffn;

/** Findings of one code that a unit lists; the rest it counts. */
export const UNIT_LISTED = 5_000;

/** Bits of {@link ReceiptColumns.flags}. */
export const FLAG = {
  signatureFits: 1,
  signatureFails: 2,
  unsupported: 4,
  /** Id, parameter hash, coherence and format all hold. */
  contentHolds: 8,
  contentFails: 16,
  /** A denial made up by a client, without a signature. */
  synthetic: 32,
  child: 64,
  http: 128,
  /** Key or example cannot be checked (documentation form with names, abbreviated ids). */
  uncheckable: 256,
} as const;

export const FORMS = ["documentation", "pre-v1", "v1", "child", "http"] as const;
export type Form = (typeof FORMS)[number];

/**
 * What one unit's receipts amount to, a column for each fact, in file order. Row `i` of the unit is row
 * `rowBase + i` of the dataset. The buffers are transferred, never copied.
 */
export interface ReceiptColumns {
  readonly count: number;
  /** 1-based within the unit. */
  readonly line: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  /** The wrapper's sequence number, which no signature covers; {@link NO_NUMBER} for none. */
  readonly seq: BigUint64Array;
  /** Unix seconds; {@link NO_NUMBER} for none. */
  readonly timestamp: BigUint64Array;
  readonly form: Uint8Array;
  readonly flags: Uint16Array;
  /** Index into {@link UnitResult.keys}. */
  readonly key: Uint32Array;
  /** Index into {@link UnitResult.pointers}: where the receipt stands inside its row. */
  readonly pointer: Uint32Array;
  /** Index into {@link UnitResult.capabilities}. */
  readonly capability: Uint32Array;
  /** 32 octets a row: SHA-256 of the id's text, which is how equal ids are found. */
  readonly identity: Uint8Array;
  /** 32 octets a row: RFC 6962 leaf hash of the whole receipt in normal form. */
  readonly leaf: Uint8Array;
}

/** What the database shows of a receipt beyond its columns; one entry a row. */
export interface ReceiptTexts {
  readonly id: string[];
  readonly capabilityId: string[];
  readonly agent: string[];
  readonly service: string[];
  readonly toolServer: string[];
  readonly toolName: string[];
  readonly decision: string[];
  readonly guard: string[];
  readonly reason: string[];
  readonly trustLevel: string[];
  readonly tenantId: string[];
  readonly policyHash: string[];
  /** The reason with its particulars masked (lib/denials/mask.ts). */
  readonly reasonPattern: string[];
  /** What would have to be granted: the events scope, or `server/tool` for a call. */
  readonly scope: string[];
  readonly topic: string[];
  /** Of the record that a consume judged. */
  readonly messageKey: string[];
  readonly group: string[];
  readonly currency: string[];
  /** The guards that it says ran, coded (guard-list.ts). */
  readonly guards: string[];
  /** Minor units; NO_NUMBER for none, like the two below. */
  readonly costUnits: bigint[];
  /** Coordinates of the record that a consume judged. */
  readonly sourcePartition: bigint[];
  readonly sourceOffset: bigint[];
}

export interface ProofColumns {
  readonly count: number;
  readonly line: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  readonly checkpointSeq: BigUint64Array;
  readonly receiptSeq: BigUint64Array;
  /** The wrapper's leaf index and the proof's own. */
  readonly leafIndex: Float64Array;
  readonly proofLeafIndex: Float64Array;
  readonly treeSize: Float64Array;
  /** 32 octets each. */
  readonly root: Uint8Array;
  /** All path hashes one after the other; `pathEnd[i]` is where proof `i` ends, in octets. */
  readonly path: Uint8Array;
  readonly pathEnd: Uint32Array;
}

export type OtherKind =
  | "checkpoint"
  | "consistency-record"
  | "publication"
  | "witness"
  | "equivocation-record"
  | "capability"
  | "lineage"
  | "request-lineage"
  | "tool-manifest"
  | "statement"
  | "anchor-proof"
  | "evidence-manifest"
  | "query"
  | "retention"
  | "revocation"
  | "budget"
  | "claim-entry"
  | "trust-file";

/** A record that is no receipt and no inclusion proof: few, and kept whole for the cross-checks. */
export interface OtherRecord {
  readonly kind: OtherKind;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  /** RFC 6901 pointer of the record inside its row, "" where it is the row. */
  readonly pointer: string;
  readonly value: JsonObject;
  /** Whether its own signature was checked, and how that ended; "none" where it carries none. */
  readonly signature: "fits" | "does-not-fit" | "unsupported" | "unreadable" | "none";
  /** Whether every signature inside it fits, such as those of a token's delegation links; true for none. */
  readonly innerFits: boolean;
  readonly key: string | null;
  /** SHA-256 of the signed statement, 64 hex digits, where records name each other by it. */
  readonly sha256: string | null;
  /** For an anchor proof: its receipt's row in the unit, and that receipt's leaf without the signature. */
  readonly anchored: { readonly row: number; readonly bodyLeaf: Uint8Array } | null;
}

export interface Reject {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  readonly pointer: string;
  readonly excerpt: string;
  readonly detail: string | null;
}

/** A finding about one record of the unit, not yet related to any other. `row` is -1 off receipts. */
export interface UnitFinding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly row: number;
  readonly line: number;
  readonly offset: number;
  /** Pointer of the record inside its row, and of the member that the finding is about. */
  readonly record: string;
  readonly pointer: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

export interface UnitResult {
  readonly member: number;
  readonly start: number;
  readonly rowBase: number;
  /** Lines that begin in this unit, blank ones included, so that later units can number theirs. */
  readonly lines: number;
  /** Records, blank lines not counted, rejected ones counted. */
  readonly records: number;
  /** Exported records that were read, by the form of each. */
  readonly exported: Readonly<Partial<Record<ExportForm, number>>>;
  readonly keys: readonly string[];
  readonly capabilities: readonly string[];
  readonly pointers: readonly string[];
  readonly receipts: ReceiptColumns;
  /** All ids, joined by U+0000 (which {@link ReceiptTexts.id} never holds). */
  readonly ids: string;
  readonly proofs: ProofColumns;
  readonly chain: ChainUnit;
  readonly deadLetters: DeadLetterColumns;
  readonly others: readonly OtherRecord[];
  readonly rejects: readonly Reject[];
  /** At most {@link UNIT_LISTED} of a code; `counted` holds the true number of each. */
  readonly findings: readonly UnitFinding[];
  readonly counted: Readonly<Partial<Record<FindingCode, number>>>;
  readonly refereed: {
    readonly signatures: number;
    readonly checked: number;
    readonly disagreements: number;
  };
}
