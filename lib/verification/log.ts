import type { Checkpoint } from "./checkpoints.ts";
import type { Rows } from "./rows.ts";

/** A row of a store's claim log: which receipt stands at a position of the checkpointed sequence. */
export interface ClaimEntry {
  readonly kind: "tool" | "child";
  readonly seq: number;
}

export interface LogParts {
  readonly names: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  readonly members: ReadonlySet<number>;
  readonly tool: ArrayLike<number>;
  readonly child: ArrayLike<number>;
  readonly unnumbered: readonly number[];
  readonly checkpoints: readonly Checkpoint[];
}

/** One log as far as the loaded files hold it. */
export class Log {
  /** Collections and loose files that it is read from. */
  readonly groups: ReadonlySet<string>;
  readonly members: ReadonlySet<number>;
  /** Rows of tool receipts in ascending order of sequence number; copies follow each other. */
  readonly tool: Int32Array;
  readonly child: Int32Array;
  readonly unnumbered: readonly number[];
  /** Distinct statements in order of number; a copy in a second file is not repeated. */
  readonly checkpoints: readonly Checkpoint[];
  readonly #rows: Rows;
  readonly #entries: ReadonlyMap<number, ClaimEntry> | null;
  readonly #groupOf: (member: number) => string;
  readonly #bySeq = new Map<number, Checkpoint[]>();

  constructor(
    rows: Rows,
    parts: LogParts,
    entries: ReadonlyMap<number, ClaimEntry> | null,
    groupOf: (member: number) => string,
  ) {
    this.groups = parts.names;
    this.members = parts.members;
    this.tool = Int32Array.from(parts.tool);
    this.child = Int32Array.from(parts.child);
    this.unnumbered = parts.unnumbered;
    this.#rows = rows;
    this.#entries = entries;
    this.#groupOf = groupOf;
    const distinct = new Map<string, Checkpoint>();
    for (const checkpoint of parts.checkpoints) {
      const known = distinct.get(checkpoint.sha256);
      if (known === undefined || (!known.fits && checkpoint.fits)) {
        distinct.set(checkpoint.sha256, checkpoint);
      }
    }
    this.checkpoints = [...distinct.values()].sort((a, b) => a.seq - b.seq);
    for (const checkpoint of this.checkpoints) {
      const others = this.#bySeq.get(checkpoint.seq) ?? [];
      this.#bySeq.set(checkpoint.seq, [...others, checkpoint]);
    }
  }

  checkpointsAt(seq: number): readonly Checkpoint[] {
    return this.#bySeq.get(seq) ?? [];
  }

  /** Rows of the tool receipt with this number: none, one, or copies of one receipt. */
  rowsOf(seq: number): readonly number[] {
    return rowsAt(this.#rows, this.tool, seq);
  }

  /** Rows at a position of the checkpointed sequence, which counts child receipts too. */
  entryRowsOf(position: number): readonly number[] {
    if (this.#entries === null) {
      return this.child.length === 0 ? this.rowsOf(position) : [];
    }
    const entry = this.#entries.get(position);
    return entry === undefined
      ? []
      : rowsAt(this.#rows, entry.kind === "tool" ? this.tool : this.child, entry.seq);
  }

  /**
   * The row whose leaf stands at a position, or -1. Of several copies, the one beside the checkpoint: that
   * is the copy whose export claims this root.
   */
  leafRowAt(position: number, besideMember: number): number {
    const rows = this.entryRowsOf(position);
    if (rows.length < 2) {
      return rows[0] ?? -1;
    }
    const group = this.#groupOf(besideMember);
    return rows.find((row) => this.#groupOf(this.#rows.memberOf(row)) === group) ?? rows[0] ?? -1;
  }
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
  for (let at = lowerBound(rows, list, seq); at < list.length; at += 1) {
    const row = list[at] ?? -1;
    if (rows.seq[row] !== seq) {
      break;
    }
    found.push(row);
  }
  return found;
}
