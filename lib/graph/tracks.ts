/** Where things stand, row by row. */
export interface Obstacles {
  /** For each height the places of what stands there, ascending. */
  readonly rows: ReadonlyMap<number, Float64Array>;
}

/** Heights at which an edge may run beside a row: over its nodes, and under their text. */
const OVER = 33;
const UNDER = 53;

/** The rows of some points. */
export function obstaclesOf(x: ArrayLike<number>, y: ArrayLike<number>): Obstacles {
  const gathered = new Map<number, number[]>();
  for (let index = 0; index < x.length; index++) {
    const height = y[index] ?? 0;
    const row = gathered.get(height);
    if (row === undefined) gathered.set(height, [x[index] ?? 0]);
    else row.push(x[index] ?? 0);
  }
  const rows = new Map<number, Float64Array>();
  for (const [height, places] of gathered) rows.set(height, Float64Array.from(places).sort());
  return { rows };
}

/**
 * The height at which an edge to the right runs between its two bends: on the row of its source or of its
 * target where nothing stands between the two, else beside the target's row, on the side it comes from.
 * Columns and pixels give the same answer.
 */
export function levelOf(
  obstacles: Obstacles,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): number {
  if (isFree(obstacles.rows.get(from.y), from.x, to.x)) return from.y;
  if (isFree(obstacles.rows.get(to.y), from.x, to.x)) return to.y;
  return from.y > to.y ? to.y + UNDER : to.y - OVER;
}

/** Whether nothing stands strictly between two places of a row. */
function isFree(row: Float64Array | undefined, left: number, right: number): boolean {
  if (row === undefined) return true;
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((row[middle] ?? 0) <= left) low = middle + 1;
    else high = middle;
  }
  return (row[low] ?? Number.POSITIVE_INFINITY) >= right;
}
