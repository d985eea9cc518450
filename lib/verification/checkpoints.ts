import type { ChainLink } from "@/kernel/checkpoint/chain.ts";
import { inspectCheckpoint } from "@/kernel/checkpoint/inspect.ts";
import { fromHex } from "@/kernel/encoding.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Draft } from "./ledger.ts";
import type { PlacedRecord } from "./members.ts";
import { asDouble } from "./rows.ts";

/** A checkpoint statement of the dataset. Numbers that cannot be read are NaN and agree with nothing. */
export interface Checkpoint {
  /** Its place in the dataset's list of checkpoints. */
  readonly index: number;
  readonly record: PlacedRecord;
  readonly member: number;
  readonly link: ChainLink;
  readonly sha256: string;
  readonly seq: number;
  readonly start: number;
  readonly end: number;
  readonly treeSize: number;
  readonly root: Uint8Array | null;
  readonly issuedAt: number;
  readonly key: string;
  /** Its own signature fits the key that it names. */
  readonly fits: boolean;
  /** As in anchor proofs, where the range and the tree are not each other's. */
  readonly isFlattened: boolean;
  /** The finding that says why the statement itself does not hold, if it does not. */
  cause: Draft | null;
}

export function readCheckpoint(
  record: PlacedRecord,
  index: number,
  primitives: Primitives,
): Checkpoint {
  const { facts, form, sha256, rawSha256 } = inspectCheckpoint(record.value, primitives);
  return {
    index,
    record,
    member: record.member,
    link: { facts, sha256, rawSha256 },
    sha256,
    seq: asDouble(facts.checkpointSeq ?? undefined),
    start: asDouble(facts.batchStartSeq ?? undefined),
    end: asDouble(facts.batchEndSeq ?? undefined),
    treeSize: asDouble(facts.treeSize ?? undefined),
    root: facts.merkleRoot === null ? null : fromHex(facts.merkleRoot),
    issuedAt: asDouble(facts.issuedAt ?? undefined),
    key: facts.kernelKey,
    fits: record.signature === "fits",
    isFlattened: form === "flattened",
    cause: null,
  };
}
