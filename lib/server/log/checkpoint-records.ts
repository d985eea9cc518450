import { fromHex, toHex } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { type CheckpointRecord, chainLeafOf } from "@/lib/evidence/checkpoint.ts";
import type { CheckpointStore, StoredCheckpoint } from "../store/checkpoint-store.ts";

const PAGE = 500;

/** Every stored statement in order, read again into what a chain is continued and proved from. */
export function* storedRecords(
  store: CheckpointStore,
  primitives: Primitives,
): Generator<CheckpointRecord, void> {
  for (let last = 0n; ; ) {
    const page = store.after(last, PAGE);
    for (const stored of page) {
      last = stored.seq;
      yield recordOf(stored, primitives);
    }
    if (page.length < PAGE) {
      return;
    }
  }
}

function recordOf(stored: StoredCheckpoint, primitives: Primitives): CheckpointRecord {
  const parsed = parseJson(stored.statementJson);
  const body = parsed.ok ? parsed.value.value : null;
  const root = hashOf(stored.merkleRoot);
  if (!isObject(body) || root === null) {
    throw new Error(`checkpoint ${stored.seq} of the store cannot be read`);
  }
  const place = { seq: small(stored.seq), start: small(stored.start), end: small(stored.end) };
  return {
    ...place,
    root,
    issuedAt: small(stored.issuedAt),
    key: stored.kernelKey,
    digest: toHex(primitives.sha256(primitives.utf8(stored.statementJson))),
    previousDigest: asText(member(body, "previous_checkpoint_sha256")) ?? null,
    chainLeaf: chainLeafOf(place, stored.merkleRoot, primitives),
    chainRoot: chainRootOf(body),
    value: { body, signature: stored.signature },
  };
}

function chainRootOf(body: JsonObject): Uint8Array | null {
  return hashOf(asText(member(body, "chain_root")) ?? "");
}

function hashOf(spelled: string): Uint8Array | null {
  const bytes = spelled.startsWith("0x") ? fromHex(spelled.slice(2)) : null;
  return bytes?.length === 32 ? bytes : null;
}

/** Numbers of entries and seconds: far below 2^53 in any store that fits a disk. */
function small(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new Error(`${value} is no number of an entry`);
  }
  return number;
}
