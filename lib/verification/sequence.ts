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
  /** The checkpoints begin with the first, and it with receipt 1; without any, receipt 1 is here. */
  readonly fromStart: boolean;
  /** A signed checkpoint bounds the end: up to there a removal would be seen. */
  readonly lastCovered: number;
  /** Whether a signed checkpoint's batch holds the number. */
  readonly isCovered: (seq: number) => boolean;
  readonly isFiltered: boolean;
  /** Missing numbers that a filter or unreadable rows may explain. */
  readonly unexplained: boolean;
  /** What runs between checkpoints that are absent, by receipt number. */
  readonly absences: Intervals<Gap>;
}

export interface SequenceContext {
  readonly rows: Rows;
  readonly ledger: Ledger;
  readonly isFiltered: (log: Log) => boolean;
  /** Rejected rows of the log's files, and the finding of the first of them. */
  readonly rejectsOf: (log: Log) => { readonly count: number; readonly draft: Draft | null };
}

/** Numbers in ascending order and the row of each; copies of one number may follow each other. */
interface Numbers {
  readonly values: Float64Array;
  readonly rows: ArrayLike<number>;
}

/** A run of missing numbers; `after` is the position of the row that follows it. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly after: number;
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
  const signed = chains.flatMap((chain) => chain.checkpoints.filter(({ fits }) => fits));
  const covered = signed.filter(({ start, end }) => start <= end);
  const lastCovered = covered.reduce((last, { end }) => Math.max(last, end), 0);
  const firstCovered = covered.reduce(
    (first, { start }) => Math.min(first, start),
    Number.POSITIVE_INFINITY,
  );
  const coverage = new Intervals(covered.map(({ start, end }) => ({ from: start, to: end })));
  const absences = new Intervals(
    chains
      .flatMap((chain) => chain.absent)
      .map(
        ({ firstReceipt, lastReceipt, draft }): Gap => ({
          from: firstReceipt,
          to: lastReceipt,
          draft,
        }),
      ),
  );
  const isFiltered = context.isFiltered(log);
  const rejects = context.rejectsOf(log);
  const numbers = numbersOf(rows, log, covered.length > 0);
  // Numbers of tool receipts say nothing of positions once child receipts stand between them.
  const isCounted = log.child.length > 0 && log.entries === null;
  const runs = isCounted
    ? missingRuns(numbers, Number.POSITIVE_INFINITY, 0)
    : missingRuns(numbers, firstCovered, lastCovered);
  const present = distinct(numbers.values);
  const inRuns = runs.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const children = isCounted ? distinct(numbersIn(rows, log.child)) : 0;
  const uncounted =
    isCounted && firstCovered === 1 ? Math.max(0, lastCovered - present - children - inRuns) : 0;
  const missing = inRuns + uncounted;
  let unexplained = false;
  const gaps = runs.map(({ from, to, after }): Gap => {
    const absence = absences.at(from);
    const isUnder = absence !== null || (!isCounted && coverage.at(from) !== null);
    const mayBeExplained = isFiltered || (!isUnder && rejects.count >= missing);
    unexplained ||= mayBeExplained;
    if (isFiltered) {
      return { from, to, draft: null };
    }
    const draft = ledger.add({
      code: "SEQ-001",
      severity: mayBeExplained ? "warning" : "error",
      subject: { kind: "sequence", id: from === to ? String(from) : `${from} to ${to}` },
      place: placeAfter(rows, log, numbers, after),
      cause: absence?.draft ?? (rejects.count >= missing ? rejects.draft : null),
      expected: String(to - from + 1),
      actual: "0",
    });
    return { from, to, draft };
  });
  if (uncounted > 0) {
    unexplained ||= isFiltered;
    if (!isFiltered) {
      ledger.add({
        code: "SEQ-001",
        subject: { kind: "sequence", id: `1 to ${lastCovered}` },
        place: placeAfter(rows, log, numbers, numbers.values.length),
        cause: rejects.count >= missing ? rejects.draft : null,
        expected: String(lastCovered),
        actual: String(lastCovered - missing),
      });
    }
  }
  const tail = tailOf(numbers.values, present + children, covered.length, lastCovered, isCounted);
  if (tail > 0) {
    reportTail(rows, log, numbers, lastCovered, tail, ledger);
  }
  return {
    log,
    present: present + children,
    expected: present + children + (isFiltered ? 0 : missing),
    gaps,
    absentReceipts: isFiltered ? 0 : missing,
    tail,
    fromStart:
      covered.length > 0
        ? firstCovered === 1 && chains.every((chain) => chain.fromStart)
        : numbers.values[0] === 1,
    lastCovered,
    isCovered: (seq) => coverage.at(seq) !== null,
    isFiltered,
    unexplained,
    absences,
  };
}

/** What explains that a number of the log has no row: a gap, or an absent checkpoint. */
export function absenceIndex({ gaps, absences }: Sequence): Intervals<Gap> {
  return gaps.length > 0 ? new Intervals(gaps) : absences;
}

/**
 * The numbers that checkpoints count: positions of the claim log where there is one, else the numbers of
 * tool receipts. A position whose receipt is not here is not present.
 */
function numbersOf(rows: Rows, log: Log, isCheckpointed: boolean): Numbers {
  if (log.entries === null || !isCheckpointed) {
    return { values: numbersIn(rows, log.tool), rows: log.tool };
  }
  const present: { readonly position: number; readonly row: number }[] = [];
  for (const position of log.entries.keys()) {
    const [row] = log.entryRowsOf(position);
    if (row !== undefined && !Number.isNaN(position)) {
      present.push({ position, row });
    }
  }
  present.sort((a, b) => a.position - b.position);
  return {
    values: Float64Array.from(present, ({ position }) => position),
    rows: present.map(({ row }) => row),
  };
}

function numbersIn(rows: Rows, list: Int32Array): Float64Array {
  return Float64Array.from(list, (row) => rows.seq[row] ?? Number.NaN);
}

/** Runs between rows, before the first row of a covered range, and after the last up to the coverage's end. */
function missingRuns(
  { values }: Numbers,
  firstCovered: number,
  lastCovered: number,
): readonly Run[] {
  const runs: Run[] = [];
  let expected = Math.min(firstCovered, values[0] ?? Number.POSITIVE_INFINITY);
  for (const [at, value] of values.entries()) {
    if (value > expected) {
      runs.push({ from: expected, to: value - 1, after: at });
    }
    expected = Math.max(expected, value + 1);
  }
  if (values.length > 0 && expected <= lastCovered) {
    runs.push({ from: expected, to: lastCovered, after: values.length });
  }
  return runs;
}

function distinct(values: Float64Array): number {
  let count = 0;
  let last = Number.NaN;
  for (const value of values) {
    count += value === last ? 0 : 1;
    last = value;
  }
  return count;
}

function tailOf(
  values: Float64Array,
  present: number,
  checkpoints: number,
  lastCovered: number,
  isCounted: boolean,
): number {
  if (checkpoints === 0) {
    return 0;
  }
  if (isCounted) {
    return Math.max(0, present - lastCovered);
  }
  return distinct(values.filter((value) => value > lastCovered));
}

function reportTail(
  rows: Rows,
  log: Log,
  numbers: Numbers,
  lastCovered: number,
  tail: number,
  ledger: Ledger,
): void {
  const first = lastCovered + 1;
  const last = Math.max(numbers.values.at(-1) ?? 0, lastCovered + tail);
  ledger.add({
    code: "SEQ-003",
    subject: { kind: "sequence", id: first === last ? String(first) : `${first} to ${last}` },
    place: placeAfter(rows, log, numbers, numbers.values.length - 1),
    expected: null,
    actual: String(last),
  });
}

function placeAfter(rows: Rows, log: Log, numbers: Numbers, at: number): DraftPlace {
  const row = numbers.rows[Math.min(at, numbers.rows.length - 1)];
  if (row === undefined) {
    return wholeFile([...log.members][0] ?? -1);
  }
  return rows.placeOf(row, "");
}
