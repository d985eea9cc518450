import { toHex } from "@/kernel/encoding.ts";
import { rootFromInclusionProof } from "@/kernel/merkle/proof.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { type BatchTrees, INCLUSION, type Inclusion, markIncluded } from "./batch-trees.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Draft, DraftPlace, Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import type { Proofs } from "./proofs.ts";
import { type Rows, same32 } from "./rows.ts";

export interface InclusionContext {
  readonly rows: Rows;
  readonly proofs: Proofs;
  readonly logs: readonly Log[];
  readonly ledger: Ledger;
  readonly causeOfRow: ReadonlyMap<number, Draft>;
  /** What explains that a receipt or a checkpoint of a log is not here. */
  readonly absenceOf: (log: Log, seq: number) => Draft | null;
  readonly absentCheckpoint: (log: Log, checkpointSeq: number) => Draft | null;
  readonly groupOf: (member: number) => string;
  readonly trees: BatchTrees;
  readonly primitives: Primitives;
}

/** Verifies one inclusion proof against the checkpoint and the receipt that it names. */
export function checkProof(proof: number, context: InclusionContext, inclusion: Inclusion): void {
  const { proofs, ledger } = context;
  const place = proofs.placeOf(proof);
  const subject = { kind: "inclusion-proof" as const, id: proofs.nameOf(proof) };
  const match = findCheckpoint(proof, context);
  if (match === null) {
    const log = logOf(proof, context);
    const cause = log === null ? null : context.absentCheckpoint(log, proofs.checkpointSeq(proof));
    ledger.add({ code: "INC-003", subject, place, cause });
    return;
  }
  const { log, checkpoint } = match;
  const disagreement = disagreementOf(proof, log, checkpoint, proofs);
  if (disagreement !== null) {
    const { pointer, expected, actual } = disagreement;
    ledger.add({
      code: "INC-002",
      subject,
      place: { ...place, pointer },
      cause: checkpoint.cause,
      expected,
      actual,
    });
    return;
  }
  const candidates = log.rowsOf(proofs.receiptSeq(proof));
  if (candidates.length === 0) {
    const cause = context.absenceOf(log, proofs.receiptSeq(proof));
    ledger.add({ code: "INC-003", subject, place, cause });
    return;
  }
  checkRows(proof, candidates, match, context, inclusion, place);
}

interface Match {
  readonly log: Log;
  readonly checkpoint: Checkpoint;
}

/** Tries every copy of the receipt; a copy that does not fit is a finding where the proof stands beside it. */
function checkRows(
  proof: number,
  candidates: readonly number[],
  { log, checkpoint }: Match,
  context: InclusionContext,
  inclusion: Inclusion,
  place: DraftPlace,
): void {
  const { rows, proofs, ledger, groupOf } = context;
  const failing: number[] = [];
  let fitting = 0;
  for (const row of candidates) {
    if (fits(proof, rows.leafOf(row), checkpoint, context)) {
      fitting += 1;
      markIncluded(inclusion, row, checkpoint, proof);
    } else {
      failing.push(row);
    }
  }
  const own = groupOf(place.member);
  for (const row of failing) {
    if (fitting > 0 && groupOf(rows.memberOf(row)) !== own) {
      continue;
    }
    const other = otherRow(proof, log, checkpoint, context);
    if (other !== null) {
      markIncluded(inclusion, other, checkpoint, proof);
      ledger.add({
        code: "INC-005",
        subject: { kind: "inclusion-proof", id: proofs.nameOf(proof) },
        place,
        expected: rows.idOf(row),
        actual: rows.idOf(other),
      });
      continue;
    }
    inclusion.state[row] = INCLUSION.doesNotFit;
    inclusion.checkpoint[row] = checkpoint.index;
    inclusion.proof[row] = proof;
    const computed = rootFromInclusionProof(
      { leaf: rows.leafOf(row), ...proofs.parts(proof) },
      context.primitives.sha256,
    );
    const draft = ledger.add({
      code: "INC-001",
      subject: { kind: "receipt", id: rows.idOf(row) },
      place,
      cause: context.causeOfRow.get(row) ?? checkpoint.cause,
      expected: checkpoint.root === null ? null : toHex(checkpoint.root),
      actual: computed.ok ? toHex(computed.value) : computed.error,
      row,
    });
    if (!inclusion.causeOfBatch.has(checkpoint)) {
      inclusion.causeOfBatch.set(checkpoint, draft.cause ?? draft);
    }
  }
}

/**
 * With child receipts in a batch, the export's numbers may count tool receipts while the proof counts
 * entries. Only a receipt that the proof really leads from shows that; otherwise the proof fails.
 */
function otherRow(
  proof: number,
  log: Log,
  checkpoint: Checkpoint,
  context: InclusionContext,
): number | null {
  if (log.child.length === 0) {
    return null;
  }
  for (const list of [log.tool, log.child]) {
    for (const row of list) {
      if (fits(proof, context.rows.leafOf(row), checkpoint, context)) {
        return row;
      }
    }
  }
  return null;
}

/** Whether the proof leads from the leaf to the checkpoint's root. */
function fits(
  proof: number,
  leaf: Uint8Array,
  checkpoint: Checkpoint,
  { proofs, trees, primitives }: InclusionContext,
): boolean {
  if (checkpoint.root === null) {
    return false;
  }
  const parts = proofs.parts(proof);
  if (trees.isHonestPath(checkpoint, leaf, parts)) {
    return true;
  }
  const computed = rootFromInclusionProof({ leaf, ...parts }, primitives.sha256);
  return computed.ok && same32(computed.value, 0, checkpoint.root, 0);
}

function logOf(proof: number, { logs, proofs, groupOf }: InclusionContext): Log | null {
  const group = groupOf(proofs.placeOf(proof).member);
  return (
    logs.find((log) => log.groups.has(group)) ?? (logs.length === 1 ? (logs[0] ?? null) : null)
  );
}

/** The checkpoint that a proof names: by number in its own log, else by number and root in any. */
function findCheckpoint(proof: number, context: InclusionContext): Match | null {
  const { proofs, logs } = context;
  const seq = proofs.checkpointSeq(proof);
  const own = logOf(proof, context);
  const searched = own === null ? logs : [own, ...logs.filter((log) => log !== own)];
  let second: Match | null = null;
  for (const log of searched) {
    for (const checkpoint of log.checkpointsAt(seq)) {
      if (checkpoint.root !== null && proofs.hasRoot(proof, checkpoint.root)) {
        return { log, checkpoint };
      }
      if (log === own) {
        second ??= { log, checkpoint };
      }
    }
  }
  return second;
}

interface Disagreement {
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
}

/** The wrapper's and the proof's members against the statement (wire format, inclusion proof). */
function disagreementOf(
  proof: number,
  log: Log,
  checkpoint: Checkpoint,
  proofs: Proofs,
): Disagreement | null {
  const compare = (pointer: string, expected: number, actual: number): Disagreement | null =>
    expected === actual ? null : { pointer, expected: String(expected), actual: String(actual) };
  if (checkpoint.root === null || !proofs.hasRoot(proof, checkpoint.root)) {
    const expected = checkpoint.root === null ? "" : toHex(checkpoint.root);
    return { pointer: "/merkle_root", expected, actual: toHex(proofs.rootOf(proof)) };
  }
  const seq = proofs.receiptSeq(proof);
  const { index, size } = proofs.parts(proof);
  const wrapped = proofs.wrapperIndex(proof);
  if (seq < checkpoint.start || seq > checkpoint.end) {
    const expected = `${checkpoint.start} to ${checkpoint.end}`;
    return { pointer: "/receipt_seq", expected, actual: String(seq) };
  }
  return (
    compare("/proof/tree_size", checkpoint.treeSize, size) ??
    (Number.isNaN(wrapped) ? null : compare("/leaf_index", index, wrapped)) ??
    (log.child.length > 0 ? null : compare("/proof/leaf_index", seq - checkpoint.start, index))
  );
}
