import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sketches, stepsOf } from "@/lib/chain/testing/graphs.ts";
import { chainOf } from "@/lib/chain/testing/nodes.ts";
import { chainView } from "./chain-view.ts";
import type { ChainView, ItemKey, ViewRequest } from "./model.ts";
import { landed, type Move, openingOf, step } from "./navigate.ts";
import { orderPicture } from "./testing/orders.ts";
import { viewOf } from "./testing/view.ts";

const { steps, links } = orderPicture();
const placed = viewOf(steps, links);
/** The order's picture; its stub hangs on the item that its name says. */
const picture: ChainView = {
  ...placed,
  items: placed.items.map((item) => (item.kind === "stub" ? { ...item, of: "r33" } : item)),
};

/** Keys that the moves select one after the other; `open …` where a stub is opened. */
function walked(view: ChainView, from: ItemKey, moves: readonly Move[]): readonly string[] {
  const trail = [from];
  return moves.map((move) => {
    const next = step(view, trail.at(-1) ?? from, move, trail);
    if (next === null) return "nowhere";
    if (next.kind === "open") return `open ${next.stub}`;
    trail.push(next.key);
    return next.key;
  });
}

describe("arrows in a view", () => {
  it("lead from a denied call to its root, and back the way they came", () => {
    const back = walked(picture, "r28", Array<Move>(12).fill("left"));
    expect(back.at(-1)).toBe("r1");
    const there = walked(picture, "r28", [
      ...Array<Move>(12).fill("left"),
      ...Array<Move>(12).fill("right"),
    ]);
    expect(there.slice(12)).toEqual([...back.slice(0, -1).toReversed(), "r28"]);
  });

  it("lead to what has the same cause", () => {
    // r24 announces a purchase: r27, which leads to the denied call, and r30 read it.
    const beside = walked(picture, "r27", ["up", "up", "down"]);
    expect(new Set([...beside, "r27"])).toEqual(new Set(["nowhere", "r27", "r30"]));
  });

  it("keep to the cause by which one came", () => {
    const view = viewOf(
      ["r1", "r2", "r3", "r4", "r5"].map((key, time) => ({ key, lane: key, time })),
      [
        { from: "r1", to: "r3" },
        { from: "r2", to: "r3" },
        { from: "r1", to: "r4" },
        { from: "r2", to: "r5" },
      ],
    );
    const besides = (trail: readonly ItemKey[]) =>
      (["up", "down"] as const)
        .map((move) => step(view, "r3", move, trail))
        .find((next) => next !== null);
    expect(besides(["r1", "r3"])).toMatchObject({ key: "r4" });
    expect(besides(["r1", "r2", "r3"])).toMatchObject({ key: "r5" });
  });

  it("open a stub where nothing else is left, and lead back from it", () => {
    expect(walked(picture, "r33", ["right"])).toEqual(["open s:c:r33"]);
    expect(walked(picture, "s:c:r33", ["left"])).toEqual(["r33"]);
    expect(walked(picture, "s:c:r33", ["right"])).toEqual(["open s:c:r33"]);
    expect(walked(picture, "f:sends", ["left"])).toEqual(["r40"]);
    expect(walked(picture, "r56", ["right"])).toEqual(["nowhere"]);
    expect(step(picture, "gone", "left", [])).toBeNull();
  });

  it("stay within what is drawn, and come back", () => {
    fc.assert(
      fc.property(
        sketches(),
        fc.constantFrom("forward", "backward", "both"),
        (sketch, direction) => {
          const view = drawnFrom(sketch, { direction });
          const keys = new Set(view.items.map(({ key }) => key));
          for (const { key } of view.items) {
            for (const [there, back] of [
              ["left", "right"],
              ["right", "left"],
            ] as const) {
              const next = step(view, key, there, [key]);
              if (next?.kind !== "select") continue;
              expect(keys.has(next.key)).toBe(true);
              if (view.items.find((item) => item.key === key)?.kind === "stub") continue;
              expect(step(view, next.key, back, [key, next.key])).toEqual({ kind: "select", key });
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("a step that waits for a stub", () => {
  it("lands on what appeared", () => {
    fc.assert(
      fc.property(sketches(), (sketch) => {
        const view = drawnFrom(sketch, { depth: 1 });
        for (const { key, kind } of view.items) {
          const waiting = openingOf(view, key);
          expect(waiting === null).toBe(kind === "receipt" || kind === "missing");
          if (waiting === null || kind !== "stub") continue;
          const after = drawnFrom(sketch, { depth: 1, opened: [key] });
          const target = landed(after, waiting, []);
          expect(target).not.toBeNull();
          expect(waiting.known.has(target ?? "")).toBe(false);
          expect(after.items.some((item) => item.key === target)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("goes nowhere when nothing appeared", () => {
    const waiting = openingOf(picture, "s:c:r33");
    expect(waiting).not.toBeNull();
    if (waiting === null) return;
    const gone = { ...picture, items: picture.items.filter(({ key }) => key !== "r33") };
    expect(landed(gone, waiting, [])).toBeNull();
    expect(landed(picture, waiting, [])).toBeNull();
  });
});

function drawnFrom(
  sketch: Parameters<typeof stepsOf>[0],
  request: Partial<ViewRequest>,
): ChainView {
  return chainView(chainOf(stepsOf(sketch)), {
    focus: "r1",
    direction: "both",
    depth: 2,
    lanes: "service",
    opened: [],
    cut: null,
    ...request,
  });
}
