import type { Primitives } from "@/kernel/primitives.ts";

/** Holds what a group of usual receipts signs; what finds no room gets memory of its own. */
const BYTES = 256 * 1024;
/** At most, for a UTF-16 code unit. */
const UTF8_BYTES_OF_A_UNIT = 3;

/**
 * Primitives whose `utf8` writes into one block that is used again: octets are valid until
 * {@link GroupMemory.release}, which the owner calls when nothing of the group is being checked any more. A
 * buffer for every receipt would cost the allocator and the collector several microseconds each.
 */
export class GroupMemory {
  readonly primitives: Primitives;
  readonly #block: Uint8Array;
  #used = 0;

  constructor(primitives: Primitives) {
    const { encodeInto } = primitives;
    this.#block = new Uint8Array(encodeInto === undefined ? 0 : BYTES);
    this.primitives =
      encodeInto === undefined
        ? primitives
        : { ...primitives, utf8: (text) => this.#take(text, encodeInto) ?? primitives.utf8(text) };
  }

  release(): void {
    this.#used = 0;
  }

  #take(text: string, encodeInto: NonNullable<Primitives["encodeInto"]>): Uint8Array | null {
    const start = this.#used;
    if (start + text.length * UTF8_BYTES_OF_A_UNIT > this.#block.length) {
      return null;
    }
    this.#used += encodeInto(text, this.#block.subarray(start));
    return this.#block.subarray(start, this.#used);
  }
}
