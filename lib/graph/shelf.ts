/** The rows of one lane, and the columns that are taken on each. */
export class Shelf {
  private readonly rows: Span[][] = [];

  /** `rows` may be used from the start; more are added when all are taken. */
  constructor(rows = 0) {
    for (let row = 0; row < rows; row++) this.rows.push([]);
  }

  /** Begins rows until there is this one. */
  open(row: number): void {
    if (row < MOST_LEAPT) while (this.rows.length <= row) this.rows.push([]);
  }

  /**
   * Takes the free row nearest to `wanted`, the upper of two; a new one under the others where none is free.
   * @returns the row.
   */
  put(start: number, end: number, wanted: number): number {
    const count = this.rows.length;
    const middle = Math.min(wanted, count);
    for (let distance = 0; distance <= count; distance++) {
      if (this.take(middle - distance, start, end)) return middle - distance;
      if (distance > 0 && this.take(middle + distance, start, end)) return middle + distance;
    }
    this.rows.push([{ start, end }]);
    return count;
  }

  /** Takes these columns of a row; false where one of them is taken, or there is none. */
  take(row: number, start: number, end: number): boolean {
    const spans = this.rows[row];
    if (spans === undefined || end < start) return false;
    // Blocks come from left to right, save for kept ones: most often the last span decides.
    let place = spans.length;
    while (place > 0 && (spans[place - 1]?.start ?? 0) > end) place--;
    if (place > 0 && (spans[place - 1]?.end ?? 0) >= start) return false;
    spans.splice(place, 0, { start, end });
    return true;
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Rows of before come from a picture of ours, so they are few; anything else is not believed. */
const MOST_LEAPT = 100_000;
