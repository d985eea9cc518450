import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { isPublicTestKey } from "@/kernel/crypto/test-seeds.ts";
import { weakness } from "@/kernel/crypto/weak-key.ts";
import { asText, asU64, member } from "@/kernel/json/value.ts";
import { keyStanding, type TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import type { TrustRole } from "@/kernel/trust/trust-file.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Copies } from "./duplicates.ts";
import type { DraftPlace, Ledger } from "./ledger.ts";
import { type PlacedRecord, placeOf } from "./members.ts";
import type { KeyRow } from "./report.ts";
import type { Rows } from "./rows.ts";
import { FLAG } from "./unit-result.ts";

export type Standing = KeyRow["standing"];

/** In the order of {@link KeyStandings.ofRow}'s numbers. */
const STANDINGS: readonly Standing[] = [
  "no-trust",
  "pinned",
  "not-pinned",
  "outside-window",
  "other-role",
  "weak",
];
export const PINNED = STANDINGS.indexOf("pinned");
export const WEAK = STANDINGS.indexOf("weak");

/** How every signer stands to the auditor's pinned keys. */
export interface KeyStandings {
  /** For each row, an index into the standings; only rows whose signature fits are judged. */
  readonly ofRow: Uint8Array;
  readonly keys: readonly KeyRow[];
  /** A checkpoint, token or receipt of an unpinned, misplaced or weak signer was met. */
  readonly isAnyRefused: boolean;
}

interface Tally {
  standing: Standing;
  note: string;
  receiptsFit: number;
  receipts: number;
  checkpointsFit: number;
  checkpoints: number;
}

/**
 * Judges every signer: weak keys prove nothing with or without trust; with trust given, a signer that is
 * not pinned for its role and time is an error. A receipt's time is the kernel's own word, which is all
 * that a window can be compared with. One finding a key and reason, at the first place it is met.
 */
export function judgeKeys(
  rows: Rows,
  copies: Copies,
  checkpoints: readonly Checkpoint[],
  others: readonly PlacedRecord[],
  trust: TrustBundle | null,
  ledger: Ledger,
): KeyStandings {
  const judge = new KeyJudge(trust, ledger);
  const ofRow = new Uint8Array(rows.count);
  for (let row = 0; row < rows.count; row += 1) {
    if (rows.has(row, FLAG.synthetic)) {
      continue;
    }
    const key = rows.keyOf(row);
    const tally = judge.tally(key);
    if (copies.first[row] === row) {
      tally.receipts += 1;
      tally.receiptsFit += everyCopyFits(row, rows, copies) ? 1 : 0;
    }
    if (!rows.has(row, FLAG.signatureFits)) {
      continue;
    }
    const standing = judge.standing("kernel", key, rows.timestamp[row] ?? Number.NaN, () =>
      rows.placeOf(row, "/kernel_key"),
    );
    ofRow[row] = STANDINGS.indexOf(standing);
  }
  for (const checkpoint of checkpoints) {
    const tally = judge.tally(checkpoint.key);
    tally.checkpoints += 1;
    if (checkpoint.fits) {
      tally.checkpointsFit += 1;
      judge.standing("checkpoint", checkpoint.key, checkpoint.issuedAt, () =>
        placeOf(checkpoint.record, "/body/kernel_key"),
      );
    }
  }
  for (const record of others) {
    if (record.kind === "capability" && record.signature === "fits") {
      judge.tally(record.key ?? "");
      const at = Number(asU64(member(record.value, "issued_at")) ?? Number.NaN);
      const key = record.key ?? asText(member(record.value, "issuer")) ?? "";
      judge.standing("capability_authority", key, at, () => placeOf(record, "/issuer"));
    }
  }
  return { ofRow, keys: judge.rows(), isAnyRefused: judge.refused };
}

/** A receipt is as good as its worst copy, here as in its status. */
function everyCopyFits(first: number, rows: Rows, copies: Copies): boolean {
  for (let row = first; row !== -1; row = copies.next[row] ?? -1) {
    if (!rows.has(row, FLAG.signatureFits)) {
      return false;
    }
  }
  return true;
}

class KeyJudge {
  refused = false;
  readonly #trust: TrustBundle | null;
  readonly #ledger: Ledger;
  readonly #tallies = new Map<string, Tally>();
  readonly #weak = new Map<string, string | null>();
  readonly #reported = new Set<string>();

  constructor(trust: TrustBundle | null, ledger: Ledger) {
    this.#trust = trust;
    this.#ledger = ledger;
  }

  tally(key: string): Tally {
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = {
        standing: "no-trust",
        note: "",
        receiptsFit: 0,
        receipts: 0,
        checkpointsFit: 0,
        checkpoints: 0,
      };
      this.#tallies.set(key, tally);
    }
    return tally;
  }

  standing(role: TrustRole, key: string, at: number, place: () => DraftPlace): Standing {
    const weak = this.#weakness(key, place);
    if (weak !== null) {
      this.refused = true;
      this.tally(key).standing = "weak";
      return "weak";
    }
    if (this.#trust === null) {
      return "no-trust";
    }
    const when = Number.isNaN(at) ? 0n : BigInt(at);
    const standing = keyStanding(this.#trust, role, key, when);
    const tally = this.tally(key);
    if (tally.standing === "no-trust" || standing !== "pinned") {
      tally.standing = standing;
    }
    switch (standing) {
      case "pinned":
        break;
      case "not-pinned":
        this.#refuse("KEY-001", role, key, null, place);
        break;
      case "outside-window":
        this.#refuse("KEY-003", role, key, String(at), place);
        break;
      case "other-role":
        this.#refuse("KEY-005", role, key, role, place);
        break;
    }
    return standing;
  }

  rows(): readonly KeyRow[] {
    return [...this.#tallies].map(([key, tally]) => ({
      key,
      fingerprint: key,
      standing: tally.standing,
      note: tally.note,
      receipts: { fit: tally.receiptsFit, total: tally.receipts },
      checkpoints: { fit: tally.checkpointsFit, total: tally.checkpoints },
    }));
  }

  #refuse(
    code: "KEY-001" | "KEY-003" | "KEY-005",
    role: TrustRole,
    key: string,
    actual: string | null,
    place: () => DraftPlace,
  ): void {
    this.refused = true;
    const once = `${code} ${role} ${key}`;
    if (!this.#reported.has(once)) {
      this.#reported.add(once);
      this.#ledger.add({
        code,
        subject: { kind: "key", id: key },
        place: place(),
        expected: role,
        actual,
      });
    }
  }

  /** Checked once a key: deciding the subgroup costs as much as a signature. */
  #weakness(key: string, place: () => DraftPlace): string | null {
    const known = this.#weak.get(key);
    if (known !== undefined) {
      return known;
    }
    const parsed = parsePublicKey(key);
    const bytes = parsed.ok && parsed.value.kind === "ed25519" ? parsed.value.bytes : null;
    const weak = bytes === null ? null : weakness(bytes);
    const subject = { kind: "key" as const, id: key };
    if (weak !== null) {
      this.#ledger.add({ code: "KEY-002", subject, place: place(), actual: weak });
    } else if (bytes !== null && isPublicTestKey(bytes)) {
      this.tally(key).note = "public test seed";
      this.#ledger.add({ code: "KEY-004", subject, place: place() });
    }
    this.#weak.set(key, weak);
    return weak;
  }
}
