import type { NodeDraft } from "./chain-nodes.ts";
import type { Dataset } from "./dataset.ts";
import { HashTable } from "./hash-table.ts";

/** Which receipts answer to a request. A request that was tried again has several. */
export class RequestBook {
  readonly #draft: NodeDraft;
  readonly #nodes: Int32Array;
  readonly #table: HashTable;
  readonly #keys: Uint8Array;
  /** By the first entry of their request. */
  readonly #attempts = new Map<number, Int32Array>();

  constructor({ chain }: Dataset, draft: NodeDraft) {
    this.#draft = draft;
    const units = chain.inOrder();
    const count = units.reduce((sum, unit) => sum + unit.chain.handles.count, 0);
    this.#nodes = new Int32Array(count);
    this.#keys = new Uint8Array(count * 32);
    let at = 0;
    for (const { first, chain: unit } of units) {
      const { handles } = unit;
      this.#keys.set(handles.hash, at * 32);
      for (let index = 0; index < handles.count; index += 1) {
        this.#nodes[at] = draft.nodeOfRow[first + (handles.row[index] ?? 0)] ?? -1;
        at += 1;
      }
    }
    this.#table = new HashTable(this.#keys, count);
  }

  nodesOf(hash: Uint8Array, at: number): Int32Array {
    const first = this.#table.find(hash, at);
    return first === -1 ? new Int32Array() : this.#attemptsOf(first);
  }

  /**
   * The receipt of a request that brought another one about: of several attempts the last that is not later
   * than what it caused, the first where all are. -1 where there is none.
   */
  causeOf(hash: Uint8Array, at: number, child: number): number {
    const first = this.#table.find(hash, at);
    if (first === -1) {
      return -1;
    }
    const attempts = this.#attemptsOf(first);
    const when = this.#timeOf(child);
    // Attempts that are not later than the child; a request may have been tried very often.
    let low = 0;
    let high = attempts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#timeOf(attempts[middle] ?? -1) <= when) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const own = attempts[low - 1] === child;
    const cause = attempts[low - (own ? 2 : 1)] ?? attempts.find((node) => node !== child);
    return cause ?? -1;
  }

  /** By time, each receipt once. */
  #attemptsOf(first: number): Int32Array {
    let attempts = this.#attempts.get(first);
    if (attempts === undefined) {
      const nodes: number[] = [];
      for (let entry = first; entry !== -1; entry = this.#table.after(entry)) {
        nodes.push(this.#nodes[entry] ?? -1);
      }
      attempts = Int32Array.from(new Set(nodes)).sort(
        (a, b) => this.#timeOf(a) - this.#timeOf(b) || a - b,
      );
      this.#attempts.set(first, attempts);
    }
    return attempts;
  }

  /** A receipt without a time stands last. */
  #timeOf(node: number): number {
    const time = this.#draft.time[node] ?? Number.NaN;
    return Number.isNaN(time) ? Number.MAX_VALUE : time;
  }

  /** The receipts of each request that has more than one. */
  *attempts(): Generator<Int32Array> {
    for (let entry = 0; entry < this.#nodes.length; entry += 1) {
      const isFirst = this.#table.find(this.#keys, entry * 32) === entry;
      if (isFirst && this.#table.after(entry) !== -1) {
        yield this.#attemptsOf(entry);
      }
    }
  }
}
