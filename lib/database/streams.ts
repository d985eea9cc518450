/** The Arrow streams of one unit; null where it holds none of a kind. */
export interface UnitStreams {
  readonly rowBase: number;
  /** Receipts and dead letters together. */
  readonly rows: number;
  readonly receipts: Uint8Array | null;
  readonly deadLetters: Uint8Array | null;
}

/** The tables that a conclusion fills (lib/sql/conclusion-tables.sql). */
export const CONCLUSION_TABLES = [
  "receipt_status",
  "edge",
  "delegation",
  "dead_letter_status",
  "checkpoint",
  "finding",
  "input_file",
] as const;
export type ConclusionTable = (typeof CONCLUSION_TABLES)[number];
export type ConclusionStreams = Readonly<Partial<Record<ConclusionTable, readonly Uint8Array[]>>>;
