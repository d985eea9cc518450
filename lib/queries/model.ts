import type { Check } from "@/kernel/check.ts";
import type { ReceiptProof } from "@/lib/verification/receipt-proof.ts";
import type { RepairView } from "@/lib/verification/repair.ts";
import type { Finding, ReceiptStatus } from "@/lib/verification/report.ts";

/** What the Receipts page asks for; it stands in the URL's fragment. Empty lists mean no restriction. */
export interface ReceiptFilter {
  /** Unix seconds, start inclusive, end exclusive. */
  readonly time: { readonly from: number; readonly to: number } | null;
  readonly include: Readonly<Partial<Record<FacetName, readonly string[]>>>;
  readonly exclude: Readonly<Partial<Record<FacetName, readonly string[]>>>;
  /** Free text: found in id, capability, agent, tool, reason or hash; compared literally. */
  readonly text: string;
  /** Numbers of rows, as a query found them; absent for no restriction, else 1 to {@link MOST_ROWS}. */
  readonly rows?: readonly number[];
}
/** Rows that a filter may name. */
export const MOST_ROWS = 10_000;

export type FacetName =
  | "decision"
  | "integrity"
  | "guard"
  | "agent"
  | "tool"
  | "service"
  | "form"
  | "file";
export type SortColumn = "seq" | "time" | "integrity" | "decision" | "agent" | "tool";
export interface ReceiptSort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export interface ReceiptRow {
  /** Number of the row in the dataset; what selects it. */
  readonly row: number;
  readonly seq: string | null;
  /** Unix seconds. */
  readonly timestamp: number | null;
  readonly decision: "allow" | "deny" | "cancelled" | "incomplete" | "none";
  /** Null while the run has not judged the row. */
  readonly status: ReceiptStatus | "unsigned" | null;
  readonly id: string;
  readonly agent: string;
  readonly service: string;
  readonly tool: string;
  readonly guard: string;
  readonly reason: string;
  readonly file: string;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}
export interface Facet {
  readonly name: FacetName;
  readonly values: readonly FacetValue[];
  /** How many values there are in all; more than `values` holds when the list is cut. */
  readonly distinct: number;
}

export interface HistogramBin {
  /** Unix seconds of the bin's start. */
  readonly from: number;
  readonly allow: number;
  readonly deny: number;
  readonly other: number;
  readonly doesNotVerify: number;
}
export interface Histogram {
  readonly binSeconds: number;
  readonly bins: readonly HistogramBin[];
  /** Where sequence numbers are absent: times of the neighbours, and how many. */
  readonly absences: readonly {
    readonly from: number;
    readonly to: number;
    readonly receipts: number;
  }[];
}

export interface FieldRow {
  readonly pointer: string;
  readonly value: string;
  readonly coverage: "covered" | "not-covered" | "left-out";
  readonly fits: boolean;
  readonly note: string;
}

/** Everything the drawer shows of one receipt, recomputed from the bytes of the file when it is opened. */
export interface ReceiptDetail {
  readonly row: ReceiptRow;
  readonly form: string;
  readonly facts: readonly {
    readonly label: string;
    readonly value: string;
    readonly mono: boolean;
  }[];
  readonly evidence: readonly {
    readonly guard: string;
    readonly verdict: boolean | null;
    readonly details: string | null;
  }[];
  readonly checks: readonly Check[];
  readonly fields: readonly FieldRow[];
  readonly proof: ReceiptProof;
  /** Null where the signature fits, or where nothing in the data says with what it would. */
  readonly repair: RepairView | null;
  readonly findings: readonly Finding[];
  readonly place: {
    readonly file: string;
    readonly line: number | null;
    readonly byteOffset: number | null;
    readonly length: number;
    /** Where the receipt stands inside the record, `""` where it is the record. */
    readonly pointer: string;
  };
  readonly rawText: string;
  /** The record's row as JSON, where its file is read as text; null where `rawText` is the row. */
  readonly rowText: string | null;
}
