import type { NodeKey } from "@/lib/chain/model.ts";
import type { ChainView } from "@/lib/graph/model.ts";
import type { WalkRows } from "@/lib/graph/questions.ts";

/** A walk's receipts by their place in it, for reading them in pages. */
export interface WalkPlaces {
  /** Rows of the receipts alone, in the order of the walk. */
  readonly rows: Int32Array;
  /** For each place of the walk, how many receipts stand before it. */
  readonly before: Int32Array;
}

export function walkPlaces(walk: WalkRows): WalkPlaces {
  const before = new Int32Array(walk.row.length);
  const rows = new Int32Array(walk.row.length);
  let count = 0;
  for (let at = 0; at < walk.row.length; at += 1) {
    before[at] = count;
    const row = walk.row[at] ?? -1;
    if (row < 0) continue;
    rows[count] = row;
    count += 1;
  }
  return { rows: rows.subarray(0, count), before };
}

/** The key of what stands at a place; null where nothing does. */
export function keyAt(walk: WalkRows, place: number): NodeKey | null {
  const row = walk.row[place];
  if (row === undefined) return null;
  return row >= 0 ? `r${row}` : (walk.missing.get(place)?.key ?? null);
}

/** The place of a node in the walk; -1 where it is not in it. */
export function placeOf(walk: WalkRows, key: NodeKey | null): number {
  if (key === null) return -1;
  if (key.startsWith("r")) return walk.row.indexOf(Number(key.slice(1)));
  for (const [place, missing] of walk.missing) {
    if (missing.key === key) return place;
  }
  return -1;
}

/** How each receipt is drawn: on its own, or in which fold. What is in neither is behind a stub. */
export function drawnIn(view: ChainView): ReadonlyMap<number, string> {
  const drawn = new Map<number, string>();
  for (const item of view.items) {
    if (item.kind === "fold") {
      const words = `in × ${item.count} ${item.label}`;
      for (const row of item.rows) drawn.set(row, words);
    } else if (item.kind === "receipt" && item.facts.row !== null) {
      drawn.set(item.facts.row, "drawn");
    }
  }
  return drawn;
}
