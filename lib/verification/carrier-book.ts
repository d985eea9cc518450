import { HashTable } from "./hash-table.ts";
import type { ResolvedUnit } from "./relate-links.ts";

/** Receipts that one record's headers may name: more than one already is somebody's game. */
const MOST_CARRIED = 64;

interface Carrier {
  readonly unit: ResolvedUnit;
  readonly name: number;
}

/** Which receipts' ids the headers of a Kafka record carry, by the record's coordinates. */
export class CarrierBook {
  readonly #table: HashTable;
  readonly #unitOf: Int32Array;
  readonly #nameOf: Int32Array;

  constructor(units: readonly ResolvedUnit[]) {
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

  *of(hash: Uint8Array, at: number, units: readonly ResolvedUnit[]): Generator<Carrier> {
    let told = 0;
    for (
      let entry = this.#table.find(hash, at);
      entry !== -1 && told < MOST_CARRIED;
      entry = this.#table.after(entry)
    ) {
      const unit = units[this.#unitOf[entry] ?? -1];
      if (unit !== undefined) {
        yield { unit, name: this.#nameOf[entry] ?? 0 };
        told += 1;
      }
    }
  }
}
