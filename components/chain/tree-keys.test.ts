import { describe, expect, it } from "vitest";
import { openRows, type TreeNode } from "@/lib/graph/tree.ts";
import { treeMove } from "./tree-keys.ts";

/** Levels of rows in pre-order; each row is named by its place. */
function rowsOf(levels: readonly number[]): readonly TreeNode[] {
  return levels.map((level, at) => {
    let parent = at - 1;
    while (parent >= 0 && (levels[parent] ?? 0) >= level) parent -= 1;
    return {
      id: String(at),
      item: {
        kind: "stub",
        key: `s:c:r${at}`,
        of: `r${at}`,
        side: "children",
        count: 1,
        beneath: { receipts: 1, denied: 0, failing: 0, unverified: 0, missing: 0 },
        lane: 0,
        x: 0,
        y: 0,
        distance: 0,
      },
      level,
      parent,
      position: 1,
      siblings: 1,
      hasChildren: (levels[at + 1] ?? 0) > level,
      repeated: false,
      closesCycle: false,
    };
  });
}

const rows = rowsOf([1, 2, 3, 3, 2, 1]);

function press(key: string, active: number, collapsed: readonly string[] = []) {
  const closed = new Set(collapsed);
  return treeMove(key, { rows, open: openRows(rows, closed), collapsed: closed, active, page: 3 });
}

describe("keys of the tree", () => {
  it("walk the rows and stay within them", () => {
    expect(press("ArrowDown", 0)).toEqual({ kind: "go", place: 1 });
    expect(press("k", 0)).toEqual({ kind: "go", place: 0 });
    expect(press("End", 0)).toEqual({ kind: "go", place: 5 });
    expect(press("PageDown", 4)).toEqual({ kind: "go", place: 5 });
    expect(press("Home", 4)).toEqual({ kind: "go", place: 0 });
  });

  it("collapse, expand, and lead to the row above and the first below", () => {
    expect(press("ArrowLeft", 1)).toEqual({ kind: "collapse", id: "1" });
    expect(press("ArrowLeft", 3)).toEqual({ kind: "go", place: 1 });
    expect(press("ArrowRight", 1)).toEqual({ kind: "go", place: 2 });
    expect(press("ArrowRight", 1, ["1"])).toEqual({ kind: "expand", id: "1" });
    expect(press(" ", 1, ["1"])).toEqual({ kind: "expand", id: "1" });
    expect(press("ArrowLeft", 5)).toEqual({ kind: "go", place: 5 });
  });

  it("know rows by what is shown while others are collapsed", () => {
    // Rows 2 and 3 are hidden: row 4 stands at place 2.
    expect(press("ArrowLeft", 2, ["1"])).toEqual({ kind: "go", place: 0 });
  });

  it("leave other keys alone", () => {
    expect(press("b", 0)).toBeNull();
    expect(press("Enter", 0)).toBeNull();
  });
});
