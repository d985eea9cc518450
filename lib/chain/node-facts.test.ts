import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { keyOf, nodeFacts, nodeOf } from "./node-facts.ts";
import { chainOf } from "./testing/nodes.ts";

const { nodes } = chainOf([
  {
    id: "a",
    row: 4_000_000,
    parents: ["__proto__", "gone"],
    boundary: "consume",
    topic: "orders",
    decision: "deny",
    guard: "budget",
    integrity: "unsigned",
    settlement: "confirmed",
    service: "pay",
    agent: "bot",
    capability: "cap",
    time: 12.5,
    cost: 0n,
    currency: "EUR",
  },
  { id: "b", time: null },
]);

test("a node's facts are its columns", () => {
  expect(nodeFacts(nodes, 0)).toEqual({
    key: "r4000000",
    row: 4_000_000,
    id: "a",
    boundary: "consume",
    decision: "deny",
    integrity: "unsigned",
    settlement: "confirmed",
    service: "pay",
    agent: "bot",
    tool: "",
    topic: "orders",
    capability: "cap",
    guard: "budget",
    time: 12.5,
    cost: { units: 0n, currency: "EUR" },
  });
  expect(nodeFacts(nodes, 1)).toMatchObject({ row: 2, time: null, cost: null });
});

test("a missing parent has an id and nothing else", () => {
  expect(nodeFacts(nodes, 3)).toEqual({
    key: keyOf(nodes, 3),
    row: null,
    id: "gone",
    boundary: "other",
    decision: "none",
    integrity: "not-checked",
    settlement: "unknown",
    service: "",
    agent: "",
    tool: "",
    topic: "",
    capability: "",
    guard: "",
    time: null,
    cost: null,
  });
});

test("keys lead back to their nodes, and a missing parent's is the hash of its name", () => {
  for (let node = 0; node < nodes.count; node += 1) {
    expect(nodeOf(nodes, keyOf(nodes, node))).toBe(node);
  }
  const digest = createHash("sha256").update("__proto__").digest("hex");
  expect(keyOf(nodes, 2)).toBe(`m${digest.slice(0, 16)}`);
});

test("a key that names nothing leads nowhere", () => {
  for (const key of [
    "",
    "r",
    "r1",
    "r-1",
    "r01",
    "r4000000 ",
    "r4e6",
    "m",
    "m0000000000000000",
    "x1",
  ]) {
    expect(nodeOf(nodes, key)).toBe(-1);
  }
});
