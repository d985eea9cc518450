import type { Chain } from "./chains.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Draft } from "./ledger.ts";
import type { CheckpointCell } from "./report.ts";
import type { Sequence } from "./sequence.ts";

/** The checkpoints in order, with absences in their places and the uncovered end last, log by log. */
export function checkpointStrip(
  chains: readonly Chain[],
  sequences: readonly Sequence[],
  drafts: readonly Draft[],
): readonly CheckpointCell[] {
  const differing = new Set<string>();
  for (const { code, severity, subject, place } of drafts) {
    if (severity === "error" && subject.kind === "checkpoint" && code !== "CKP-004") {
      differing.add(`${place.member} ${place.offset} ${subject.id}`);
    }
  }
  const sequenceOf = new Map(sequences.map((sequence) => [sequence.log, sequence]));
  return chains.flatMap((chain, log) => {
    const cells: CheckpointCell[] = [];
    const gapBefore = new Map(chain.absent.map((gap) => [gap.toSeq + 1, gap]));
    for (const checkpoint of chain.checkpoints) {
      const gap = gapBefore.get(checkpoint.seq);
      for (let seq = gap?.fromSeq ?? 1; gap !== undefined && seq <= gap.toSeq; seq += 1) {
        cells.push(absentCell(log, seq, gap.firstReceipt, gap.lastReceipt));
        if (cells.length > 10_000) {
          break;
        }
      }
      cells.push(cellOf(checkpoint, log, differing));
    }
    const sequence = sequenceOf.get(chain.log);
    if (sequence !== undefined && sequence.tail > 0) {
      const from = sequence.lastCovered + 1;
      cells.push({
        state: "not-covered",
        log,
        checkpoint_seq: null,
        from_seq: from,
        to_seq: from + sequence.tail - 1,
        issued_at: null,
        key: null,
      });
    }
    return cells;
  });
}

function cellOf(
  { record, seq, start, end, issuedAt, key, fits, cause }: Checkpoint,
  log: number,
  differing: ReadonlySet<string>,
): CheckpointCell {
  const isDiffering = cause !== null || differing.has(`${record.member} ${record.offset} ${seq}`);
  return {
    state: isDiffering ? "differs" : fits ? "fits" : "not-checked",
    log,
    checkpoint_seq: seq,
    from_seq: start,
    to_seq: end,
    issued_at: Number.isNaN(issuedAt) ? null : issuedAt,
    key,
  };
}

function absentCell(log: number, seq: number, from: number, to: number): CheckpointCell {
  return {
    state: "absent",
    log,
    checkpoint_seq: seq,
    from_seq: from,
    to_seq: to,
    issued_at: null,
    key: null,
  };
}
