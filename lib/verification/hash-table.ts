import { same32 } from "./rows.ts";

/**
 * Entries by their 32-octet keys, by open addressing over the first octets. Keys are SHA-256 digests, so
 * that nobody can choose texts that collide; they are compared whole all the same.
 */
export class HashTable {
  readonly #keys: Uint8Array;
  readonly #slots: Int32Array;
  /** The next entry with the same key, in the order of entry; -1 at the end. */
  readonly #next: Int32Array;
  readonly #view: DataView;

  /** @param keys 32 octets for each of `count` entries */
  constructor(keys: Uint8Array, count: number) {
    this.#keys = keys;
    const size = 2 ** Math.ceil(Math.log2(Math.max(count, 8) * 2));
    this.#slots = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(count).fill(-1);
    this.#view = new DataView(keys.buffer, keys.byteOffset);
    // From the last to the first, so that each list begins with the first entry.
    for (let entry = count - 1; entry >= 0; entry -= 1) {
      const slot = this.#slotOf(this.#view.getUint32(entry * 32), keys, entry * 32);
      this.#next[entry] = this.#slots[slot] ?? -1;
      this.#slots[slot] = entry;
    }
  }

  /** The first entry with the key that stands at octet `at` of `key`, or -1. */
  find(key: Uint8Array, at = 0): number {
    const start =
      (((key[at] ?? 0) << 24) |
        ((key[at + 1] ?? 0) << 16) |
        ((key[at + 2] ?? 0) << 8) |
        (key[at + 3] ?? 0)) >>>
      0;
    return this.#slots[this.#slotOf(start, key, at)] ?? -1;
  }

  /** The entry after this one with the same key, or -1. */
  after(entry: number): number {
    return this.#next[entry] ?? -1;
  }

  #slotOf(start: number, key: Uint8Array, at: number): number {
    const mask = this.#slots.length - 1;
    let slot = start & mask;
    for (;;) {
      const entry = this.#slots[slot] ?? -1;
      if (entry === -1 || same32(this.#keys, entry * 32, key, at)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }
}
