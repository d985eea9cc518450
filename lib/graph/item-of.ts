import type { ChainView, ItemKey } from "./model.ts";

/**
 * The drawn item that shows a key: itself, or the fold that lists its receipt (the first 500 of its members).
 * Null for what is not drawn, or stands behind a stub.
 */
export function itemOf(view: ChainView, key: ItemKey | null): ItemKey | null {
  if (key === null || view.items.some((item) => item.key === key)) return key;
  if (!key.startsWith("r")) return null;
  const row = Number(key.slice(1));
  const fold = view.items.find((item) => item.kind === "fold" && item.rows.includes(row));
  return fold?.key ?? null;
}
