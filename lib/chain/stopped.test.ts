import { expect, test } from "vitest";
import { whereItStopped } from "./stopped.ts";
import { chainOf, type Step } from "./testing/nodes.ts";

/** An order through payment and shipping; `denied` stops at the charge. */
function order(name: string, denied: boolean): readonly Step[] {
  const pay = { service: "payment" };
  const steps: readonly Step[] = [
    { id: `${name} placed`, boundary: "produce", topic: "placed", service: "orders" },
    {
      id: `${name} taken`,
      parents: [`${name} placed`],
      boundary: "consume",
      topic: "placed",
      ...pay,
    },
    {
      id: `${name} charge`,
      parents: [`${name} taken`],
      tool: "charge",
      ...pay,
      ...(denied ? { decision: "deny", guard: "budget" } : {}),
    },
    { id: `${name} log`, parents: [`${name} charge`], tool: "log", ...pay },
    {
      id: `${name} stock`,
      parents: [`${name} placed`],
      boundary: "consume",
      topic: "placed",
      service: "stock",
    },
  ];
  const rest: readonly Step[] = [
    {
      id: `${name} charged`,
      parents: [`${name} charge`],
      boundary: "produce",
      topic: "charged",
      ...pay,
    },
    {
      id: `${name} ship`,
      parents: [`${name} charged`],
      boundary: "consume",
      topic: "charged",
      service: "shipping",
    },
    {
      id: `${name} mail`,
      parents: [`${name} charged`],
      boundary: "consume",
      topic: "charged",
      service: "notify",
    },
    { id: `${name} label`, parents: [`${name} ship`], tool: "label", service: "shipping" },
  ];
  return denied ? steps : [...steps, ...rest];
}

test("a denied step is placed among what led to it, what never ran, and what went on", () => {
  const index = chainOf([...order("a", false), ...order("b", false), ...order("c", true)]);
  const found = whereItStopped(index, index.nodes.find("c charge"));
  expect(found?.denied.guard).toBe("budget");
  expect(found?.before.steps.map((step) => step.id)).toEqual(["c taken", "c placed"]);
  expect(found?.neverRan).toEqual({
    alike: 2,
    // Not the label: that is shipping's own doing, one choreography further. Not the log: it ran.
    steps: [
      { label: "charged", boundary: "produce", service: "payment", count: 2 },
      { label: "charged", boundary: "consume", service: "shipping", count: 2 },
      { label: "charged", boundary: "consume", service: "notify", count: 2 },
    ],
  });
  expect(found?.after.steps.map((step) => step.id)).toEqual(["c log"]);
  expect(found?.siblings).toEqual({ total: 0, steps: [] });
});

test("siblings are the same cause's allowed consequences", () => {
  const index = chainOf([
    ...order("a", false).map(
      (step): Step =>
        step.boundary === "consume" && step.service === "payment"
          ? { ...step, decision: "deny" }
          : step,
    ),
    { id: "other", parents: ["a placed"], decision: "deny" },
  ]);
  const found = whereItStopped(index, index.nodes.find("a taken"));
  expect(found?.siblings.steps.map((step) => step.id)).toEqual(["a stock"]);
});

test("a step that led on to several of one kind counts once, and the most frequent stand first", () => {
  const index = chainOf([
    { id: "one", tool: "t" },
    { id: "retry 1", parents: ["one"], tool: "retry" },
    { id: "retry 2", parents: ["one"], tool: "retry" },
    { id: "end 1", parents: ["one"], tool: "end" },
    { id: "two", tool: "t" },
    { id: "end 2", parents: ["two"], tool: "end" },
    { id: "denied", tool: "t", decision: "deny" },
    { id: "elsewhere", tool: "t", service: "another" },
  ]);
  const found = whereItStopped(index, index.nodes.find("denied"));
  expect(found?.neverRan.alike).toBe(2);
  expect(found?.neverRan.steps.map((step) => [step.label, step.count])).toEqual([
    ["end", 2],
    ["retry", 1],
  ]);
});

test("what an alike step led on to ends with a consume, and at the door of another service", () => {
  const index = chainOf([
    { id: "like", tool: "t", service: "pay" },
    { id: "own", parents: ["like"], tool: "own", service: "pay" },
    { id: "further", parents: ["own"], tool: "further", service: "pay" },
    { id: "again", parents: ["own"], boundary: "consume", topic: "again", service: "pay" },
    { id: "after again", parents: ["again"], tool: "after again", service: "pay" },
    { id: "other", parents: ["own"], tool: "other", service: "bank" },
    { id: "after other", parents: ["other"], tool: "after other", service: "bank" },
    { id: "denied", tool: "t", service: "pay", decision: "deny" },
  ]);
  const steps = whereItStopped(index, index.nodes.find("denied"))?.neverRan.steps;
  expect(steps?.map((step) => step.label)).toEqual(["own", "further", "again", "other"]);
});

test("lists hold 50 and say how many there are", () => {
  const index = chainOf([
    { id: "denied", decision: "deny" },
    ...Array.from({ length: 60 }, (_, step) => ({ id: `after ${step}`, parents: ["denied"] })),
  ]);
  const after = whereItStopped(index, 0)?.after;
  expect([after?.total, after?.steps.length]).toEqual([60, 50]);
});

test("of very many alike, those nearest in time are looked at", () => {
  const index = chainOf([
    ...Array.from({ length: 12_000 }, (_, place): Step[] => [
      { id: `like ${place}`, tool: "t", time: 10 * place },
      {
        id: `then ${place}`,
        parents: [`like ${place}`],
        tool: place < 2_000 ? "old" : "new",
        time: 10 * place + 1,
      },
    ]).flat(),
    { id: "denied", tool: "t", decision: "deny", time: 1e9 },
  ]);
  const found = whereItStopped(index, index.nodes.find("denied"))?.neverRan;
  expect([found?.alike, found?.steps.map((step) => step.label)]).toEqual([10_000, ["new"]]);
});

test("what was not denied, or is not loaded, stopped nowhere", () => {
  const index = chainOf([{ id: "a", parents: ["absent"] }]);
  expect([whereItStopped(index, 0), whereItStopped(index, 1)]).toEqual([null, null]);
});
