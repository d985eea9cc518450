import { toHex } from "@/kernel/encoding.ts";
import { asU64, isArray, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { rootFromInclusionProof } from "@/kernel/merkle/proof.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { INCLUSION, type Inclusion, markIncluded } from "./batch-trees.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Draft, Ledger } from "./ledger.ts";
import { type PlacedRecord, placeOf } from "./members.ts";
import { readHash } from "./proof-sink.ts";
import { asDouble, type Rows, same32 } from "./rows.ts";

/**
 * Checks the proof inside an anchor document against the checkpoint statement that it carries. April's
 * documents start from the receipt without its signature; the whole receipt is tried first.
 */
export function checkAnchor(
  record: PlacedRecord,
  row: number,
  rows: Rows,
  carried: ReadonlyMap<string, Checkpoint>,
  inclusion: Inclusion,
  ledger: Ledger,
  causeOfRow: ReadonlyMap<number, Draft>,
  primitives: Primitives,
): void {
  const received = member(record.value, "receipt_inclusion");
  const subject = { kind: "inclusion-proof" as const, id: rows.idOf(row) };
  const place = placeOf(record, "/receipt_inclusion");
  const proof = isObject(received) ? readProof(received) : null;
  if (!isObject(received) || proof === null || record.anchored === null) {
    ledger.add({ code: "INC-002", subject, place, cause: causeOfRow.get(row) ?? null });
    return;
  }
  const seq = asDouble(asU64(member(received, "checkpoint_seq")));
  const checkpoint = carried.get(carriedName(record, "/checkpoint_statement"));
  if (checkpoint === undefined) {
    ledger.add({ code: "INC-003", subject, place });
    return;
  }
  const { root } = checkpoint;
  const claimed = readHash(member(received, "merkle_root"));
  const agrees =
    checkpoint.seq === seq &&
    root !== null &&
    claimed !== undefined &&
    same32(root, 0, claimed, 0) &&
    checkpoint.treeSize === proof.size;
  if (!agrees || root === null) {
    const expected = root === null ? null : toHex(root);
    const actual = claimed === undefined ? null : toHex(claimed);
    ledger.add({ code: "INC-002", subject, place, cause: checkpoint.cause, expected, actual });
    return;
  }
  const leads = (leaf: Uint8Array): string | null => {
    const computed = rootFromInclusionProof({ leaf, ...proof }, primitives.sha256);
    return computed.ok ? toHex(computed.value) : null;
  };
  const expected = toHex(root);
  const whole = leads(rows.leafOf(row));
  const body = whole === expected ? null : leads(record.anchored.bodyLeaf);
  if (whole === expected || body === expected) {
    markIncluded(inclusion, row, checkpoint, -1);
    if (body === expected) {
      ledger.add({ code: "INC-006", subject, place });
    }
    return;
  }
  inclusion.state[row] = INCLUSION.doesNotFit;
  ledger.add({
    code: "INC-001",
    subject: { kind: "receipt", id: rows.idOf(row) },
    place,
    cause: causeOfRow.get(row) ?? checkpoint.cause,
    expected,
    actual: whole,
    row,
  });
}

/** Checkpoints by the record that carries them and their place in it. */
export function carriedCheckpoints(
  checkpoints: readonly Checkpoint[],
): ReadonlyMap<string, Checkpoint> {
  return new Map(checkpoints.map((checkpoint) => [carriedName(checkpoint.record, ""), checkpoint]));
}

function carriedName({ member: id, offset, pointer }: PlacedRecord, inside: string): string {
  return `${id} ${offset} ${pointer}${inside}`;
}

function readProof(
  received: JsonObject,
): { index: number; size: number; path: readonly Uint8Array[] } | null {
  const proof = member(received, "proof");
  const hashes = isObject(proof) ? member(proof, "audit_path") : undefined;
  if (!isObject(proof) || !isArray(hashes)) {
    return null;
  }
  const path: Uint8Array[] = [];
  for (const hash of hashes) {
    const bytes = readHash(hash);
    if (bytes === undefined) {
      return null;
    }
    path.push(bytes);
  }
  const index = asDouble(asU64(member(proof, "leaf_index")));
  const size = asDouble(asU64(member(proof, "tree_size")));
  return { index, size, path };
}
