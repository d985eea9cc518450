import type { NodeDraft } from "./chain-nodes.ts";
import type { Dataset } from "./dataset.ts";
import { HashTable } from "./hash-table.ts";

/** The receipt that brought another one about by answering its request. */
export interface Answer {
  readonly node: number;
  /**
   * Whether the one who names the request can be held to it: who answered signed with the same key, or both
   * signed with pinned keys. Everybody else may call any receipt of his own an answer.
   */
  readonly isKnown: boolean;
}

/** Answers to one request, best first: nobody without their key can add to an earlier list. Each by time. */
interface Attempts {
  readonly byKey: ReadonlyMap<number, Int32Array>;
  readonly pinned: Int32Array;
  readonly signed: Int32Array;
  readonly all: Int32Array;
}

/** Which receipts answer to a request. A request that was tried again has several. */
export class RequestBook {
  readonly #draft: NodeDraft;
  readonly #rows: Int32Array;
  readonly #table: HashTable;
  readonly #keys: Uint8Array;
  /** By the first entry of their request. */
  readonly #attempts = new Map<number, Attempts>();

  constructor({ chain }: Dataset, draft: NodeDraft) {
    this.#draft = draft;
    const units = chain.inOrder();
    const count = units.reduce((sum, unit) => sum + unit.chain.handles.count, 0);
    this.#rows = new Int32Array(count);
    this.#keys = new Uint8Array(count * 32);
    let at = 0;
    for (const { first, chain: unit } of units) {
      const { handles } = unit;
      this.#keys.set(handles.hash, at * 32);
      for (let index = 0; index < handles.count; index += 1) {
        this.#rows[at] = first + (handles.row[index] ?? 0);
        at += 1;
      }
    }
    this.#table = new HashTable(this.#keys, count);
  }

  /** The receipts that say that they answered the request, by time. */
  nodesOf(hash: Uint8Array, at: number): Int32Array {
    const first = this.#table.find(hash, at);
    return first === -1 ? new Int32Array() : this.#attemptsOf(first).all;
  }

  /**
   * The receipt of a request that brought another one about: of several attempts the last that is not later
   * than what it caused, the first where all are. Answers that hold are taken before any that somebody made
   * up, and those of the same kernel first of all. Null where there is none.
   *
   * @param row that names the request
   */
  causeOf(hash: Uint8Array, at: number, row: number): Answer | null {
    const first = this.#table.find(hash, at);
    if (first === -1) {
      return null;
    }
    const draft = this.#draft;
    const child = draft.nodeOfRow[row] ?? -1;
    const { byKey, pinned, signed, all } = this.#attemptsOf(first);
    if (draft.stands(row)) {
      const own = byKey.get(draft.keyOfRow(row));
      const same = own === undefined ? -1 : this.#causeAmong(own, child);
      if (same !== -1) {
        return { node: same, isKnown: true };
      }
    }
    const known = this.#causeAmong(pinned, child);
    if (known !== -1) {
      return { node: known, isKnown: draft.isPinned(row) };
    }
    const other = this.#causeAmong(signed, child);
    const node = other === -1 ? this.#causeAmong(all, child) : other;
    return node === -1 ? null : { node, isKnown: false };
  }

  #causeAmong(attempts: Int32Array, child: number): number {
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

  #attemptsOf(first: number): Attempts {
    let attempts = this.#attempts.get(first);
    if (attempts === undefined) {
      attempts = this.#gather(first);
      this.#attempts.set(first, attempts);
    }
    return attempts;
  }

  #gather(first: number): Attempts {
    const draft = this.#draft;
    const byKey = new Map<number, Set<number>>();
    const pinned = new Set<number>();
    const signed = new Set<number>();
    const all = new Set<number>();
    for (let entry = first; entry !== -1; entry = this.#table.after(entry)) {
      const row = this.#rows[entry] ?? -1;
      const node = draft.nodeOfRow[row] ?? -1;
      all.add(node);
      if (draft.stands(row)) {
        signed.add(node);
        const key = draft.keyOfRow(row);
        const own = byKey.get(key) ?? new Set();
        byKey.set(key, own.add(node));
      }
      if (draft.isPinned(row)) {
        pinned.add(node);
      }
    }
    return {
      byKey: new Map(Array.from(byKey, ([key, nodes]) => [key, this.#byTime(nodes)])),
      pinned: this.#byTime(pinned),
      signed: this.#byTime(signed),
      all: this.#byTime(all),
    };
  }

  #byTime(nodes: ReadonlySet<number>): Int32Array {
    return Int32Array.from(nodes).sort((a, b) => this.#timeOf(a) - this.#timeOf(b) || a - b);
  }

  /** A receipt without a time stands last. */
  #timeOf(node: number): number {
    const time = this.#draft.time[node] ?? Number.NaN;
    return Number.isNaN(time) ? Number.MAX_VALUE : time;
  }

  /** The receipts of each request that has more than one. */
  *attempts(): Generator<Int32Array> {
    for (let entry = 0; entry < this.#rows.length; entry += 1) {
      const isFirst = this.#table.find(this.#keys, entry * 32) === entry;
      if (isFirst && this.#table.after(entry) !== -1) {
        yield this.#attemptsOf(entry).all;
      }
    }
  }
}
