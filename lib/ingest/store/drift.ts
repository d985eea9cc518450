import type { SqlValue } from "@sqlite.org/sqlite-wasm";
import { textOf } from "./row-writer.ts";

/** A column of a store that repeats a member of the signed record beside it. */
export interface Copy {
  readonly column: string;
  /** Names from the record's top down to the member. */
  readonly member: readonly string[];
  /** Whether a record may leave the member out while the column is filled. */
  readonly optional?: boolean;
}

export interface Drift {
  readonly expected: string;
  readonly actual: string;
}

function same(...columns: readonly string[]): Copy[] {
  return columns.map((column) => ({ column, member: [column] }));
}

export const TOOL_RECEIPT_COPIES: readonly Copy[] = [
  { column: "receipt_id", member: ["id"] },
  ...same("timestamp", "capability_id", "tool_server", "tool_name", "policy_hash", "content_hash"),
  ...same("tenant_id"),
  // A v1 observation carries no decision, and its store says what kind of observation it is.
  { column: "decision_kind", member: ["decision", "verdict"], optional: true },
];

export const CHILD_RECEIPT_COPIES: readonly Copy[] = [
  { column: "receipt_id", member: ["id"] },
  ...same("timestamp", "session_id", "parent_request_id", "request_id", "operation_kind"),
  ...same("policy_hash", "outcome_hash"),
];

export const CHECKPOINT_COPIES: readonly Copy[] = same(
  "checkpoint_seq",
  "batch_start_seq",
  "batch_end_seq",
  "tree_size",
  "merkle_root",
  "issued_at",
  "kernel_key",
);

/** The difference between a column and the record's member, or null where they say the same. */
export function driftOf(copy: Copy, column: SqlValue, record: unknown): Drift | null {
  if (column === null) return null;
  const member = copy.member.reduce(memberOf, record);
  const name = copy.member.join(".");
  if (member === undefined || member === null) {
    if (copy.optional === true) return null;
    return { expected: `no ${name}`, actual: `${copy.column} ${short(textOf(column))}` };
  }
  if (typeof member !== "string" && typeof member !== "number") return null;
  // The parser here is the platform's: numbers beyond its exact range cannot be compared.
  if (typeof member === "number" && !Number.isSafeInteger(member)) return null;
  const stated = normal(String(member));
  const copied = normal(textOf(column));
  if (stated === copied) return null;
  return { expected: `${name} ${short(stated)}`, actual: `${copy.column} ${short(copied)}` };
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** Hashes and keys are spelled with and without a prefix. */
function normal(text: string): string {
  return text.replace(/^(?:0x|sha256:|ed25519:(?:pub:)?)(?=[0-9a-f]+$)/, "");
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
