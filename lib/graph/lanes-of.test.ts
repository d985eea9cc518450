import { expect, test } from "vitest";
import { chainOf, DOCUMENTED, type Step } from "@/lib/chain/testing/nodes.ts";
import { LanesOf } from "./lanes-of.ts";
import { nodesOf, request } from "./testing/views.ts";
import { visibleSet } from "./visible.ts";

function topics(steps: readonly Step[]): string[] {
  const index = chainOf(steps);
  const lanes = new LanesOf(index, "topic");
  return steps.map((_, node) => lanes.name(lanes.of(node)));
}

test("a tool call stands with the event that it handles", () => {
  expect(topics(DOCUMENTED)).toEqual([
    "order.placed",
    "order.placed",
    "order.placed",
    "payment.charged",
    "payment.charged",
  ]);
});

test("a tool call that no event led to stands with what it published, whoever is asked first", () => {
  const steps: Step[] = [
    { id: "start", tool: "plan", time: 1 },
    { id: "out", parents: ["start"], boundary: "produce", topic: "planned", time: 2 },
    { id: "aside", parents: ["start"], tool: "note", time: 3 },
    { id: "alone", tool: "check", time: 4 },
  ];
  expect(topics(steps)).toEqual(["planned", "planned", "planned", ""]);
  expect(topics(steps.toReversed())).toEqual(["", "planned", "planned", "planned"]);
});

test("twenty thousand steps without a topic, and a cycle of them, have the empty lane", () => {
  const steps = Array.from({ length: 20_000 }, (_, step): Step => {
    return { id: `${step}`, parents: step === 0 ? [] : [`${step - 1}`] };
  });
  expect(new Set(topics(steps))).toEqual(new Set([""]));
  expect(
    topics([
      { id: "a", parents: ["b"] },
      { id: "b", parents: ["a"] },
    ]),
  ).toEqual(["", ""]);
});

test("a missing parent stands with the receipt that names it; lanes count the walk, drawn or not", () => {
  const index = chainOf([
    { id: "a", parents: ["gone"], service: "__proto__" },
    ...Array.from({ length: 20 }, (_, step): Step => {
      return { id: `${step}`, parents: ["a"], service: "<b>", decision: "deny" };
    }),
  ]);
  const visible = visibleSet(index, request("r1", { direction: "both" }));
  expect(nodesOf(visible).map(({ lane }) => lane)).toEqual(["__proto__", "__proto__"]);
  expect([...visible.lanes]).toEqual([
    ["__proto__", { receipts: 1, denied: 0, failing: 0 }],
    ["<b>", { receipts: 20, denied: 20, failing: 0 }],
  ]);
});
