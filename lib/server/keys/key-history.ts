import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { parseTrustFile, TRUST_SCHEMA, type TrustRole } from "@/kernel/trust/trust-file.ts";

/** A key that signs for a role or did: the public half, and the window in which it is believed. */
export interface KeyRecord {
  readonly role: TrustRole;
  /** 64 lower-case hexadecimal digits. */
  readonly key: string;
  /** Unix seconds, inclusive; null where the key was brought from elsewhere. */
  readonly validFrom: bigint | null;
  /** Unix seconds, exclusive; null while the key signs. */
  readonly retiredAt: bigint | null;
  readonly note: string;
}

/** The records as an unsigned trust file (decision 2's form), which is also what the history file holds. */
export function trustFileOf(records: readonly KeyRecord[]): JsonObject {
  return {
    schema: TRUST_SCHEMA,
    keys: records.map(({ role, key, validFrom, retiredAt, note }) => ({
      role,
      key,
      valid_from: validFrom === null ? null : jsonInteger(validFrom),
      valid_until: null,
      retired_at: retiredAt === null ? null : jsonInteger(retiredAt),
      note,
    })),
  };
}

export function historyText(records: readonly KeyRecord[]): string {
  return `${canonicalize(trustFileOf(records))}\n`;
}

/** The records of a history file, or why it is none. */
export function parseHistory(
  text: string,
  primitives: Primitives,
): Result<readonly KeyRecord[], string> {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return err(parsed.error.kind);
  }
  const file = parseTrustFile(parsed.value.value, primitives);
  return file.ok
    ? ok(
        file.value.keys.map(({ role, key, validFrom, retiredAt, note }) => ({
          role,
          key: key.canonical,
          validFrom,
          retiredAt,
          note,
        })),
      )
    : err(file.error.map(({ kind, pointer }) => `${kind} at ${pointer}`).join("; "));
}

/** The record that signs for a role now. */
export function currentRecord(records: readonly KeyRecord[], role: TrustRole): KeyRecord | null {
  return records.find((record) => record.role === role && record.retiredAt === null) ?? null;
}

/**
 * The history after `key` took over a role at `now`. The window of the key before it ends a second later,
 * since what it signed within this second says this second too.
 */
export function succeeded(
  records: readonly KeyRecord[],
  role: TrustRole,
  key: string,
  validFrom: bigint | null,
  now: bigint,
  note: string,
): readonly KeyRecord[] {
  const current = currentRecord(records, role);
  if (current?.key === key) {
    return records;
  }
  const earlier = records.map((record) =>
    record === current ? { ...record, retiredAt: now + 1n } : record,
  );
  // A key that comes back starts where its last window ended: two windows of one key may not overlap.
  const ended = earlier
    .filter((record) => record.role === role && record.key === key)
    .reduce<bigint | null>((last, { retiredAt }) => later(last, retiredAt), null);
  const from = current === null ? validFrom : now;
  return [...earlier, { role, key, validFrom: later(from, ended), retiredAt: null, note }];
}

function later(one: bigint | null, other: bigint | null): bigint | null {
  if (one === null || other === null) {
    return one ?? other;
  }
  return one > other ? one : other;
}
