import type { ChainView, ItemKey } from "./model.ts";

/**
 * Which drawn item shows each row of the database: the receipt itself, or the fold that lists it (the first
 * 500 of its members). Rows that only a stub stands for are not in it.
 */
export function itemsByRow(view: ChainView): ReadonlyMap<number, ItemKey> {
  const items = new Map<number, ItemKey>();
  for (const item of view.items) {
    switch (item.kind) {
      case "receipt":
        if (item.facts.row !== null) items.set(item.facts.row, item.key);
        break;
      case "fold":
        for (const row of item.rows) items.set(row, item.key);
        break;
      case "missing":
      case "stub":
        break;
    }
  }
  return items;
}
