import type { FindingCode, Severity } from "@/kernel/findings.ts";

/** The headline of a dataset. Only `verified` needs pinned keys; a signature alone is self-consistent. */
export type Headline = "verified" | "self-consistent" | "does-not-verify" | "not-checked";
export type TrustMode = "pinned" | "none";
export type Answer = "yes" | "no" | "cannot-tell";
export type QuestionName = "authentic" | "unaltered" | "included" | "complete" | "consistent";

export interface Question {
  readonly answer: Answer;
  readonly reason: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** What one receipt amounts to once every file is read. */
export type ReceiptStatus =
  | "verified"
  | "verified-not-checkpointed"
  | "self-consistent"
  | "does-not-verify"
  | "not-checked";

export type SubjectKind =
  | "receipt"
  | "checkpoint"
  | "inclusion-proof"
  | "consistency-proof"
  | "capability"
  | "tool-manifest"
  | "statement"
  | "manifest"
  | "key"
  | "sequence"
  | "file"
  | "dead-letter"
  | "row"
  | "run";

export interface Place {
  readonly file: string;
  /** 1-based line, or the ordinal of the element in a JSON array or a store's table; null for a whole file. */
  readonly line: number | null;
  readonly byte_offset: number | null;
  /** RFC 6901 pointer inside the record, "" for the whole record. */
  readonly pointer: string;
}

export interface Finding {
  readonly id: string;
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly place: Place;
  /** The finding that brought this one about, or null where it stands for itself. */
  readonly cause: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** The exported document; `chio verify --json` prints it and the page saves it. */
export interface VerificationReport {
  readonly schema: "chio-explorer.verification-report.v1";
  readonly headline: Headline;
  readonly trust_mode: TrustMode;
  readonly questions: Readonly<Record<QuestionName, Question>>;
  readonly counts: {
    readonly files: number;
    readonly rows: number;
    readonly rejected: number;
    readonly receipts: number;
    readonly by_form: Readonly<Record<string, number>>;
    readonly by_status: Readonly<Record<ReceiptStatus, number>>;
    readonly checkpoints: number;
    readonly proofs: number;
  };
  readonly inputs: readonly {
    readonly path: string;
    readonly sha256: string;
    readonly recognised_as: string;
    readonly rows: number;
    readonly rejected: number;
  }[];
  readonly findings: readonly Finding[];
}

/** A signing key met in the data. */
export interface KeyRow {
  readonly key: string;
  readonly fingerprint: string;
  readonly standing:
    | "pinned"
    | "not-pinned"
    | "outside-window"
    | "other-role"
    | "weak"
    | "no-trust";
  readonly note: string;
  readonly receipts: { readonly fit: number; readonly total: number };
  readonly checkpoints: { readonly fit: number; readonly total: number };
}

/** One cell of the checkpoint strip, in sequence order. */
export interface CheckpointCell {
  readonly state: "fits" | "differs" | "absent" | "not-covered" | "not-checked";
  readonly log: number;
  readonly checkpoint_seq: number | null;
  readonly from_seq: number;
  readonly to_seq: number;
  readonly issued_at: number | null;
  readonly key: string | null;
}

export type EdgeState = "holds" | "fails" | "unknown" | "open";
/** The six edges of the seal, clockwise from top right. */
export interface SealEdges {
  readonly format: EdgeState;
  readonly hash: EdgeState;
  readonly signature: EdgeState;
  readonly key: EdgeState;
  readonly inclusion: EdgeState;
  readonly continuity: EdgeState;
}

/** The receipt that a finding is about, as the pages name and open it. */
export interface FindingRow {
  /** Number of the row in the database. */
  readonly row: number;
  /** The wrapper's sequence number, or null where it has none. */
  readonly seq: number | null;
}

/** Everything that a page shows about a concluded run: the report, and what a report does not carry. */
export interface Verdict {
  readonly report: VerificationReport;
  readonly partial: boolean;
  /** Headline numbers: causes and effects of what is here and does not fit; absences apart. */
  readonly causes: number;
  readonly effects: number;
  readonly absentReceipts: number;
  readonly absentCheckpoints: number;
  readonly uncovered: number;
  readonly unsupported: number;
  readonly unsignedSynthetic: number;
  readonly forks: number;
  readonly links: { readonly fit: number; readonly total: number };
  /** Unix seconds of the first and last receipt. */
  readonly range: { readonly from: number; readonly to: number } | null;
  readonly seal: SealEdges;
  readonly keys: readonly KeyRow[];
  readonly strip: readonly CheckpointCell[];
  readonly pinnedKeys: number;
  /** By the id of a finding, for the findings that are about a receipt. */
  readonly rows: ReadonlyMap<string, FindingRow>;
  readonly refereed: {
    readonly checked: number;
    readonly signatures: number;
    readonly disagreements: number;
  };
}
