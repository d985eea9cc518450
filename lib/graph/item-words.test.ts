import { expect, test } from "vitest";
import type { NodeFacts } from "@/lib/chain/model.ts";
import { clip, itemWords, shortId } from "./item-words.ts";
import type { ViewItem } from "./model.ts";

const FACTS: NodeFacts = {
  key: "r1",
  row: 1,
  id: "rcpt_001",
  boundary: "tool",
  decision: "allow",
  integrity: "verified",
  settlement: "unknown",
  service: "payment",
  agent: "a",
  tool: "charge_payment",
  topic: "",
  capability: "",
  guard: "",
  time: 1,
  cost: null,
};

const PLACE = { lane: 0, x: 0, y: 0, distance: 0 };
const NONE = { receipts: 0, denied: 0, failing: 0, unverified: 0, missing: 0 };

function receipt(facts: Partial<NodeFacts>): ViewItem {
  return {
    ...PLACE,
    kind: "receipt",
    key: "r1",
    facts: { ...FACTS, ...facts },
    isRoot: false,
    isLeaf: false,
    onCycle: false,
    matches: true,
  };
}

test("a tool is called by its name, a produce by what it does", () => {
  expect(itemWords(receipt({}))).toEqual({ name: "charge_payment", detail: "rcpt_001" });
  expect(itemWords(receipt({ boundary: "produce", tool: "events:produce:orders" })).name).toBe(
    "produce",
  );
});

test("the second line says what stands out before it says the id", () => {
  expect(itemWords(receipt({ decision: "deny", guard: "over_budget" })).detail).toBe("over_budget");
  expect(itemWords(receipt({ decision: "deny" })).detail).toBe("denied");
  expect(
    itemWords(receipt({ decision: "deny", guard: "g", integrity: "does-not-verify" })).detail,
  ).toBe("does not verify");
  expect(itemWords(receipt({ settlement: "rolled-back" })).detail).toBe("rolled back");
});

test("what is not drawn says how much it is and what hides in it", () => {
  const stub: ViewItem = {
    ...PLACE,
    kind: "stub",
    key: "s:c:r1",
    side: "children",
    of: "r1",
    count: 1312,
    beneath: { ...NONE, receipts: 5000, denied: 3 },
  };
  expect(itemWords(stub)).toEqual({ name: "+1.3k", detail: "3 denied" });
  expect(itemWords({ ...stub, beneath: NONE }).detail).toBe("more");
  expect(itemWords({ ...stub, count: 49_950 }).name).toBe("+49k");
});

test("a fold says how many of what, and on two lines where one is too short", () => {
  const fold: ViewItem = {
    ...PLACE,
    kind: "fold",
    key: "f:1",
    count: 412,
    boundary: "tool",
    decision: "allow",
    label: "send",
    topic: "",
    from: null,
    to: null,
    beneath: NONE,
    rows: [],
  };
  expect(itemWords(fold)).toEqual({ name: "\u00d7 412 send", detail: "alike steps" });
  expect(itemWords({ ...fold, count: 12_486, label: "price.changed" })).toEqual({
    name: "\u00d7 12,486",
    detail: "price.changed",
  });
  expect(itemWords({ ...fold, beneath: { ...NONE, failing: 2, denied: 9 } }).detail).toBe(
    "2 do not verify",
  );
});

test("long and hostile texts stay short, on one line and readable from left to right", () => {
  expect(clip("a".repeat(1_000_000), 16)).toBe(`${"a".repeat(15)}\u2026`);
  expect(clip("pay\u202egnp.exe\n", 16)).toBe("pay\u00b7gnp.exe\u00b7");
  expect(clip("\ud83d\ude80".repeat(20), 4)).toBe(`${"\ud83d\ude80".repeat(3)}\u2026`);
  expect(clip("a\ud83d", 4)).toBe("a\u00b7");
  expect(shortId("019f2b3c-7aaa-7bbb-8ccc-0123456789ab")).toBe("019f2b3\u2026789ab");
  expect(shortId("rcpt_001")).toBe("rcpt_001");
});
