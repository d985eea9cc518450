import { toHex } from "@/kernel/encoding.ts";
import { rootFromInclusionProof } from "@/kernel/merkle/proof.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { type BatchTrees, INCLUSION, type Inclusion, markIncluded } from "./batch-trees.ts";
import type { CheckpointIndex, Match } from "./checkpoint-index.ts";
import type { Checkpoint } from "./checkpoints.ts";
import { EntrySearch } from "./entry-search.ts";
import type { Draft, DraftPlace, Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import type { Proofs } from "./proofs.ts";
import type { Rows } from "./rows.ts";
import { same32 } from "./rows.ts";

export interface InclusionContext {
  readonly rows: Rows;
  readonly proofs: Proofs;
  readonly checkpoints: CheckpointIndex;
  readonly ledger: Ledger;
  readonly causeOfRow: ReadonlyMap<number, Draft>;
  /** What explains that a receipt or a checkpoint of a log is not here. */
  readonly absenceOf: (log: Log, seq: number) => Draft | null;
  readonly absentCheckpoint: (log: Log, checkpointSeq: number) => Draft | null;
  readonly groupOf: (member: number) => string;
  readonly trees: BatchTrees;
  readonly primitives: Primitives;
  /** Rows for which each checkpoint has a proof so far; only a second, different one is looked for. */
  readonly proved: ProvedRows;
  readonly searches: Map<Log, EntrySearch>;
}

/** Which proof was met for a receipt number under a checkpoint. */
export type ProvedRows = Map<Checkpoint, Map<number, number>>;

/** Verifies one inclusion proof against the checkpoint and the receipt that it names. */
export function checkProof(proof: number, context: InclusionContext, inclusion: Inclusion): void {
  const { proofs, ledger, checkpoints } = context;
  const place = proofs.placeOf(proof);
  const group = context.groupOf(place.member);
  const subject = { kind: "inclusion-proof" as const, id: proofs.nameOf(proof) };
  const match = checkpoints.find(group, proofs.checkpointSeq(proof), proofs.rootOf(proof));
  if (match === null) {
    const log = checkpoints.logOf(group);
    const cause = log === null ? null : context.absentCheckpoint(log, proofs.checkpointSeq(proof));
    ledger.add({ code: "INC-003", subject, place, cause });
    return;
  }
  const { log, checkpoint } = match;
  const disagreement = disagreementOf(proof, checkpoint, proofs);
  if (disagreement !== null) {
    reportDisagreement(disagreement, match, place, subject, ledger);
    return;
  }
  reportSecond(proof, match, place, context);
  const seq = proofs.receiptSeq(proof);
  const misplaced = Number.isNaN(seq) ? null : misplacementOf(proof, checkpoint, proofs);
  if (misplaced !== null && !countsApart(log, checkpoint, context.trees)) {
    reportDisagreement(misplaced, match, place, subject, ledger);
    return;
  }
  const candidates = log.rowsOf(seq);
  if (candidates.length === 0) {
    ledger.add({ code: "INC-003", subject, place, cause: context.absenceOf(log, seq) });
    return;
  }
  checkRows(proof, candidates, match, context, inclusion, place, misplaced);
}

/** Tries every copy of the receipt; a copy that does not fit is a finding where the proof stands beside it. */
function checkRows(
  proof: number,
  candidates: readonly number[],
  match: Match,
  context: InclusionContext,
  inclusion: Inclusion,
  place: DraftPlace,
  misplaced: Disagreement | null,
): void {
  const { checkpoint } = match;
  const { rows, proofs, ledger, groupOf } = context;
  const subject = { kind: "inclusion-proof" as const, id: proofs.nameOf(proof) };
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
  if (fitting > 0 && misplaced !== null) {
    const { expected, actual } = misplaced;
    ledger.add({ code: "INC-005", subject, place, expected, actual });
  }
  const own = groupOf(place.member);
  let isElsewhere = false;
  for (const row of failing) {
    if (isElsewhere || (fitting > 0 && groupOf(rows.memberOf(row)) !== own)) {
      continue;
    }
    const other = fitting > 0 ? null : otherRow(proof, match, context);
    if (other !== null) {
      isElsewhere = true;
      markIncluded(inclusion, other, checkpoint, proof);
      const [expected, actual] = [rows.idOf(row), rows.idOf(other)];
      ledger.add({ code: "INC-005", subject, place, expected, actual });
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
 * Whether the batch's positions may be other numbers than the receipts': child receipts stand among them,
 * here or left out of the export. Where the root was computed from the tool receipts alone, they do not.
 */
function countsApart(log: Log, checkpoint: Checkpoint, trees: BatchTrees): boolean {
  return log.child.length > 0 || !trees.hasRebuilt(checkpoint);
}

/**
 * With child receipts in a batch, the export's numbers may count tool receipts while the proof counts
 * entries. Only a receipt that the proof really leads from shows that; otherwise the proof fails. Looked
 * for at the entry's position where a claim log tells it, else by going on from the last one that was found.
 */
function otherRow(
  proof: number,
  { log, checkpoint }: Match,
  context: InclusionContext,
): number | null {
  if (log.child.length === 0) {
    return null;
  }
  const { rows, proofs } = context;
  const position = checkpoint.start + proofs.parts(proof).index;
  if (log.entries !== null) {
    const found = log.entryRowsOf(position);
    return found.find((row) => fits(proof, rows.leafOf(row), checkpoint, context)) ?? null;
  }
  let search = context.searches.get(log);
  if (search === undefined) {
    search = new EntrySearch(rows, log, proofs.count);
    context.searches.set(log, search);
  }
  return search.find(position, (row) => fits(proof, rows.leafOf(row), checkpoint, context));
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

interface Disagreement {
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
}

function reportDisagreement(
  { pointer, expected, actual }: Disagreement,
  { checkpoint }: Match,
  place: DraftPlace,
  subject: { readonly kind: "inclusion-proof"; readonly id: string },
  ledger: Ledger,
): void {
  const { cause } = checkpoint;
  ledger.add({ code: "INC-002", subject, place: { ...place, pointer }, cause, expected, actual });
}

function compare(pointer: string, expected: number, actual: number): Disagreement | null {
  return expected === actual
    ? null
    : { pointer, expected: String(expected), actual: String(actual) };
}

/** The wrapper's and the proof's members against the statement (wire format, inclusion proof). */
function disagreementOf(
  proof: number,
  checkpoint: Checkpoint,
  proofs: Proofs,
): Disagreement | null {
  if (checkpoint.root === null || !proofs.hasRoot(proof, checkpoint.root)) {
    const expected = checkpoint.root === null ? "" : toHex(checkpoint.root);
    return { pointer: "/merkle_root", expected, actual: toHex(proofs.rootOf(proof)) };
  }
  const { index, size } = proofs.parts(proof);
  const wrapped = proofs.wrapperIndex(proof);
  return (
    compare("/proof/tree_size", checkpoint.treeSize, size) ??
    (Number.isNaN(wrapped) ? null : compare("/leaf_index", index, wrapped))
  );
}

/** How the receipt's number disagrees with the batch and the leaf, where both count the same things. */
function misplacementOf(
  proof: number,
  checkpoint: Checkpoint,
  proofs: Proofs,
): Disagreement | null {
  const seq = proofs.receiptSeq(proof);
  if (seq < checkpoint.start || seq > checkpoint.end) {
    const expected = `${checkpoint.start} to ${checkpoint.end}`;
    return { pointer: "/receipt_seq", expected, actual: String(seq) };
  }
  return compare("/proof/leaf_index", seq - checkpoint.start, proofs.parts(proof).index);
}

/** Two proofs of one receipt under one checkpoint that differ; a repeated one says nothing new. */
function reportSecond(
  proof: number,
  { checkpoint }: Match,
  place: DraftPlace,
  { proofs, proved, ledger }: InclusionContext,
): void {
  const seq = proofs.receiptSeq(proof);
  const own = proved.get(checkpoint) ?? new Map<number, number>();
  proved.set(checkpoint, own);
  const first = own.get(seq);
  if (first === undefined) {
    own.set(seq, proof);
  } else if (!proofs.areEqual(first, proof)) {
    const subject = { kind: "inclusion-proof" as const, id: proofs.nameOf(proof) };
    ledger.add({ code: "INC-004", subject, place });
  }
}
