import { verifyConsistencyV2 } from "@/kernel/checkpoint/consistency.ts";
import {
  deriveConsistencyV1,
  derivePublication,
  deriveWitness,
  type RecordDifference,
  recordDifference,
} from "@/kernel/checkpoint/derived.ts";
import { equivocationRecord } from "@/kernel/checkpoint/equivocation.ts";
import { asText, type JsonObject, member } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Ledger } from "./ledger.ts";
import { type PlacedRecord, placeOf } from "./members.ts";

const CONSISTENCY_V2 = "chio.checkpoint_consistency_proof.v2";

/** Statements by the digest that other records name them by, and by number and key. */
export interface Named {
  readonly byDigest: ReadonlyMap<string, Checkpoint>;
  readonly byNumber: ReadonlyMap<string, Checkpoint>;
}

export function nameCheckpoints(checkpoints: readonly Checkpoint[]): Named {
  const byDigest = new Map<string, Checkpoint>();
  const byNumber = new Map<string, Checkpoint>();
  for (const checkpoint of checkpoints) {
    const { sha256, seq, key } = checkpoint;
    for (const [names, name] of [
      [byDigest, sha256],
      [byNumber, `${seq}`],
      [byNumber, `${seq} ${key}`],
    ] as const) {
      if (!names.has(name)) {
        names.set(name, checkpoint);
      }
    }
  }
  return { byDigest, byNumber };
}

/**
 * Checks the records that are derived from checkpoints. Only a version 2 consistency proof proves
 * anything; publications, witnesses and version 1 records are unsigned repetitions, so that one which
 * differs says something of the record and nothing of the log.
 */
export function checkDerivedRecords(
  records: readonly PlacedRecord[],
  checkpoints: Named,
  ledger: Ledger,
  primitives: Primitives,
): void {
  for (const record of records) {
    switch (record.kind) {
      case "consistency-record":
        checkConsistency(record, checkpoints, ledger, primitives);
        break;
      case "publication": {
        const checkpoint = named(record.value, "checkpoint_sha256", checkpoints);
        const derived = checkpoint && derivePublication(checkpoint.link, primitives);
        compare(record, derived, ["trust_anchor_binding"], checkpoint, ledger);
        break;
      }
      case "witness": {
        const previous = named(record.value, "checkpoint_sha256", checkpoints);
        const next = named(record.value, "witness_checkpoint_sha256", checkpoints);
        const derived = previous && next && deriveWitness(previous.link, next.link, primitives);
        compare(record, derived, [], previous ?? next, ledger);
        break;
      }
      case "equivocation-record": {
        const first = named(record.value, "first_checkpoint_sha256", checkpoints);
        const second = named(record.value, "second_checkpoint_sha256", checkpoints);
        if (first && second) {
          const derived = equivocationRecord(first.link, second.link, primitives);
          compare(record, derived ?? undefined, [], first, ledger);
        }
        break;
      }
      case "anchor-proof":
      case "budget":
      case "capability":
      case "checkpoint":
      case "claim-entry":
      case "evidence-manifest":
      case "lineage":
      case "query":
      case "retention":
      case "revocation":
      case "statement":
      case "tool-manifest":
      case "trust-file":
        break;
    }
  }
}

function checkConsistency(
  record: PlacedRecord,
  checkpoints: Named,
  ledger: Ledger,
  primitives: Primitives,
): void {
  const { value } = record;
  const subject = { kind: "consistency-proof" as const, id: nameOf(value) };
  const from = endpoint(value, "from", checkpoints);
  const to = endpoint(value, "to", checkpoints);
  if (
    asText(member(value, "schema")) !== CONSISTENCY_V2 &&
    !Object.hasOwn(value, "to_chain_root")
  ) {
    ledger.add({ code: "CKP-007", subject, place: placeOf(record) });
    const derived = from && to && deriveConsistencyV1(from.link, to.link, primitives);
    compare(record, derived, [], from ?? to, ledger);
    return;
  }
  if (from === undefined || to === undefined) {
    ledger.add({ code: "CKP-008", subject, place: placeOf(record), expected: "both checkpoints" });
    return;
  }
  const verified = verifyConsistencyV2(value, from.link, to.link, primitives);
  if (!verified.ok) {
    const { pointer, expected, actual } = verified.error;
    const cause = from.cause ?? to.cause;
    ledger.add({
      code: "CKP-005",
      subject,
      place: placeOf(record, pointer),
      cause,
      expected,
      actual,
    });
  }
}

/**
 * The checkpoint at one end of a consistency record: by digest, else by number, so that a record whose
 * digest was changed is compared and found to differ instead of being passed over.
 */
function endpoint(
  value: JsonObject,
  end: "from" | "to",
  checkpoints: Named,
): Checkpoint | undefined {
  const found = named(value, `${end}_checkpoint_sha256`, checkpoints);
  if (found !== undefined) {
    return found;
  }
  const seq = Number(member(value, `${end}_checkpoint_seq`));
  const other = named(value, `${end === "from" ? "to" : "from"}_checkpoint_sha256`, checkpoints);
  return checkpoints.byNumber.get(other === undefined ? `${seq}` : `${seq} ${other.key}`);
}

function named(value: JsonObject, name: string, checkpoints: Named): Checkpoint | undefined {
  return checkpoints.byDigest.get(asText(member(value, name)) ?? "");
}

function compare(
  record: PlacedRecord,
  derived: JsonObject | undefined,
  free: readonly string[],
  checkpoint: Checkpoint | undefined,
  ledger: Ledger,
): void {
  const difference: RecordDifference | null =
    derived === undefined
      ? { pointer: "", expected: "a checkpoint that is loaded", actual: null }
      : recordDifference(record.value, derived, free);
  if (difference !== null) {
    ledger.add({
      code: "CKP-008",
      subject: { kind: "statement", id: record.kind },
      place: placeOf(record, difference.pointer),
      cause: checkpoint?.cause ?? null,
      expected: difference.expected,
      actual: difference.actual,
    });
  }
}

function nameOf(value: JsonObject): string {
  const from = member(value, "from_checkpoint_seq");
  return `${String(from)} to ${String(member(value, "to_checkpoint_seq"))}`;
}
