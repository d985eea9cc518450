import { HashTable } from "./hash-table.ts";
import type { ResolvedUnit } from "./relate-links.ts";

/** Distinct receipts that the headers of one record may name: more than one already is somebody's game. */
const MOST_CARRIED = 64;

const NONE: readonly number[] = [];

/** Which receipts' ids the headers of a Kafka record carry, by the record's coordinates. */
export class CarrierBook {
  readonly #units: readonly ResolvedUnit[];
  readonly #nodeOf: (unit: ResolvedUnit, name: number) => number;
  readonly #table: HashTable;
  readonly #unitOf: Int32Array;
  readonly #nameOf: Int32Array;
  /** By the first entry of their record: a hundred thousand receipts may have consumed it. */
  readonly #carried = new Map<number, readonly number[]>();

  /** @param nodeOf the node of a unit's name, which becomes one where nothing that is loaded has it */
  constructor(
    units: readonly ResolvedUnit[],
    nodeOf: (unit: ResolvedUnit, name: number) => number,
  ) {
    this.#units = units;
    this.#nodeOf = nodeOf;
    const count = units.reduce((sum, { chain }) => sum + chain.carried.count, 0);
    const keys = new Uint8Array(count * 32);
    this.#unitOf = new Int32Array(count);
    this.#nameOf = new Int32Array(count);
    let at = 0;
    for (const [number, { chain }] of units.entries()) {
      const { carried, names } = chain;
      for (let index = 0; index < carried.count; index += 1) {
        const record = carried.first[index] ?? 0;
        keys.set(names.hash.subarray(record * 32, record * 32 + 32), at * 32);
        this.#unitOf[at] = number;
        this.#nameOf[at] = carried.second[index] ?? 0;
        at += 1;
      }
    }
    this.#table = new HashTable(keys, count);
  }

  /** Nodes, each once, however many exports hold the record. */
  of(hash: Uint8Array, at: number): readonly number[] {
    const first = this.#table.find(hash, at);
    if (first === -1) {
      return NONE;
    }
    let carried = this.#carried.get(first);
    if (carried === undefined) {
      carried = this.#gather(first);
      this.#carried.set(first, carried);
    }
    return carried;
  }

  #gather(first: number): readonly number[] {
    const nodes = new Set<number>();
    for (
      let entry = first;
      entry !== -1 && nodes.size < MOST_CARRIED;
      entry = this.#table.after(entry)
    ) {
      const unit = this.#units[this.#unitOf[entry] ?? -1];
      if (unit !== undefined) {
        nodes.add(this.#nodeOf(unit, this.#nameOf[entry] ?? 0));
      }
    }
    return [...nodes];
  }
}
