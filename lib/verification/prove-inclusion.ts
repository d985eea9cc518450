import { carriedCheckpoints, checkAnchor } from "./anchors.ts";
import { BatchTrees, INCLUSION } from "./batch-trees.ts";
import { type Chain, chainsByLog } from "./chains.ts";
import { CheckpointIndex } from "./checkpoint-index.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Relations } from "./conclude.ts";
import type { Drafted } from "./draft-findings.ts";
import { contentsOf } from "./duplicates.ts";
import { checkProof } from "./inclusion.ts";
import { Intervals } from "./intervals.ts";
import type { Draft } from "./ledger.ts";
import type { Log } from "./log.ts";
import { placeOf } from "./members.ts";
import { absenceIndex } from "./sequence.ts";

/** Proofs and rows between two pauses. */
const STRIDE = 4_096;

export type InclusionStep = Omit<Relations, "forks" | "standings">;

/** Roots first, since a batch whose root fits needs no hashing for its proofs; then every proof. */
export async function checkInclusion(step: InclusionStep): Promise<void> {
  const { dataset, options, ledger, drafted, logs, chains, sequences, inclusion } = step;
  const { rows, proofs } = dataset;
  const { primitives } = options.platform;
  const trees = new BatchTrees(rows, primitives);
  const differing: { readonly log: Log; readonly checkpoint: Checkpoint }[] = [];
  const total = proofs.count + step.checkpoints.length;
  let done = 0;
  const advance = async (): Promise<void> => {
    done += 1;
    if (done % STRIDE === 0) {
      options.onProgress?.("prove", done, total);
      await options.pause?.();
    }
  };
  for (const log of logs) {
    for (const checkpoint of log.checkpoints) {
      if (!checkpoint.isFlattened && trees.checkRoot(log, checkpoint, inclusion) === "differs") {
        differing.push({ log, checkpoint });
      }
      await advance();
    }
  }
  const absences = new Map(sequences.map((sequence) => [sequence.log, absenceIndex(sequence)]));
  const absent = absentCheckpoints(chains);
  const context = {
    rows,
    proofs,
    checkpoints: new CheckpointIndex(logs),
    ledger,
    causeOfRow: drafted.causeOfRow,
    absenceOf: (log: Log, seq: number) => absences.get(log)?.at(seq)?.draft ?? null,
    absentCheckpoint: (log: Log, seq: number) => absent.get(log)?.at(seq)?.draft ?? null,
    groupOf: (id: number) => dataset.members.groupOf(id),
    trees,
    primitives,
    proved: new Map(),
    searches: new Map(),
  };
  for (const proof of proofs.inOrder()) {
    checkProof(proof, context, inclusion);
    await advance();
  }
  for (const { log, checkpoint } of differing) {
    const cause = inclusion.causeOfBatch.get(checkpoint) ?? causeInBatch(log, checkpoint, drafted);
    trees.reportDifference(log, checkpoint, ledger, cause);
  }
  const carried = carriedCheckpoints(step.checkpoints);
  for (const record of dataset.others) {
    if (record.kind === "anchor-proof" && record.anchored === null) {
      const subject = { kind: "inclusion-proof" as const, id: "" };
      ledger.add({ code: "INC-003", subject, place: placeOf(record, "/receipt") });
    } else if (record.kind === "anchor-proof" && record.anchored !== null) {
      const { row } = record.anchored;
      const { causeOfRow } = drafted;
      checkAnchor(record, row, rows, carried, inclusion, ledger, causeOfRow, primitives);
    }
  }
  shareInclusion(step);
  options.onProgress?.("prove", total, total);
}

type AbsentRun = { readonly from: number; readonly to: number; readonly draft: Draft };

function absentCheckpoints(chains: readonly Chain[]): ReadonlyMap<Log, Intervals<AbsentRun>> {
  const absent = new Map<Log, Intervals<AbsentRun>>();
  for (const [log, own] of chainsByLog(chains)) {
    const runs = own.flatMap((chain) =>
      chain.absent.map(({ fromSeq, toSeq, draft }) => ({ from: fromSeq, to: toSeq, draft })),
    );
    absent.set(log, new Intervals(runs));
  }
  return absent;
}

function causeInBatch(log: Log, checkpoint: Checkpoint, drafted: Drafted): Draft | null {
  for (let seq = checkpoint.start; seq <= checkpoint.end; seq += 1) {
    for (const row of log.entryRowsOf(seq)) {
      const cause = drafted.causeOfRow.get(row);
      if (cause !== undefined) {
        return cause;
      }
    }
  }
  return null;
}

/** A copy with the same leaf is the same receipt: what proves one proves all. */
function shareInclusion({ dataset, inclusion, copies }: InclusionStep): void {
  const { rows } = dataset;
  for (let first = 0; first < rows.count; first += 1) {
    if (copies.first[first] !== first || copies.next[first] === -1) {
      continue;
    }
    for (const same of contentsOf(rows, copies, first)) {
      const proved = same.find((row) => inclusion.state[row] === INCLUSION.included);
      for (const row of proved === undefined ? [] : same) {
        if (inclusion.state[row] === INCLUSION.none) {
          inclusion.state[row] = INCLUSION.included;
          inclusion.checkpoint[row] = inclusion.checkpoint[proved ?? row] ?? -1;
          inclusion.proof[row] = inclusion.proof[proved ?? row] ?? -1;
        }
      }
    }
  }
}
