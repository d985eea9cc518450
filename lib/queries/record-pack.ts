import type { KnownCapability } from "@/lib/verification/known-capability.ts";

/** One receipt inside {@link RecordPack.bytes}. */
export interface PackedRow {
  /** The row's number in the database. */
  readonly row: number;
  /** Octets of its record, end exclusive; several receipts may share one record. */
  readonly start: number;
  readonly end: number;
  /** Where the receipt stands inside the record (RFC 6901), `""` where it is the record. */
  readonly pointer: string;
}

/** Receipts as their files hold them now, and what is loaded of the capabilities that they name. */
export interface RecordPack {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: readonly PackedRow[];
  /** Rows whose file does not hold them any more. */
  readonly lost: readonly number[];
  readonly capabilities: readonly (readonly [id: string, capability: KnownCapability])[];
}
