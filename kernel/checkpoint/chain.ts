import { fromHex, toHex } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { leafHash } from "../merkle/hasher.ts";
import type { Primitives } from "../primitives.ts";
import { jsonInteger } from "../record-members.ts";
import { hashHex } from "../texts.ts";
import type { CheckpointFacts } from "./statement.ts";
import { STATEMENT_V2 } from "./statement.ts";

/** A statement and the digests by which others may name it. */
export interface ChainLink {
  readonly facts: CheckpointFacts;
  readonly sha256: string;
  readonly rawSha256: string;
}

/** A fact in which a statement does not continue its predecessor: CKP-003. */
export interface SuccessionProblem {
  readonly member:
    | "checkpoint_seq"
    | "batch_start_seq"
    | "previous_checkpoint_sha256"
    | "chain_root";
  readonly expected: string | null;
  readonly actual: string | null;
}

/**
 * Whether `next` continues `previous`: sequence and range without a gap, the predecessor's digest where
 * it is named (version 2 must name it), and a chain root that is kept once it is there. Empty when it
 * does. {@link isUnlinked} tells a mere sequence from a link.
 */
export function verifySuccession(
  previous: ChainLink,
  next: ChainLink,
): readonly SuccessionProblem[] {
  const problems: SuccessionProblem[] = [];
  const seq = plusOne(previous.facts.checkpointSeq);
  if (next.facts.checkpointSeq === null || next.facts.checkpointSeq !== seq) {
    problems.push(problem("checkpoint_seq", seq, next.facts.checkpointSeq));
  }
  const start = plusOne(previous.facts.batchEndSeq);
  if (next.facts.batchStartSeq === null || next.facts.batchStartSeq !== start) {
    problems.push(problem("batch_start_seq", start, next.facts.batchStartSeq));
  }
  const named = next.facts.previousSha256;
  const missing = named === null && next.facts.schema === STATEMENT_V2;
  const wrong = named !== null && named !== previous.sha256 && named !== previous.rawSha256;
  if (missing || wrong) {
    problems.push({
      member: "previous_checkpoint_sha256",
      expected: previous.sha256,
      actual: named,
    });
  }
  if (previous.facts.chainRoot !== null && next.facts.chainRoot === null) {
    problems.push({ member: "chain_root", expected: "a chain root", actual: null });
  }
  return problems;
}

/** Sequential, but naming no predecessor: allowed in version 1 (CKP-006). */
export function isUnlinked(next: ChainLink): boolean {
  return (
    next.facts.previousSha256 === null &&
    next.facts.checkpointSeq !== null &&
    next.facts.checkpointSeq > 1n
  );
}

/**
 * The leaf hash of a statement in the tree over checkpoints: batch range, sequence and root, and
 * deliberately neither time, key nor signature. Null where the statement lacks one of them.
 */
export function chainLeaf(facts: CheckpointFacts, primitives: Primitives): Uint8Array | null {
  const { batchEndSeq, batchStartSeq, checkpointSeq, merkleRoot } = facts;
  if (
    batchEndSeq === null ||
    batchStartSeq === null ||
    checkpointSeq === null ||
    merkleRoot === null
  ) {
    return null;
  }
  const text = canonicalize({
    batch_end_seq: jsonInteger(batchEndSeq),
    batch_start_seq: jsonInteger(batchStartSeq),
    checkpoint_seq: jsonInteger(checkpointSeq),
    merkle_root: `0x${merkleRoot}`,
  });
  return leafHash(primitives.utf8(text), primitives.sha256);
}

/** The name of the log that a key writes: of the key's octets for Ed25519, else of its text. */
export function logId(kernelKey: string, primitives: Primitives): string {
  const bytes = kernelKey.length === 64 ? fromHex(kernelKey) : null;
  const digest = bytes === null ? hashHex(kernelKey, primitives) : toHex(primitives.sha256(bytes));
  return `local-log-${digest}`;
}

function plusOne(value: bigint | null): bigint | null {
  return value === null ? null : value + 1n;
}

function problem(
  name: SuccessionProblem["member"],
  expected: bigint | null,
  actual: bigint | null,
): SuccessionProblem {
  return {
    member: name,
    expected: expected === null ? null : String(expected),
    actual: actual === null ? null : String(actual),
  };
}
