import type { RecordBatch } from "apache-arrow";

/** A row as it came from the engine: to be decoded member by member, never trusted to have a shape. */
export type RawRow = (column: string) => unknown;

export function* rawRows(batch: RecordBatch): Generator<RawRow> {
  for (let index = 0; index < batch.numRows; index += 1) {
    yield (column) => batch.getChild(column)?.get(index);
  }
}

/** @throws TypeError where the column holds anything else. */
export function text(row: RawRow, column: string): string {
  const value = row(column);
  if (typeof value !== "string") {
    throw new TypeError(`${column} is no text`);
  }
  return value;
}

export function textOrNull(row: RawRow, column: string): string | null {
  return row(column) === null ? null : text(row, column);
}

export function number(row: RawRow, column: string): number {
  const value = row(column);
  if (typeof value !== "number") {
    throw new TypeError(`${column} is no number`);
  }
  return value;
}

export function numberOrNull(row: RawRow, column: string): number | null {
  return row(column) === null ? null : number(row, column);
}

/** One of a closed list of names. */
export function oneOf<const Name extends string>(
  row: RawRow,
  column: string,
  names: readonly Name[],
): Name {
  const value = text(row, column);
  const found = names.find((name) => name === value);
  if (found === undefined) {
    throw new TypeError(`${column} is none of ${names.join(", ")}`);
  }
  return found;
}
