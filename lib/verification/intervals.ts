/** Ranges of numbers, both ends inclusive, looked up by binary search: a hostile log has very many. */
export class Intervals<T extends { readonly from: number; readonly to: number }> {
  readonly #sorted: readonly T[];

  constructor(intervals: readonly T[]) {
    this.#sorted = [...intervals].sort((a, b) => a.from - b.from);
  }

  /** The range with the greatest start that holds the number, or null. */
  at(number: number): T | null {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.from ?? Number.POSITIVE_INFINITY) <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const found = this.#sorted[low - 1];
    return found !== undefined && number <= found.to ? found : null;
  }
}
