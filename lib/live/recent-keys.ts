/**
 * Texts that were added lately, without repeats. They are kept in two halves, of which the older is dropped as
 * a whole: at least half of `most` are remembered, and forgetting costs nothing.
 */
export class RecentKeys {
  readonly #half: number;
  #newer = new Set<string>();
  #older = new Set<string>();

  constructor(most: number) {
    this.#half = Math.max(most >> 1, 1);
  }

  /** False where the text is known already. */
  add(key: string): boolean {
    if (this.has(key)) {
      return false;
    }
    if (this.#newer.size >= this.#half) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    this.#newer.add(key);
    return true;
  }

  has(key: string): boolean {
    return this.#newer.has(key) || this.#older.has(key);
  }
}
