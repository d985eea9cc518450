import { describe, expect, it } from "vitest";
import type { NodeFacts } from "@/lib/chain/model.ts";
import { orderPicture } from "@/lib/graph/testing/orders.ts";
import { viewOf } from "@/lib/graph/testing/view.ts";
import {
  anomalyWords,
  beneathWords,
  comparisonWords,
  costWords,
  depthWords,
  differenceWords,
  laterWords,
  sourceWords,
  spanWords,
  spokenItem,
  stepWords,
  toolStep,
} from "./chain-words.ts";

const facts: NodeFacts = {
  key: "r1",
  row: 1,
  id: "rcpt_001",
  boundary: "tool",
  decision: "allow",
  integrity: "verified",
  settlement: "unknown",
  service: "payment-service",
  agent: "",
  tool: "charge_payment",
  topic: "",
  capability: "",
  guard: "",
  time: 1,
  cost: null,
};

describe("words of a step", () => {
  it("name it by its tool, or by its topic", () => {
    expect(stepWords(facts)).toEqual({ name: "charge_payment", kind: "tool call" });
    expect(
      stepWords({ ...facts, boundary: "consume", topic: "order.placed", tool: "events:consume:x" }),
    ).toEqual({ name: "order.placed", kind: "consume" });
    expect(stepWords({ ...facts, tool: "" })).toEqual({ name: "rcpt_001", kind: "tool call" });
    expect(stepWords({ ...facts, row: null, id: "rcpt_049" })).toEqual({
      name: "rcpt_049",
      kind: "not loaded",
    });
  });

  it("read a tool's name as the step that it stands for", () => {
    expect(toolStep("events:consume:order.placed")).toEqual({
      name: "order.placed",
      kind: "consume",
    });
    expect(toolStep("events:produce:a:b")).toEqual({ name: "a:b", kind: "produce" });
    expect(toolStep("events:delete:a")).toEqual({ name: "events:delete:a", kind: "tool call" });
    expect(toolStep("events:consume:")).toEqual({ name: "events:consume:", kind: "tool call" });
  });
});

describe("words of counts", () => {
  const none = { receipts: 0, denied: 0, failing: 0, unverified: 0, missing: 0 };

  it("leave out what is none", () => {
    expect(anomalyWords(none)).toEqual([]);
    expect(beneathWords({ ...none, receipts: 1 })).toBe("1 receipt");
    expect(
      beneathWords({ receipts: 4120, denied: 4, failing: 1, unverified: 12, missing: 2 }),
    ).toBe("4,120 receipts, 4 denied, 1 does not verify, 12 not verified, 2 parents not loaded");
    expect(anomalyWords({ ...none, failing: 2 })).toEqual(["2 do not verify"]);
  });

  it("say how far, how long, how much", () => {
    expect(depthWords(3, 7)).toBe("Depth 3 of 7");
    expect(depthWords(9, 7)).toBe("Depth 9 of 9");
    expect(spanWords(0)).toBe("under 1 s");
    expect(spanWords(84)).toBe("84 s");
    expect(laterWords(2)).toBe("2 s after its cause");
    expect(laterWords(-2)).toBe("2 s before its cause");
    expect(costWords({ units: 41_200n, currency: "USD" })).toBe("41,200 USD minor units");
    expect(costWords({ units: 5n, currency: "" })).toBe("5 minor units");
  });

  it("name where a link was read", () => {
    expect(sourceWords("record-header")).toBe("the record's header");
    expect(sourceWords("__proto__")).toBe("__proto__");
  });
});

describe("what is read out", () => {
  const { steps, links } = orderPicture();
  const view = viewOf(steps, links);
  const said = (key: string) => {
    const item = view.items.find((each) => each.key === key);
    return item === undefined ? "" : spokenItem(view, item);
  };

  it("says what a step is, where, its cause, and what came of it", () => {
    expect(said("r28")).toMatch(
      /^pay_supplier, tool call, denied by over_budget; .*cause po\.created consume; 1 consequence$/u,
    );
    expect(said("r35")).toContain("does not verify");
    expect(said("r12")).toContain("cause payment.charged consume and 1 more");
  });

  it("says what folds, stubs and missing parents stand for", () => {
    expect(said("f:sends")).toMatch(/^412 alike: sends, tool call; .*Enter unfolds\.$/u);
    expect(said("s:c:r33")).toMatch(/^38 consequences not drawn; .*2 denied.*Enter opens\.$/u);
    expect(said("m49")).toBe("rcpt_049, not loaded; named by 1 receipt");
  });
});

describe("words of a comparison", () => {
  it("count what differs", () => {
    const step = { level: 1, left: null, right: null, differs: [] };
    const both = { left: facts, right: facts, more: 0 };
    expect(comparisonWords({ ...both, same: 12, steps: [] })).toBe(
      "12 steps the same; nothing differs",
    );
    expect(
      comparisonWords({
        ...both,
        same: 1,
        steps: [
          { ...step, kind: "added" },
          { ...step, kind: "missing" },
          { ...step, kind: "missing" },
          { ...step, kind: "same" },
        ],
      }),
    ).toBe("1 step the same; 1 added, 2 missing");
  });

  it("show each value", () => {
    expect(differenceWords(facts, "decision")).toBe("Allowed");
    expect(differenceWords(facts, "guard")).toBe("no guard");
    expect(differenceWords(facts, "cost")).toBe("no cost");
    expect(differenceWords(facts, "constructor")).toBe("differs");
  });
});
