import { asText, asU64, isObject, member } from "@/kernel/json/value.ts";
import type { Ledger } from "./ledger.ts";
import type { PlacedRecord } from "./members.ts";
import { asDouble, type Rows } from "./rows.ts";

interface Validity {
  readonly from: number;
  readonly until: number;
}

/**
 * Joins receipts to what is known of their capabilities: a revocation before the receipt's time, or a
 * time outside the token's window. Revocations are unsigned and receipt times are the kernel's own, so
 * both are warnings.
 */
export function checkCapabilities(
  rows: Rows,
  others: readonly PlacedRecord[],
  ledger: Ledger,
): void {
  const revokedAt = new Map<string, number>();
  const validity = new Map<string, Validity>();
  for (const record of others) {
    const { value } = record;
    if (record.kind === "revocation") {
      const id = asText(member(value, "capability_id"));
      const at = asDouble(asU64(member(value, "revoked_at")));
      if (id !== undefined && !Number.isNaN(at)) {
        revokedAt.set(id, Math.min(at, revokedAt.get(id) ?? at));
      }
    } else if (record.kind === "capability" && record.signature === "fits" && isObject(value)) {
      const id = asText(member(value, "id"));
      const from = asDouble(asU64(member(value, "issued_at")));
      const until = asDouble(asU64(member(value, "expires_at")));
      if (id !== undefined && !Number.isNaN(from) && !Number.isNaN(until)) {
        validity.set(id, { from, until });
      }
    }
  }
  if (revokedAt.size === 0 && validity.size === 0) {
    return;
  }
  for (let row = 0; row < rows.count; row += 1) {
    const capability = rows.capabilities[rows.capability[row] ?? -1] ?? "";
    const at = rows.timestamp[row] ?? Number.NaN;
    const revoked = revokedAt.get(capability);
    const window = validity.get(capability);
    const place = rows.placeOf(row, "/capability_id");
    if (revoked !== undefined && at > revoked) {
      ledger.add({
        code: "LNK-002",
        subject: { kind: "receipt", id: rows.idOf(row) },
        place,
        expected: String(revoked),
        actual: String(at),
        row,
      });
    }
    if (window !== undefined && (at < window.from || at >= window.until)) {
      ledger.add({
        code: "LNK-003",
        subject: { kind: "receipt", id: rows.idOf(row) },
        place,
        expected: `${window.from} to ${window.until}`,
        actual: String(at),
        row,
      });
    }
  }
}
