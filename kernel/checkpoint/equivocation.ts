import type { JsonObject } from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { jsonInteger } from "../record-members.ts";
import { type ChainLink, logId } from "./chain.ts";

export type EquivocationKind =
  | "conflicting_checkpoint_seq"
  | "conflicting_log_tree_size"
  | "conflicting_predecessor_witness";

/**
 * How two statements of one key contradict each other, in the protocol's order of tests, or null. Statements
 * under different keys are different logs: equal numbers there mean nothing. Whether both signatures hold
 * is for the caller to have checked first; an unsigned contradiction accuses nobody.
 */
export function findEquivocation(a: ChainLink, b: ChainLink): EquivocationKind | null {
  if (a.sha256 === b.sha256 || a.facts.kernelKey !== b.facts.kernelKey) {
    return null;
  }
  if (a.facts.checkpointSeq !== null && a.facts.checkpointSeq === b.facts.checkpointSeq) {
    return "conflicting_checkpoint_seq";
  }
  if (a.facts.batchEndSeq !== null && a.facts.batchEndSeq === b.facts.batchEndSeq) {
    return "conflicting_log_tree_size";
  }
  return a.facts.previousSha256 !== null && a.facts.previousSha256 === b.facts.previousSha256
    ? "conflicting_predecessor_witness"
    : null;
}

/**
 * The record `chio.checkpoint_equivocation.v1` of two contradicting statements, the lower (sequence,
 * digest) first; facts that the two do not share are left out. Null where they do not contradict.
 */
export function equivocationRecord(
  a: ChainLink,
  b: ChainLink,
  primitives: Primitives,
): JsonObject | null {
  const kind = findEquivocation(a, b);
  const [first, second] = isBefore(b, a) ? [b, a] : [a, b];
  const firstSeq = first.facts.checkpointSeq;
  const secondSeq = second.facts.checkpointSeq;
  if (kind === null || firstSeq === null || secondSeq === null) {
    return null;
  }
  const { batchEndSeq, previousSha256, kernelKey } = first.facts;
  return {
    schema: "chio.checkpoint_equivocation.v1",
    kind,
    log_id: logId(kernelKey, primitives),
    ...(batchEndSeq !== null && batchEndSeq === second.facts.batchEndSeq
      ? { log_tree_size: jsonInteger(batchEndSeq) }
      : {}),
    first_checkpoint_seq: jsonInteger(firstSeq),
    second_checkpoint_seq: jsonInteger(secondSeq),
    first_checkpoint_sha256: first.sha256,
    second_checkpoint_sha256: second.sha256,
    ...(previousSha256 !== null && previousSha256 === second.facts.previousSha256
      ? { previous_checkpoint_sha256: previousSha256 }
      : {}),
  };
}

function isBefore(a: ChainLink, b: ChainLink): boolean {
  const left = a.facts.checkpointSeq ?? 0n;
  const right = b.facts.checkpointSeq ?? 0n;
  return left === right ? a.sha256 < b.sha256 : left < right;
}
