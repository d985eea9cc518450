import type { TreeNode } from "@/lib/graph/tree.ts";

/** Where the keyboard stands in the tree. */
export interface TreePlace {
  readonly rows: readonly TreeNode[];
  /** Indexes of the rows that are not under a collapsed one. */
  readonly open: readonly number[];
  readonly collapsed: ReadonlySet<string>;
  /** Index into `open`. */
  readonly active: number;
  /** Rows of one page up or down. */
  readonly page: number;
}

export type TreeMove =
  | { readonly kind: "go"; readonly place: number }
  | { readonly kind: "expand" | "collapse"; readonly id: string };

/** What a key does in the tree; null for keys that do not move. `j` and `k` are down and up. */
export function treeMove(key: string, place: TreePlace): TreeMove | null {
  const { rows, open, collapsed, active } = place;
  const row = rows[open[active] ?? -1];
  if (row === undefined) return null;
  const isOpen = row.hasChildren && !collapsed.has(row.id);
  const go = (to: number): TreeMove => ({
    kind: "go",
    place: Math.min(Math.max(to, 0), open.length - 1),
  });
  switch (key) {
    case "ArrowDown":
    case "j":
      return go(active + 1);
    case "ArrowUp":
    case "k":
      return go(active - 1);
    case "PageDown":
      return go(active + place.page);
    case "PageUp":
      return go(active - place.page);
    case "Home":
      return go(0);
    case "End":
      return go(open.length - 1);
    case "ArrowRight":
      if (isOpen) return go(active + 1);
      return row.hasChildren ? { kind: "expand", id: row.id } : go(active);
    case "ArrowLeft":
      if (isOpen) return { kind: "collapse", id: row.id };
      return go(row.parent < 0 ? active : open.indexOf(row.parent));
    case " ":
      if (!row.hasChildren) return go(active);
      return { kind: isOpen ? "collapse" : "expand", id: row.id };
    default:
      return null;
  }
}
