import { describe, expect, it } from "vitest";
import { STEPS, type StepName, type StepOutcome } from "@/kernel/evaluation/model.ts";
import type { JudgedOutcome } from "@/lib/playground/model.ts";
import { millisecondWords, traceRows } from "./trace-rows.ts";

/** An evaluation that `at` denied; every other step passed, but for those that do not apply. */
function outcome(at: StepName | null, idle: readonly StepName[] = []): JudgedOutcome {
  const end = at === null ? STEPS.length : STEPS.indexOf(at);
  return {
    kind: "judged",
    denial:
      at === null ? null : { code: "guard-denied", guard: "kernel", reason: "why", pointer: null },
    trace: STEPS.map((step, place) => {
      const passed: StepOutcome = idle.includes(step) ? "not-applicable" : "passed";
      return {
        step,
        outcome: place < end ? passed : place === end ? "denied" : "not-reached",
        detail: place === end ? "why" : null,
        milliseconds: place <= end ? 0.25 : null,
      };
    }),
    evidence: [
      { guard: "one", verdict: true, details: null },
      { guard: "two", verdict: false, details: "why" },
    ],
    guards: ["one", "two", "three"],
    asked: { serverId: "s", toolName: "t" },
    capability: null,
    signing: { kind: "none" },
    presented: { token: null, trustedIssuers: [] },
    exhausted: null,
    grants: [],
    deciding: null,
    policyHash: "",
    receipt: {},
    milliseconds: 1,
  };
}

const IDLE = ["delegation", "rewrites", "proof-of-possession", "registration"] as const;

describe("the trace", () => {
  it("shows five steps of a plain call, each with its outcome", () => {
    expect(traceRows(outcome("guards", IDLE)).map(({ name, outcome: end }) => [name, end])).toEqual(
      [
        ["Token", "passed"],
        ["Subject", "passed"],
        ["Scope match", "passed"],
        ["3 guards", "denied"],
        ["Cost", "not-reached"],
      ],
    );
  });

  it("tells guards that allowed, the one that denied and those that were not reached apart", () => {
    const guards = traceRows(outcome("guards", IDLE)).find(({ step }) => step === "guards")?.guards;
    expect(guards).toEqual([
      { name: "one", outcome: "allow" },
      { name: "two", outcome: "deny" },
      { name: "three", outcome: "not-reached" },
    ]);
  });

  it("lists no guard where none was reached", () => {
    const rows = traceRows(outcome("scope", IDLE));
    expect(rows.find(({ step }) => step === "guards")).toMatchObject({
      name: "3 guards",
      note: "Not reached",
      guards: [],
    });
  });

  it("shows a rarer step where it applies or decided", () => {
    expect(traceRows(outcome(null)).map(({ step }) => step)).toContain("delegation");
    expect(traceRows(outcome("proof-of-possession", IDLE)).map(({ step }) => step)).toContain(
      "proof-of-possession",
    );
  });

  it("does not claim that a revocation list was asked", () => {
    expect(traceRows(outcome(null)).map(({ step }) => step)).not.toContain("revocation");
    expect(traceRows(outcome("revocation")).map(({ step }) => step)).toContain("revocation");
  });
});

describe("a step’s time", () => {
  it.each([
    [null, ""],
    [0, "< 0.1 ms"],
    [0.099, "< 0.1 ms"],
    [0.1, "0.1 ms"],
    [12.34, "12.3 ms"],
  ])("%s", (milliseconds, words) => {
    expect(millisecondWords(milliseconds)).toBe(words);
  });
});
