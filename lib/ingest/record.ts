/**
 * How bytes become records. A drop is expanded into members (files, archive members, tables of a store);
 * a member is planned into units of work by its content; a unit yields raw records with their places.
 */

import type { ExportForm } from "./kafka/export-form.ts";
import type { Reading } from "./text/reading.ts";

/** Random access to bytes: a Blob in the page, a file or a buffer in Node. */
export interface ByteSource {
  readonly size: number;
  /** Octets `start` to `end` (exclusive, clamped to the size). */
  read(start: number, end: number): Promise<Uint8Array>;
  /** What a worker can be sent to read the same bytes itself, where the platform has such a thing. */
  readonly transferable: Blob | null;
}

/** One thing that was dropped, chosen or pasted; `path` holds the folder where it came from a folder. */
export interface InputFile {
  readonly path: string;
  readonly source: ByteSource;
}

/**
 * - `lines`: records end with a line feed (NDJSON, logs).
 * - `values`: JSON values one after the other, of any layout, or the elements of one JSON array.
 * - `grouped`: lines, of which several may be one record (Confluent's command line tool).
 * - `quoted`: rows of CSV, whose quoted cells may go over lines.
 * - `rows`: rows of a store's table, already written out as JSON; `bounds` gives the end of each.
 * - `text`, `binary`: nothing in it that could be a record.
 */
export type Layout =
  | "lines"
  | "values"
  | "grouped"
  | "quoted"
  | "rows"
  | "empty"
  | "text"
  | "binary";

/** How rows are made of records, beside what a row says itself. */
export interface HowRead {
  /** Where records are text: how rows of exported records are made of them. */
  readonly reading?: Reading;
  /** A person's word on the form; without it, the guess stands. */
  readonly readAs?: ExportForm;
}

export interface Member extends HowRead {
  readonly id: number;
  /** Index of the dropped input. */
  readonly input: number;
  /** Path as shown: `evidence.zip/receipts.ndjson`, `store.sqlite3/chio_tool_receipts`. */
  readonly path: string;
  /** The folder or archive that the member shares with its neighbours: `evidence.zip`; "" for a loose file. */
  readonly collection: string;
  /** Path inside the collection, as a manifest would list it: `receipts.ndjson`. */
  readonly name: string;
  readonly source: ByteSource;
  readonly layout: Layout;
  readonly bounds: Float64Array | null;
  /**
   * SHA-256 of the member's bytes as 64 lowercase hex digits; for a table, of the store. Empty until the
   * expansion's `hash` step: hashing a large file must not hold back its first rows.
   */
  readonly sha256: string;
  /** Where the member is a table of a store: the table's name. */
  readonly table: string | null;
}

/** A range of a member that one worker reads at once. Ranges of `lines` need not fall on line ends. */
export interface Unit extends HowRead {
  readonly member: number;
  /** Of its member: what a file's name says of its records fills what they leave out. */
  readonly path?: string;
  readonly layout: Layout;
  readonly start: number;
  readonly end: number;
  /**
   * Number of the unit's first row in the dataset. The planner leaves each unit room for as many rows as
   * its octets could hold ({@link LIMITS.bytesPerRow}), so rows are numbered in file order, with gaps.
   */
  readonly rowBase: number;
  /** Row numbers from {@link rowBase} on that are the unit's own, where they are more than its octets ask for. */
  readonly room?: number;
}

/**
 * One record as it stands in the file. `line` counts from 1 at the unit's start; the whole member's count
 * is known only when every earlier unit was read.
 */
export interface RawRecord {
  /** The record's text, or null where `problem` says why there is none. */
  readonly text: string | null;
  readonly problem: RawProblem | null;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  /** The text ends with the file and not with the end of a line: it may have been cut. Told of text only. */
  readonly isOpen?: boolean;
}

/** `excerpt` is at most 200 characters, lossy, for a person to recognise the record by. */
export interface RawProblem {
  readonly code: "FMT-003" | "FMT-005" | "LIM-001" | "LIM-002";
  readonly excerpt: string;
  /** Of FMT-005: the whole text, with U+FFFD for what is no UTF-8. */
  readonly lossyText?: string;
}

/** Something to say about a file as a whole (archive, store), found while expanding. */
export interface IngestFinding {
  readonly code: "FMT-010" | "FMT-011" | "FMT-012" | "LIM-003" | "LIM-004";
  readonly input: number;
  readonly path: string;
  readonly line: number | null;
  readonly expected: string | null;
  readonly actual: string | null;
}

export const LIMITS = {
  /** A record longer than this is not read (octets). */
  recordBytes: 16 * 1024 * 1024,
  /** Unpacked octets of one drop, over all archives. */
  unpackedBytes: 4 * 1024 * 1024 * 1024,
  /** Unpacked over packed size of one archive member, once it passes {@link LIMITS.ratioFloor}. */
  ratio: 200,
  ratioFloor: 64 * 1024 * 1024,
  members: 100_000,
  /** Archives inside archives. */
  nesting: 2,
  /** Size of the range that a worker reads at once. */
  unitBytes: 8 * 1024 * 1024,
  /** No record that is recognised as a receipt is shorter than this. */
  bytesPerRow: 40,
} as const;
