import { same32 } from "./rows.ts";

/**
 * Numbers 32-octet digests in the order in which they are first met. A million texts in a map would take a
 * gigabyte; digests cannot be chosen so that they collide, and are compared whole all the same.
 */
export class DigestSet {
  #count = 0;
  #keys = new Uint8Array(64 * 32);
  #slots = new Int32Array(256).fill(-1);

  get count(): number {
    return this.#count;
  }

  /** The number of the digest that stands at octet `at`, or -1. */
  find(digest: Uint8Array, at = 0): number {
    return this.#slots[this.#slotOf(digest, at)] ?? -1;
  }

  /** The same; a digest that is new gets the next number. */
  add(digest: Uint8Array, at = 0): number {
    const known = this.find(digest, at);
    if (known !== -1) {
      return known;
    }
    if ((this.#count + 1) * 32 > this.#keys.length) {
      this.#grow();
    }
    const number = this.#count;
    this.#keys.set(digest.subarray(at, at + 32), number * 32);
    this.#slots[this.#slotOf(digest, at)] = number;
    this.#count += 1;
    return number;
  }

  #grow(): void {
    const keys = new Uint8Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let number = 0; number < this.#count; number += 1) {
      this.#slots[this.#slotOf(keys, number * 32)] = number;
    }
  }

  /** Of the digest, or the free one where it would stand: a quarter of the slots are taken at most. */
  #slotOf(digest: Uint8Array, at: number): number {
    const mask = this.#slots.length - 1;
    const start =
      ((digest[at] ?? 0) << 24) |
      ((digest[at + 1] ?? 0) << 16) |
      ((digest[at + 2] ?? 0) << 8) |
      (digest[at + 3] ?? 0);
    let slot = start & mask;
    for (;;) {
      const number = this.#slots[slot] ?? -1;
      if (number === -1 || same32(this.#keys, number * 32, digest, at)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }
}
