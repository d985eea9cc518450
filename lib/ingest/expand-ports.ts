import type { ExpandLimits } from "./archive/budget.ts";
import type { ExportForm } from "./kafka/export-form.ts";
import type { IngestFinding, Member } from "./record.ts";
import type { ByteSink } from "./sources.ts";
import type { SqliteModule } from "./store/open.ts";

/** What an expansion needs from its platform, and what it gives. */
export type { SqliteModule };

export interface Sha256Stream {
  update(bytes: Uint8Array): void;
  digestHex(): string;
}

export interface ExpandPorts {
  readonly sha256Stream: () => Sha256Stream;
  /** Called when the first store is met, not before. */
  readonly sqlite: () => Promise<SqliteModule>;
  readonly signal?: AbortSignal | undefined;
  /** Octets of the dropped files that were read, of all. */
  readonly onProgress?: ((readBytes: number, totalBytes: number) => void) | undefined;
  readonly firstMemberId?: number | undefined;
  /** Where unpacked bytes are kept; in memory, or as Blobs in the page (`blobSink`). */
  readonly sink?: (() => ByteSink) | undefined;
  readonly limits?: Partial<ExpandLimits> | undefined;
  /** A person's word on the export form of what was dropped under a name, the first part of its path. */
  readonly readAs?: ((name: string) => ExportForm | undefined) | undefined;
}

export type ExpandStep =
  | { readonly kind: "member"; readonly member: Member }
  /** The member's bytes are hashed now; it may be read and verified long before. */
  | { readonly kind: "hash"; readonly member: number; readonly sha256: string }
  | { readonly kind: "finding"; readonly finding: IngestFinding }
  | ({ readonly kind: "input" } & ExpandedInput);

/** One dropped file as it stands, whatever came out of it. */
export interface ExpandedInput {
  readonly input: number;
  readonly sha256: string;
  readonly size: number;
  readonly recognisedAs: RecognisedAs;
}

export type RecognisedAs =
  | "zip archive"
  | "gzip"
  | "tar archive"
  | "SQLite store"
  | "SQLite store (no write-ahead log given)"
  | "write-ahead log"
  | "file";
