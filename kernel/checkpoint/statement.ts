import { asText, asU64, type JsonObject, member } from "../json/value.ts";
import { parseKeyOnce } from "../signing-material.ts";

export const STATEMENT_V1 = "chio.checkpoint_statement.v1";
export const STATEMENT_V2 = "chio.checkpoint_statement.v2";

/** What a checkpoint states; null where the member is absent or of another type. Sequences are u64. */
export interface CheckpointFacts {
  readonly schema: string;
  readonly checkpointSeq: bigint | null;
  readonly batchStartSeq: bigint | null;
  readonly batchEndSeq: bigint | null;
  readonly treeSize: bigint | null;
  /** 64 lower-case hex digits without `0x`. */
  readonly merkleRoot: string | null;
  /** Unix seconds. */
  readonly issuedAt: bigint | null;
  /** In canonical spelling where it can be read, else as spelled. */
  readonly kernelKey: string;
  /** Bare digest of the predecessor's body. */
  readonly previousSha256: string | null;
  /** As {@link merkleRoot}; version 2 only. */
  readonly chainRoot: string | null;
}

const PREFIXED_HASH = /^0x[0-9a-f]{64}$/;
export const BARE_HASH = /^[0-9a-f]{64}$/;

export function checkpointFacts(body: JsonObject): CheckpointFacts {
  const key = asText(member(body, "kernel_key")) ?? "";
  const parsed = parseKeyOnce(key);
  return {
    schema: asText(member(body, "schema")) ?? "",
    checkpointSeq: asU64(member(body, "checkpoint_seq")) ?? null,
    batchStartSeq: asU64(member(body, "batch_start_seq")) ?? null,
    batchEndSeq: asU64(member(body, "batch_end_seq")) ?? null,
    treeSize: asU64(member(body, "tree_size")) ?? null,
    merkleRoot: hash(member(body, "merkle_root")),
    issuedAt: asU64(member(body, "issued_at")) ?? null,
    kernelKey: parsed.ok ? parsed.value.canonical : key,
    previousSha256: asText(member(body, "previous_checkpoint_sha256")) ?? null,
    chainRoot: hash(member(body, "chain_root")),
  };
}

/** The digits of a `0x` hash in the one spelling that statements use, else null. */
function hash(value: JsonObject[string] | undefined): string | null {
  return typeof value === "string" && PREFIXED_HASH.test(value) ? value.slice(2) : null;
}
