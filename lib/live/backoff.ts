/** Milliseconds between two looks at a log that answers. */
export const POLL_MS = 1_000;

/** Steps of the ladder after failures in a row, in milliseconds; the last one stays. */
export const LADDER_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;

/** How long to wait after this many failures in a row. */
export function retryAfter(attempts: number): number {
  const step = Math.min(Math.max(attempts, 1), LADDER_MS.length) - 1;
  return LADDER_MS[step] ?? LADDER_MS[LADDER_MS.length - 1] ?? POLL_MS;
}
