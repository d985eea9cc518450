/** When a pinned key may sign, in Unix seconds: start inclusive, both ends exclusive. */
export interface Window {
  readonly validFrom: bigint | null;
  readonly validUntil: bigint | null;
  readonly retiredAt: bigint | null;
}

/** How often one key may be pinned for one role; a hostile file lists it without end. */
export const MOST_TIMES = 16;

/** A key may serve twice, one time after the other; at one time, a second entry could undo a retirement. */
export function collides(earlier: readonly Window[], next: Window): boolean {
  return earlier.length >= MOST_TIMES || earlier.some((other) => overlap(other, next));
}

function overlap(one: Window, other: Window): boolean {
  return startsBeforeEndOf(one, other) && startsBeforeEndOf(other, one);
}

function startsBeforeEndOf(one: Window, { validUntil, retiredAt }: Window): boolean {
  const start = one.validFrom ?? 0n;
  return (validUntil === null || start < validUntil) && (retiredAt === null || start < retiredAt);
}
