import type { Checkpoint } from "./checkpoints.ts";
import type { Rows } from "./rows.ts";

/** A row of a store's claim log: which receipt stands at a position of the checkpointed sequence. */
export interface ClaimEntry {
  readonly kind: "tool" | "child";
  readonly seq: number;
}

/** Rows and checkpoints that one numbering covers, while they are gathered. */
export interface Group {
  /** Collections and loose files that it is read from. */
  readonly names: Set<string>;
  readonly keys: Set<string>;
  readonly members: Set<number>;
  /** Rows with a sequence number. Child receipts are numbered apart. */
  readonly tool: number[];
  readonly child: number[];
  readonly unnumbered: number[];
  readonly checkpoints: Checkpoint[];
}

export function newGroup(): Group {
  return {
    names: new Set(),
    keys: new Set(),
    members: new Set(),
    tool: [],
    child: [],
    unnumbered: [],
    checkpoints: [],
  };
}

/** Rows that claim one number and are looked at; a hostile log may claim one a million times. */
const CLAIMS = 64;

/** One log as far as the loaded files hold it. */
export class Log {
  readonly groups: ReadonlySet<string>;
  readonly members: ReadonlySet<number>;
  /** Rows of tool receipts in ascending order of sequence number; copies follow each other. */
  readonly tool: Int32Array;
  readonly child: Int32Array;
  readonly unnumbered: readonly number[];
  /** Distinct statements in order of number, unreadable numbers last; a copy is not repeated. */
  readonly checkpoints: readonly Checkpoint[];
  /** The claim log, where a store brought it: it tells tool and child receipts apart by position. */
  readonly entries: ReadonlyMap<number, ClaimEntry> | null;
  readonly #rows: Rows;
  readonly #groupOf: (member: number) => string;
  readonly #bySeq = new Map<number, Checkpoint[]>();

  constructor(
    rows: Rows,
    parts: Group,
    entries: ReadonlyMap<number, ClaimEntry> | null,
    groupOf: (member: number) => string,
  ) {
    sortByNumber(rows, parts.tool);
    sortByNumber(rows, parts.child);
    this.groups = parts.names;
    this.members = parts.members;
    this.tool = Int32Array.from(parts.tool);
    this.child = Int32Array.from(parts.child);
    this.unnumbered = parts.unnumbered;
    this.entries = entries;
    this.#rows = rows;
    this.#groupOf = groupOf;
    const distinct = new Map<string, Checkpoint>();
    for (const checkpoint of parts.checkpoints) {
      const known = distinct.get(checkpoint.sha256);
      if (known === undefined || (!known.fits && checkpoint.fits)) {
        distinct.set(checkpoint.sha256, checkpoint);
      }
    }
    this.checkpoints = [...distinct.values()].sort(byNumberAndDigest);
    for (const checkpoint of this.checkpoints) {
      const others = this.#bySeq.get(checkpoint.seq);
      if (others === undefined) {
        this.#bySeq.set(checkpoint.seq, [checkpoint]);
      } else {
        others.push(checkpoint);
      }
    }
  }

  checkpointsAt(seq: number): readonly Checkpoint[] {
    return this.#bySeq.get(seq) ?? [];
  }

  /** Rows of the tool receipt with this number: none, one, or copies of one receipt; at most 64. */
  rowsOf(seq: number): readonly number[] {
    return rowsAt(this.#rows, this.tool, seq);
  }

  /** Rows at a position of the checkpointed sequence, which counts child receipts too. */
  entryRowsOf(position: number): readonly number[] {
    if (this.entries === null) {
      return this.child.length === 0 ? this.rowsOf(position) : [];
    }
    const entry = this.entries.get(position);
    return entry === undefined
      ? []
      : rowsAt(this.#rows, entry.kind === "tool" ? this.tool : this.child, entry.seq);
  }

  /**
   * The row whose leaf stands at a position, or -1. Of several copies, one beside the checkpoint, whose
   * export claims this root; of those, one that is as it was signed.
   */
  leafRowAt(position: number, besideMember: number): number {
    const found = this.entryRowsOf(position);
    const [first = -1] = found;
    if (found.length < 2) {
      return first;
    }
    const rows = this.#rows;
    const group = this.#groupOf(besideMember);
    const beside = found.filter((row) => this.#groupOf(rows.memberOf(row)) === group);
    const candidates = beside.length > 0 ? beside : found;
    return candidates.find((row) => rows.holds(row)) ?? candidates[0] ?? first;
  }
}

/** By number, then by leaf: rows that claim one number stand in an order that no file's order decides. */
export function sortByNumber(rows: Rows, list: number[]): void {
  const compare = (a: number, b: number): number =>
    (rows.seq[a] ?? 0) - (rows.seq[b] ?? 0) || rows.compareLeaves(a, b) || a - b;
  for (let index = 1; index < list.length; index += 1) {
    if (compare(list[index - 1] ?? 0, list[index] ?? 0) > 0) {
      list.sort(compare);
      return;
    }
  }
}

/** An unreadable number is NaN, which no subtraction orders. */
function byNumberAndDigest(a: Checkpoint, b: Checkpoint): number {
  const byNumber =
    Number.isNaN(a.seq) || Number.isNaN(b.seq)
      ? Number(Number.isNaN(a.seq)) - Number(Number.isNaN(b.seq))
      : a.seq - b.seq;
  return byNumber || (a.sha256 < b.sha256 ? -1 : 1);
}

/** Position of the first row whose number is at least `seq`; in a log without gaps it is known at once. */
export function lowerBound(rows: Rows, list: ArrayLike<number>, seq: number): number {
  const guess = seq - (rows.seq[list[0] ?? -1] ?? 0);
  if (rows.seq[list[guess] ?? -1] === seq && rows.seq[list[guess - 1] ?? -1] !== seq) {
    return guess;
  }
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows.seq[list[middle] ?? 0] ?? 0) < seq) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function rowsAt(rows: Rows, list: ArrayLike<number>, seq: number): readonly number[] {
  const found: number[] = [];
  const from = lowerBound(rows, list, seq);
  for (let at = from; at < list.length && at < from + CLAIMS; at += 1) {
    const row = list[at] ?? -1;
    if (rows.seq[row] !== seq) {
      break;
    }
    found.push(row);
  }
  return found;
}
