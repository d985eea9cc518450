import fc from "fast-check";
import { expect, test } from "vitest";
import { chainOf, DOCUMENTED, type Step } from "@/lib/chain/testing/nodes.ts";
import { chainView } from "./chain-view.ts";
import { itemOf } from "./item-of.ts";
import type { ChainView } from "./model.ts";
import { bushes, request, requests } from "./testing/views.ts";

function kinds(view: ChainView): string[] {
  return view.items.map(({ kind }) => kind);
}

test("a view places every item in its lane, and links what it placed", () => {
  fc.assert(
    fc.property(
      bushes().chain((index) => fc.tuple(fc.constant(index), requests(index))),
      ([index, asked]) => {
        const view = chainView(index, asked);
        const places = new Set(view.items.map(({ x, y }) => `${x} ${y}`));
        expect(places.size).toBe(view.items.length);
        for (const item of view.items) {
          const lane = view.lanes[item.lane];
          expect(item.y).toBeGreaterThan(lane?.top ?? Number.NaN);
          expect(item.y).toBeLessThan((lane?.top ?? 0) + (lane?.height ?? 0));
          expect(item.x).toBeLessThanOrEqual(view.width);
        }
        expect(new Set(view.edges.map(({ key }) => key)).size).toBe(view.edges.length);
        expect(chainView(index, asked)).toEqual(view);
      },
    ),
    { numRuns: 20 },
  );
});

test("an address gives the same picture act by act and at once", () => {
  fc.assert(
    fc.property(
      bushes().chain((index) => fc.tuple(fc.constant(index), requests(index))),
      ([index, asked]) => {
        for (let acts = 0; acts < asked.opened.length; acts += 1) {
          chainView(index, { ...asked, opened: asked.opened.slice(0, acts) });
        }
        const later = chainView(index, asked);
        // As in another tab: the same records, none of the layouts that were made on the way.
        const fresh = Object.create(Object.getPrototypeOf(index), {
          ...Object.getOwnPropertyDescriptors(index),
        });
        expect(fresh).not.toBe(index);
        expect(later.items).toEqual(chainView(index, asked).items);
      },
    ),
    { numRuns: 10 },
  );
});

test("nothing that was drawn moves to another lane or row when a stub opens", () => {
  const index = chainOf([
    ...DOCUMENTED,
    { id: "other", parents: ["rcpt_001"], service: "shipping" },
    { id: "more", parents: ["other"], service: "shipping" },
  ]);
  const asked = request("r5", { direction: "backward" });
  const before = chainView(index, asked);
  const after = chainView(index, { ...asked, opened: ["s:c:r1", "s:c:r6"] });
  expect(kinds(after).filter((kind) => kind === "receipt")).toHaveLength(7);
  const lane = (view: ChainView, key: string) => {
    const item = view.items.find((one) => one.key === key);
    const at = view.lanes[item?.lane ?? -1];
    return [at?.name, (item?.y ?? 0) - (at?.top ?? 0)];
  };
  for (const { key, kind } of before.items) {
    if (kind === "receipt") expect(lane(after, key)).toEqual(lane(before, key));
  }
});

test("a topic's label counts every reader, those in a fold too", () => {
  const readers = Array.from({ length: 412 }, (_, at): Step => {
    return { id: `reader ${at}`, parents: ["out"], boundary: "consume", topic: "sent", time: at };
  });
  const index = chainOf([{ id: "out", boundary: "produce", topic: "sent", time: 0 }, ...readers]);
  const view = chainView(index, request("r1"));
  expect(kinds(view)).toEqual(["receipt", "fold"]);
  expect(view.topics).toMatchObject([{ from: "r1", topic: "sent", readers: 412 }]);
  expect(view.items[1]).toMatchObject({
    kind: "fold",
    count: 412,
    boundary: "consume",
    label: "sent",
    topic: "sent",
    from: 0,
    to: 411,
    isAtLeast: false,
  });
  expect(view.edges).toMatchObject([{ links: 412, topic: "sent", closesCycle: false }]);
  const [root, fold] = view.items;
  expect(["r1", "r400", "r9999", "m0", null].map((key) => itemOf(view, key))).toEqual([
    root?.key,
    fold?.key,
    null,
    null,
    null,
  ]);
});

test("hostile texts are carried as they are, and a focus that names nothing is an error", () => {
  const text = "<img src=x onerror=alert(1)>\u202e".repeat(200);
  const names = ["__proto__", "constructor", text, "\u0000"];
  const steps = names.map((name, at): Step => {
    return { id: name, parents: names.slice(0, at), service: name, tool: name, topic: name };
  });
  const view = chainView(chainOf(steps), request("r1", { lanes: "agent", opened: names }));
  expect(view.items.flatMap((item) => (item.kind === "receipt" ? [item.facts.id] : []))).toEqual(
    names,
  );
  expect(view.refused).toEqual([]);
  expect(() => chainView(chainOf(steps), request("__proto__"))).toThrow(RangeError);
});
