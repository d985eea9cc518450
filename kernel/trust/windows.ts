/** When a pinned key may sign, in Unix seconds: start inclusive, both ends exclusive. */
interface Times {
  readonly validFrom: bigint | null;
  readonly validUntil: bigint | null;
  readonly retiredAt: bigint | null;
}

/** How often one key may be pinned for one role; a hostile file lists it without end. */
export const MOST_TIMES = 16;

/** A key may serve twice, one time after the other; at one time, a second entry could undo a retirement. */
export function collides(earlier: readonly Times[], next: Times): boolean {
  return earlier.length >= MOST_TIMES || earlier.some((other) => overlap(other, next));
}

function overlap(one: Times, other: Times): boolean {
  return startsBeforeEndOf(one, other) && startsBeforeEndOf(other, one);
}

function startsBeforeEndOf(one: Times, { validUntil, retiredAt }: Times): boolean {
  const start = one.validFrom ?? 0n;
  return (validUntil === null || start < validUntil) && (retiredAt === null || start < retiredAt);
}
