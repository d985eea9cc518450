import { cellNumber, cellStart, cellText } from "./cells.ts";
import { type ColumnPart, isNumericKind, type ResultChunk, type StatementResult } from "./model.ts";

interface Place {
  readonly chunk: ResultChunk;
  readonly row: number;
}

/** The kept rows of a result by their number, from 0. */
export class ResultRows {
  readonly result: StatementResult;
  readonly #ends: Int32Array;

  constructor(result: StatementResult) {
    this.result = result;
    let end = 0;
    this.#ends = Int32Array.from(result.chunks, ({ rows }) => {
      end += rows;
      return end;
    });
  }

  /** @see cellText */
  text(row: number, column: number): string | null {
    const place = this.#place(row);
    const part = place?.chunk.columns[column];
    const kind = this.result.columns[column]?.kind;
    return place === null || part === undefined || kind === undefined
      ? null
      : cellText(part, kind, place.row);
  }

  /** @see cellStart */
  start(row: number, column: number, most: number): ReturnType<typeof cellStart> {
    const place = this.#place(row);
    const part = place?.chunk.columns[column];
    const kind = this.result.columns[column]?.kind;
    return place === null || part === undefined || kind === undefined
      ? null
      : cellStart(part, kind, place.row, most);
  }

  /** The values of a column as doubles, NaN where there is none: for order, charts and statistics. */
  numbers(column: number): Float64Array {
    const values = new Float64Array(this.result.rows).fill(Number.NaN);
    const kind = this.result.columns[column]?.kind ?? "text";
    this.#eachPart(column, (part, row, at) => {
      values[at] = cellNumber(part, kind, row) ?? Number.NaN;
    });
    return values;
  }

  /** The texts of a column, cut; null for null. */
  texts(column: number, most: number): readonly (string | null)[] {
    const values: (string | null)[] = [];
    const kind = this.result.columns[column]?.kind ?? "text";
    this.#eachPart(column, (part, row) => {
      values.push(cellStart(part, kind, row, most)?.text ?? null);
    });
    return values;
  }

  /** Whether a column can be drawn or ordered as numbers. */
  isNumeric(column: number): boolean {
    const kind = this.result.columns[column]?.kind;
    return kind !== undefined && isNumericKind(kind);
  }

  #eachPart(column: number, take: (part: ColumnPart, row: number, at: number) => void): void {
    let at = 0;
    for (const chunk of this.result.chunks) {
      const part = chunk.columns[column];
      for (let row = 0; part !== undefined && row < chunk.rows; row += 1) {
        if (at >= this.result.rows) {
          return;
        }
        take(part, row, at);
        at += 1;
      }
    }
  }

  #place(row: number): Place | null {
    if (row < 0 || row >= this.result.rows) {
      return null;
    }
    let from = 0;
    let to = this.#ends.length - 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (row < (this.#ends[middle] ?? 0)) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    const chunk = this.result.chunks[from];
    return chunk === undefined ? null : { chunk, row: row - (this.#ends[from] ?? 0) + chunk.rows };
  }
}
