import type { Chain } from "./chains.ts";
import { Intervals } from "./intervals.ts";
import type { Draft, DraftPlace, Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { wholeFile } from "./members.ts";
import type { Rows } from "./rows.ts";

/** A run of sequence numbers that no row carries. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly draft: Draft | null;
}

/** What one log says of its own completeness. */
export interface Sequence {
  readonly log: Log;
  /** Distinct numbers present, and how many there would be without gaps. */
  readonly present: number;
  readonly expected: number;
  readonly gaps: readonly Gap[];
  readonly absentReceipts: number;
  /** Receipts after the last checkpoint. */
  readonly tail: number;
  /** Numbers start at 1 (or at the first checkpoint's start). */
  readonly fromStart: boolean;
  /** A signed checkpoint bounds the end: up to there a removal would be seen. */
  readonly lastCovered: number;
  /** Whether a signed checkpoint's batch holds the number. */
  readonly isCovered: (seq: number) => boolean;
  readonly isFiltered: boolean;
  /** Missing numbers that a filter or unreadable rows may explain. */
  readonly unexplained: boolean;
}

export interface SequenceContext {
  readonly rows: Rows;
  readonly ledger: Ledger;
  readonly isFiltered: (log: Log) => boolean;
  /** Rejected rows of the log's files, and the finding of the first of them. */
  readonly rejectsOf: (log: Log) => { readonly count: number; readonly draft: Draft | null };
}

/**
 * Finds missing sequence numbers. Numbers are claims of the wrapper, but a signed checkpoint counts its
 * batch, so under a checkpoint a missing number is a missing receipt; elsewhere a filter or an unreadable
 * row may explain it, and then nothing can be told.
 */
export function checkSequence(
  log: Log,
  chains: readonly Chain[],
  context: SequenceContext,
): Sequence {
  const { rows, ledger } = context;
  const covered = chains.flatMap((chain) => chain.checkpoints.filter(({ fits }) => fits));
  const counted = covered.filter(({ start, end }) => start <= end);
  const lastCovered = counted.reduce((last, { end }) => Math.max(last, end), 0);
  const firstCovered = counted.reduce(
    (first, { start }) => Math.min(first, start),
    Number.POSITIVE_INFINITY,
  );
  const coverage = new Intervals(
    counted.map((checkpoint) => ({ from: checkpoint.start, to: checkpoint.end })),
  );
  const absences = new Intervals(
    chains
      .flatMap((chain) => chain.absent)
      .map(({ firstReceipt, lastReceipt, draft }) => ({
        from: firstReceipt,
        to: lastReceipt,
        draft,
      })),
  );
  const filtered = context.isFiltered(log);
  const rejects = context.rejectsOf(log);
  const countsEntries = log.child.length > 0;
  const runs = countsEntries
    ? missingRuns(rows, log, Number.POSITIVE_INFINITY, 0)
    : missingRuns(rows, log, firstCovered, lastCovered);
  const missing = runs.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  let unexplained = false;
  const gaps = runs.map(({ from, to, after }): Gap => {
    const absence = absences.at(from);
    const isCovered = absence !== null || (!countsEntries && coverage.at(from) !== null);
    const mayBeExplained = filtered || (!isCovered && rejects.count >= missing);
    if (mayBeExplained) {
      unexplained = true;
    }
    const draft = filtered
      ? null
      : ledger.add({
          code: "SEQ-001",
          severity: mayBeExplained ? "warning" : "error",
          subject: { kind: "sequence", id: from === to ? String(from) : `${from} to ${to}` },
          place: placeAfter(rows, log, after),
          cause: absence?.draft ?? rejects.draft,
          expected: String(to - from + 1),
          actual: "0",
        });
    return { from, to, draft };
  });
  const numbers = distinctNumbers(rows, log);
  const tail = covered.length === 0 ? 0 : tailOf(rows, log, lastCovered);
  if (tail > 0) {
    reportTail(rows, log, lastCovered, ledger);
  }
  const first = rows.seq[log.tool[0] ?? -1] ?? Number.NaN;
  return {
    log,
    present: numbers,
    expected: numbers + (filtered ? 0 : missing),
    gaps,
    absentReceipts: filtered ? 0 : missing,
    tail,
    fromStart: Math.min(Number.isNaN(first) ? firstCovered : first, firstCovered) === 1,
    lastCovered,
    isCovered: (seq) => coverage.at(seq) !== null,
    isFiltered: filtered,
    unexplained,
  };
}

/** What explains that a number of the log has no row: a gap, or an absent checkpoint. */
export function absenceIndex(sequence: Sequence, chains: readonly Chain[]): Intervals<Gap> {
  const absences = chains
    .filter(({ log }) => log === sequence.log)
    .flatMap(({ absent }) => absent)
    .map(
      ({ firstReceipt, lastReceipt, draft }): Gap => ({
        from: firstReceipt,
        to: lastReceipt,
        draft,
      }),
    );
  return new Intervals(sequence.gaps.length > 0 ? sequence.gaps : absences);
}

interface Run {
  readonly from: number;
  readonly to: number;
  /** Position in the list of the row after the run; the list's length at the end. */
  readonly after: number;
}

/** Runs between rows, before the first row of a covered range, and after the last up to the coverage's end. */
function missingRuns(
  rows: Rows,
  log: Log,
  firstCovered: number,
  lastCovered: number,
): readonly Run[] {
  const runs: Run[] = [];
  let expected = Math.min(firstCovered, rows.seq[log.tool[0] ?? -1] ?? Number.POSITIVE_INFINITY);
  for (let at = 0; at < log.tool.length; at += 1) {
    const seq = rows.seq[log.tool[at] ?? -1] ?? Number.NaN;
    if (seq > expected) {
      runs.push({ from: expected, to: seq - 1, after: at });
    }
    expected = Math.max(expected, seq + 1);
  }
  if (log.tool.length > 0 && expected <= lastCovered) {
    runs.push({ from: expected, to: lastCovered, after: log.tool.length });
  }
  return runs;
}

function distinctNumbers(rows: Rows, log: Log): number {
  let count = 0;
  let last = Number.NaN;
  for (const row of log.tool) {
    const seq = rows.seq[row] ?? Number.NaN;
    count += seq === last ? 0 : 1;
    last = seq;
  }
  return count;
}

function tailOf(rows: Rows, log: Log, lastCovered: number): number {
  let tail = 0;
  let last = Number.NaN;
  for (let at = log.tool.length - 1; at >= 0; at -= 1) {
    const seq = rows.seq[log.tool[at] ?? -1] ?? Number.NaN;
    if (seq <= lastCovered) {
      break;
    }
    tail += seq === last ? 0 : 1;
    last = seq;
  }
  return tail;
}

function reportTail(rows: Rows, log: Log, lastCovered: number, ledger: Ledger): void {
  const last = rows.seq[log.tool.at(-1) ?? -1] ?? Number.NaN;
  const first = lastCovered + 1;
  ledger.add({
    code: "SEQ-003",
    subject: { kind: "sequence", id: first === last ? String(first) : `${first} to ${last}` },
    place: placeAfter(rows, log, log.tool.length - 1),
    expected: null,
    actual: String(last),
  });
}

function placeAfter(rows: Rows, log: Log, at: number): DraftPlace {
  const row = log.tool[Math.min(at, log.tool.length - 1)];
  if (row === undefined) {
    return wholeFile([...log.members][0] ?? -1);
  }
  return rows.placeOf(row, "");
}
