import { canonicalize } from "../json/canonicalize.ts";
import { childPointer } from "../json/pointer.ts";
import { type JsonObject, type JsonValue, member } from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { jsonInteger } from "../record-members.ts";
import { type ChainLink, logId } from "./chain.ts";

/**
 * The records that a log publishes beside its checkpoints. All are unsigned and follow from the statements
 * alone, so they are derived here and compared, never believed. Absent facts become null and differ.
 */
export function derivePublication(link: ChainLink, primitives: Primitives): JsonObject {
  const { facts } = link;
  return {
    log_id: logId(facts.kernelKey, primitives),
    schema: "chio.checkpoint_publication.v1",
    checkpoint_seq: integer(facts.checkpointSeq),
    checkpoint_sha256: link.sha256,
    merkle_root: facts.merkleRoot === null ? null : `0x${facts.merkleRoot}`,
    published_at: integer(facts.issuedAt),
    kernel_key: facts.kernelKey,
    log_tree_size: integer(facts.batchEndSeq),
    entry_start_seq: integer(facts.batchStartSeq),
    entry_end_seq: integer(facts.batchEndSeq),
    ...(facts.previousSha256 === null ? {} : { previous_checkpoint_sha256: facts.previousSha256 }),
  };
}

/** The successor cites the predecessor: a witness by the same kernel, hence no independent one. */
export function deriveWitness(
  previous: ChainLink,
  next: ChainLink,
  primitives: Primitives,
): JsonObject {
  return {
    log_id: logId(previous.facts.kernelKey, primitives),
    schema: "chio.checkpoint_witness.v1",
    checkpoint_seq: integer(previous.facts.checkpointSeq),
    checkpoint_sha256: previous.sha256,
    witness_checkpoint_seq: integer(next.facts.checkpointSeq),
    witness_checkpoint_sha256: next.sha256,
    witnessed_at: integer(next.facts.issuedAt),
  };
}

/** Version 1 of the consistency record: metadata that repeats two statements and proves nothing more. */
export function deriveConsistencyV1(
  from: ChainLink,
  to: ChainLink,
  primitives: Primitives,
): JsonObject {
  return {
    schema: "chio.checkpoint_consistency_proof.v1",
    ...consistencyFacts(from, to, primitives),
  };
}

/** The members that both versions of the consistency record share. */
export function consistencyFacts(
  from: ChainLink,
  to: ChainLink,
  primitives: Primitives,
): JsonObject {
  return {
    log_id: logId(from.facts.kernelKey, primitives),
    from_checkpoint_seq: integer(from.facts.checkpointSeq),
    to_checkpoint_seq: integer(to.facts.checkpointSeq),
    from_checkpoint_sha256: from.sha256,
    to_checkpoint_sha256: to.sha256,
    from_log_tree_size: integer(from.facts.batchEndSeq),
    to_log_tree_size: integer(to.facts.batchEndSeq),
    appended_entry_start_seq: integer(to.facts.batchStartSeq),
    appended_entry_end_seq: integer(to.facts.batchEndSeq),
  };
}

/** One member in which a record and what was derived for it differ. */
export interface RecordDifference {
  readonly pointer: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

/**
 * The first difference between a record and the derived one, null where they agree. `free` names members
 * that cannot be derived, such as a publication's `trust_anchor_binding`.
 */
export function recordDifference(
  record: JsonObject,
  derived: JsonObject,
  free: readonly string[] = [],
): RecordDifference | null {
  for (const name of [...Object.keys(derived), ...Object.keys(record)]) {
    if (free.includes(name)) {
      continue;
    }
    const expected = spelled(member(derived, name));
    const actual = spelled(member(record, name));
    if (expected !== actual) {
      return { pointer: childPointer("", name), expected, actual };
    }
  }
  return null;
}

function spelled(value: JsonValue | undefined): string | null {
  return value === undefined || value === null ? null : canonicalize(value);
}

function integer(value: bigint | null): JsonValue {
  return value === null ? null : jsonInteger(value);
}
