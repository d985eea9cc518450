import { Point } from "@noble/ed25519";

/** Signatures of one key before its multiples are worth computing: doing so costs about three. */
const USES_BEFORE_TABLE = 24;
/** Keys with a table, about 300 kB each. */
const MAX_TABLES = 16;

const WINDOW_BITS = 4;
const WINDOW_SIZE = 2 ** WINDOW_BITS;
/** Windows of a scalar below the group order, which has 253 bits. */
const WINDOWS = 64;

const withTable: VerifyingKey[] = [];

/**
 * A decoded public key, negated, that multiplies faster once it has been used often: logs have few
 * signers. The tables are bounded, and a key that lost its own must earn it again, so that a hostile
 * file which alternates between many keys pays at most a small fraction more than without them.
 */
export class VerifyingKey {
  readonly #negated: Point;
  #uses = 0;
  #table: readonly (readonly Point[])[] | null = null;

  constructor(point: Point) {
    this.#negated = point.negate();
  }

  /** -[k]A for 0 <= k < L. */
  negatedMultiple(k: bigint): Point {
    this.#table ??= this.#earnTable();
    return this.#table === null ? this.#negated.multiply(k, false) : multipleFrom(this.#table, k);
  }

  #earnTable(): readonly (readonly Point[])[] | null {
    this.#uses += 1;
    if (this.#uses < USES_BEFORE_TABLE) {
      return null;
    }
    withTable.push(this);
    const oldest = withTable.length > MAX_TABLES ? withTable.shift() : undefined;
    if (oldest !== undefined) {
      oldest.#loseTable();
    }
    return tableOf(this.#negated);
  }

  #loseTable(): void {
    this.#table = null;
    this.#uses = 0;
  }
}

/** Row i holds 0 to 15 times 16^i times the point. */
function tableOf(point: Point): readonly (readonly Point[])[] {
  const rows: Point[][] = [];
  let unit = point;
  for (let window = 0; window < WINDOWS; window += 1) {
    const row = [Point.ZERO];
    let multiple = Point.ZERO;
    for (let digit = 1; digit < WINDOW_SIZE; digit += 1) {
      multiple = multiple.add(unit);
      row.push(multiple);
    }
    rows.push(row);
    unit = multiple.add(unit);
  }
  return rows;
}

/** One addition for each hexadecimal digit. The addition law is complete: small order is no exception. */
function multipleFrom(table: readonly (readonly Point[])[], k: bigint): Point {
  const digits = k.toString(WINDOW_SIZE);
  let sum = Point.ZERO;
  for (let window = 0; window < digits.length; window += 1) {
    const digit = Number.parseInt(digits.charAt(digits.length - 1 - window), WINDOW_SIZE);
    const multiple = table[window]?.[digit];
    if (multiple === undefined) {
      throw new RangeError("A scalar is below the group order");
    }
    sum = digit === 0 ? sum : sum.add(multiple);
  }
  return sum;
}
