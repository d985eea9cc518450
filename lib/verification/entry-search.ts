import { type Log, lowerBound } from "./log.ts";
import type { Rows } from "./rows.ts";

/** Receipts that may be tried for each proof, over all proofs of a log; an honest log needs one or two. */
const TRIES_PER_PROOF = 8;
const SPARE_TRIES = 4_096;

/**
 * Finds the receipt at a position of the checkpointed sequence where tool and child receipts are numbered
 * apart and no claim log says how they alternate. Between two positions the number of child receipts only
 * grows, so that a search which goes on from the last find is short as long as proofs come in order.
 */
export class EntrySearch {
  readonly #rows: Rows;
  readonly #log: Log;
  #tries: number;
  /** Child receipts before the last position that was found. */
  #before: number;

  constructor(rows: Rows, log: Log, proofs: number) {
    this.#rows = rows;
    this.#log = log;
    this.#tries = proofs * TRIES_PER_PROOF + log.child.length * 2 + SPARE_TRIES;
    // After retention the first receipt here stands where the first checkpoint starts.
    const start = log.checkpoints[0]?.start ?? 1;
    const first = rows.seq[log.tool[0] ?? -1] ?? start;
    this.#before = start > first ? start - first : 0;
  }

  /** The row at the position for which `fits` holds, or null. */
  find(position: number, fits: (row: number) => boolean): number | null {
    const { tool, child } = this.#log;
    const most = this.#before + child.length;
    for (let before = this.#before; before <= most && this.#tries > 0; before += 1) {
      const found = this.#at(tool, position - before, fits) ?? this.#at(child, before + 1, fits);
      if (found !== null) {
        this.#before = before;
        return found;
      }
    }
    return null;
  }

  #at(list: Int32Array, seq: number, fits: (row: number) => boolean): number | null {
    this.#tries -= 1;
    const row = list[lowerBound(this.#rows, list, seq)];
    return row !== undefined && this.#rows.seq[row] === seq && fits(row) ? row : null;
  }
}
