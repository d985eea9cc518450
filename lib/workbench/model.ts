/** How the values of a column are carried; everything else comes as the engine's own text of it. */
export type ColumnKind =
  | "boolean"
  /** Whole numbers of at most 64 bits. */
  | "integer"
  | "double"
  /** Numbers that are wider than 64 bits or decimal, as their digits. */
  | "digits"
  /** Days since 1970-01-01. */
  | "date"
  /** Microseconds since 1970-01-01T00:00:00, of no zone. */
  | "timestamp"
  | "text";

/** Whether values of the kind can be drawn and ordered as numbers; times are, by their distance. */
export function isNumericKind(kind: ColumnKind): boolean {
  return kind !== "text" && kind !== "boolean";
}

export interface ResultColumn {
  /** As the statement named it: text of anybody. */
  readonly name: string;
  /** The engine's name of the type: `UBIGINT`, `DECIMAL(18,3)`, `INTEGER[]`. */
  readonly type: string;
  readonly kind: ColumnKind;
}

export type NumberArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** Values of one column in a row of rows. A bit of `valid` is 0 for null; absent where nothing is null. */
export type ColumnPart =
  | { readonly form: "numbers"; readonly values: NumberArray; readonly valid: Uint8Array | null }
  | {
      readonly form: "texts";
      /** UTF-8; text `n` lies from `offsets[n]` to `offsets[n + 1]`. */
      readonly bytes: Uint8Array;
      readonly offsets: Int32Array;
      readonly valid: Uint8Array | null;
    };

/** Some rows of a result, by columns. */
export interface ResultChunk {
  readonly rows: number;
  readonly columns: readonly ColumnPart[];
}

export type ProblemCode =
  | "empty"
  | "too-long"
  | "too-wide"
  | "several-statements"
  | "not-a-question"
  | "function-refused"
  | "syntax"
  | "unknown-name"
  | "needs-extension"
  | "off-limits"
  | "value"
  | "memory"
  | "engine-restarted"
  | "stopped"
  | "engine";

/** Why a statement gave no result. Codes are an interface; sentences are for people. */
export interface StatementProblem {
  readonly code: ProblemCode;
  readonly message: string;
  /** What can be done; empty where nothing is known. */
  readonly hint: string;
  /** UTF-16 index in the text as it was written; null where the engine named no place. */
  readonly at: number | null;
}

export interface StatementResult {
  readonly columns: readonly ResultColumn[];
  readonly chunks: readonly ResultChunk[];
  readonly rows: number;
  /** There are rows beyond those that are kept. */
  readonly more: boolean;
  /** A plan, to be shown as text. */
  readonly plan: boolean;
  readonly milliseconds: number;
}

export type StatementOutcome =
  | { readonly kind: "result"; readonly result: StatementResult }
  | {
      readonly kind: "problem";
      readonly problem: StatementProblem;
      readonly milliseconds: number;
    };

/** Rows that a result keeps to be shown; an export asks again for all of them. */
export const MOST_ROWS = 100_000;
