import type { ItemKey } from "@/lib/graph/model.ts";
import type { DrawnEdge, DrawnNode } from "./elements.ts";

/** What is emphasised. It never changes where something is. */
export interface Marks {
  readonly selected: ItemKey | null;
  /** The selected item's way to its root causes; empty dims nothing. */
  readonly path: ReadonlySet<ItemKey>;
}

export const NO_MARKS: Marks = { selected: null, path: new Set() };

/** Classes of an item: the path's before the selection's. */
export function nodeMarks(node: Pick<DrawnNode, "key">, marks: Marks): string {
  if (node.key === marks.selected) {
    return marks.path.size === 0 ? "selected" : "on-path selected";
  }
  if (marks.path.size === 0) {
    return "";
  }
  return marks.path.has(node.key) ? "on-path" : "off-path";
}

export function edgeMarks(edge: Pick<DrawnEdge, "from" | "to">, marks: Marks): string {
  if (marks.path.size === 0) {
    return "";
  }
  return isOnPath(edge.from, marks) && isOnPath(edge.to, marks) ? "on-path" : "off-path";
}

function isOnPath(key: ItemKey, marks: Marks): boolean {
  return key === marks.selected || marks.path.has(key);
}
