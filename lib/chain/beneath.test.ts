import { expect, test } from "vitest";
import { beneathOf } from "./beneath.ts";
import { chainOf } from "./testing/nodes.ts";

const index = chainOf([
  { id: "root" },
  { id: "a", parents: ["root"] },
  { id: "b", parents: ["root"], decision: "deny" },
  { id: "join", parents: ["a", "b", "absent"], integrity: "does-not-verify" },
  { id: "drawn", parents: ["join"], decision: "deny" },
  { id: "behind", parents: ["drawn"], decision: "deny" },
  { id: "loop", parents: ["join", "loop"], integrity: "self-consistent" },
]);
const at = (id: string) => index.nodes.find(id);

test("what is beneath is counted once, through hidden nodes alone", () => {
  const isHidden = (node: number) => node !== at("drawn");
  expect(beneathOf(index, [at("a"), at("b")], isHidden)).toEqual({
    receipts: 4,
    denied: 1,
    failing: 1,
    unverified: 1,
    missing: 0,
  });
});

test("what is beneath a stub of causes is counted backward", () => {
  expect(beneathOf(index, [at("join")], () => true, 100, "backward")).toEqual({
    receipts: 4,
    denied: 1,
    failing: 1,
    unverified: 0,
    missing: 1,
  });
});

test("counting ends at the limit", () => {
  const count = (limit: number) => beneathOf(index, [0], () => true, limit).receipts;
  expect([1, 3, 7, 100].map(count)).toEqual([1, 3, 7, 7]);
  expect(beneathOf(index, [0, 1, 2, 3], () => true, 2).receipts).toBe(2);
});
