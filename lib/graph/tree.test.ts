import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sketches, stepsOf } from "@/lib/chain/testing/graphs.ts";
import { chainOf } from "@/lib/chain/testing/nodes.ts";
import { chainView } from "./chain-view.ts";
import type { ChainView, ViewRequest } from "./model.ts";
import { orderPicture } from "./testing/orders.ts";
import { viewOf } from "./testing/view.ts";
import { openRows, type TreeNode, viewTree } from "./tree.ts";

/** A tree as text: indented keys; `*` for what is shown further up, `~` for a link that leads back. */
function drawn(rows: readonly TreeNode[]): readonly string[] {
  return rows.map(({ item, level, repeated, closesCycle }) => {
    const marks = `${repeated ? "*" : ""}${closesCycle ? "~" : ""}`;
    return `${"  ".repeat(level - 1)}${item.key}${marks}`;
  });
}

function step(key: string, time: number) {
  return { key, lane: "a", time };
}

describe("the tree of a view", () => {
  it("puts what has two causes under each, once with its consequences", () => {
    const view = viewOf(
      [step("r1", 1), step("r2", 3), step("r3", 2), step("r4", 4), step("r5", 5)],
      [
        { from: "r1", to: "r2" },
        { from: "r1", to: "r3" },
        { from: "r2", to: "r4" },
        { from: "r3", to: "r4" },
        { from: "r4", to: "r5" },
      ],
    );
    const rows = viewTree(view);
    expect(drawn(rows)).toEqual(["r1", "  r3", "    r4", "      r5", "  r2", "    r4*"]);
    expect(rows.at(-1)).toMatchObject({ id: "r2 > r4", parent: 4, hasChildren: false });
    expect(rows[4]).toMatchObject({ position: 2, siblings: 2, hasChildren: true });
  });

  it("shows where a cycle leads back", () => {
    const view = viewOf(
      [step("r1", 1), step("r2", 2)],
      [
        { from: "r1", to: "r2" },
        { from: "r2", to: "r1", closesCycle: true },
        { from: "r2", to: "r2", closesCycle: true },
      ],
    );
    expect(drawn(viewTree(view))).toEqual(["r1", "  r2", "    r1*~", "    r2*~"]);
  });

  it("hangs stubs last, and folds by their time", () => {
    const { steps, links } = orderPicture();
    const placed = viewOf(steps, links);
    const items = placed.items.map((item) =>
      item.kind === "stub" ? { ...item, of: "r33" } : item,
    );
    const text = drawn(viewTree({ ...placed, items })).map((line) => line.trim());
    expect(text[text.indexOf("r33") + 1]).toBe("s:c:r33");
    expect(text[text.indexOf("r40") + 1]).toBe("f:sends");
    expect(text.filter((line) => line === "m49")).toHaveLength(1);
  });

  it("says everything that is drawn, whatever the order of items and links", () => {
    fc.assert(
      fc.property(
        sketches(),
        fc.constantFrom("forward", "backward", "both"),
        (sketch, direction) => {
          const view = viewFrom(sketch, direction);
          const rows = viewTree(view);
          const firsts = rows.filter(({ repeated }) => !repeated).map(({ item }) => item.key);
          expect(firsts.toSorted()).toEqual(view.items.map(({ key }) => key).toSorted());
          expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
          const said = rows.flatMap((row) => {
            const above = rows[row.parent];
            expect(row.level).toBe((above?.level ?? 0) + 1);
            return above === undefined || row.item.kind === "stub"
              ? []
              : [`${above.item.key} ${row.item.key}`];
          });
          const links = view.edges.map(({ from, to }) => `${from} ${to}`);
          const stubs = new Set(
            view.items.flatMap(({ key, kind }) => (kind === "stub" ? [key] : [])),
          );
          const between = view.edges.filter(({ from, to }) => !stubs.has(from) && !stubs.has(to));
          expect(said.toSorted()).toEqual(
            between.map(({ from, to }) => `${from} ${to}`).toSorted(),
          );
          expect(links.length).toBeGreaterThanOrEqual(said.length);
          const turned = {
            ...view,
            items: view.items.toReversed(),
            edges: view.edges.toReversed(),
          };
          expect(drawn(viewTree(turned))).toEqual(drawn(rows));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes a chain as long as a view can be", () => {
    const steps = Array.from({ length: 800 }, (_, at) => step(`r${at}`, at));
    const links = steps.slice(1).map(({ key }, at) => ({ from: `r${at}`, to: key }));
    expect(viewTree(viewOf(steps, links)).at(-1)?.level).toBe(800);
  });
});

describe("open rows", () => {
  it("leave out what is under a collapsed row", () => {
    const view = viewOf(
      [step("r1", 1), step("r2", 2), step("r3", 3), step("r4", 4)],
      [
        { from: "r1", to: "r2" },
        { from: "r2", to: "r3" },
        { from: "r1", to: "r4" },
      ],
    );
    const rows = viewTree(view);
    const open = (...collapsed: readonly string[]) =>
      openRows(rows, new Set(collapsed)).map((at) => rows[at]?.item.key);
    expect(open()).toEqual(["r1", "r2", "r3", "r4"]);
    expect(open("r2")).toEqual(["r1", "r2", "r4"]);
    expect(open("r1", "r2")).toEqual(["r1"]);
    // What has nothing below it cannot hide anything, whatever an old state says of it.
    expect(open("r3", "gone")).toEqual(["r1", "r2", "r3", "r4"]);
  });
});

function viewFrom(
  sketch: Parameters<typeof stepsOf>[0],
  direction: ViewRequest["direction"],
): ChainView {
  return chainView(chainOf(stepsOf(sketch)), {
    focus: "r1",
    direction,
    depth: 2,
    lanes: "service",
    opened: [],
    cut: null,
  });
}
