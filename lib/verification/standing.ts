import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { isPublicTestKey } from "@/kernel/crypto/test-seeds.ts";
import { weakness } from "@/kernel/crypto/weak-key.ts";
import { asU64, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { type KeyStanding, keyStanding, type TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import { TRUST_ROLES, type TrustRole } from "@/kernel/trust/trust-file.ts";
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
  /** For each checkpoint, by its index, whether its signer may speak for it: pinned, or strong without trust. */
  readonly isCheckpointTrusted: Uint8Array;
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
  const take = (row: number): void => {
    if (rows.has(row, FLAG.synthetic)) {
      return;
    }
    const key = rows.keyOf(row);
    const tally = judge.tally(key);
    if (copies.first[row] === row) {
      tally.receipts += 1;
      tally.receiptsFit += everyCopyFits(row, rows, copies) ? 1 : 0;
    }
    if (!rows.has(row, FLAG.signatureFits)) {
      return;
    }
    const standing = judge.standing("kernel", key, rows.timestamp[row] ?? Number.NaN, () =>
      rows.placeOf(row, "/kernel_key"),
    );
    ofRow[row] = STANDINGS.indexOf(standing);
  };
  // In the order of the files, so that a finding names the same place whichever worker was faster.
  for (const { first, count } of rows.inOrder()) {
    for (let row = first; row < first + count; row += 1) {
      take(row);
    }
  }
  const isCheckpointTrusted = new Uint8Array(checkpoints.length);
  for (const checkpoint of checkpoints) {
    const tally = judge.tally(checkpoint.key);
    tally.checkpoints += 1;
    if (checkpoint.fits) {
      tally.checkpointsFit += 1;
      const standing = judge.standing("checkpoint", checkpoint.key, checkpoint.issuedAt, () =>
        placeOf(checkpoint.record, checkpoint.isFlattened ? "/kernel_key" : "/body/kernel_key"),
      );
      isCheckpointTrusted[checkpoint.index] =
        standing === "pinned" || standing === "no-trust" ? 1 : 0;
    }
  }
  for (const record of others) {
    if (record.signature !== "fits" || record.kind === "checkpoint") {
      continue;
    }
    const key = record.key ?? "";
    judge.tally(key);
    if (record.kind === "capability") {
      const at = Number(asU64(member(record.value, "issued_at")) ?? Number.NaN);
      judge.standing("capability_authority", key, at, () => placeOf(record, "/issuer"));
    } else {
      judge.standing("any", key, timeOf(record.value), () => placeOf(record, "/signature"));
    }
  }
  return { ofRow, isCheckpointTrusted, keys: judge.rows(), isAnyRefused: judge.refused };
}

/** When a statement or a tool manifest says that it was issued, in Unix seconds; NaN where it does not. */
function timeOf(value: JsonObject): number {
  const certificate = member(value, "certificate");
  const facts = isObject(certificate) ? certificate : value;
  return Number(
    asU64(member(facts, "issued_at")) ?? asU64(member(facts, "issuedAt")) ?? Number.NaN,
  );
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

/** Beyond this, times and numbers are not exact here: no real clock reaches it. */
const END_OF_TIME = (1n << 64n) - 1n;

/**
 * The key's standing at a time. A time that is absent, or later than any clock, is inside no window: a
 * retired key must not pass for want of a time. No role of a trust file is about statements and tool
 * manifests, so for them a key that is pinned for anything is pinned.
 */
function standingAt(
  trust: TrustBundle,
  role: TrustRole | "any",
  key: string,
  at: number,
): KeyStanding {
  const roles = role === "any" ? TRUST_ROLES : [role];
  const standings = roles.map((each) => {
    if (!Number.isNaN(at)) {
      return keyStanding(trust, each, key, BigInt(at));
    }
    const first = keyStanding(trust, each, key, 0n);
    return first === "pinned" ? keyStanding(trust, each, key, END_OF_TIME) : first;
  });
  return (
    standings.find((standing) => standing === "pinned") ??
    standings.find((standing) => standing === "outside-window") ??
    standings[0] ??
    "not-pinned"
  );
}

function timeText(at: number): string {
  return Number.isNaN(at) ? "no time that could be read" : String(at);
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

  standing(role: TrustRole | "any", key: string, at: number, place: () => DraftPlace): Standing {
    const weak = this.#weakness(key, place);
    if (weak !== null) {
      this.refused = true;
      this.tally(key).standing = "weak";
      return "weak";
    }
    if (this.#trust === null) {
      return "no-trust";
    }
    const standing = standingAt(this.#trust, role, key, at);
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
        this.#refuse("KEY-003", role, key, timeText(at), place);
        break;
      case "other-role":
        this.#refuse("KEY-005", role, key, this.#rolesOf(key), place);
        break;
    }
    return standing;
  }

  rows(): readonly KeyRow[] {
    return [...this.#tallies].map(([key, tally]) => ({
      key,
      fingerprint: key,
      standing: tally.standing,
      note: tally.note === "" ? this.#noteOf(key) : tally.note,
      receipts: { fit: tally.receiptsFit, total: tally.receipts },
      checkpoints: { fit: tally.checkpointsFit, total: tally.checkpoints },
    }));
  }

  #rolesOf(key: string): string {
    const entries = this.#trust?.byKey.get(key) ?? [];
    return [...new Set(entries.map(({ role }) => role))].join(", ");
  }

  /** What whoever pinned the key wrote beside it. */
  #noteOf(key: string): string {
    const entries = this.#trust?.byKey.get(key) ?? [];
    return entries.find((entry) => entry.note !== "")?.note ?? "";
  }

  #refuse(
    code: "KEY-001" | "KEY-003" | "KEY-005",
    role: TrustRole | "any",
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
        expected: role === "any" ? "a pinned key" : role,
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
