import { describe, expect, it } from "vitest";
import { type Allowance, STEPS, type TraceStep } from "./model.ts";
import { allowAfterEveryCheck, isAllowance } from "./verdict.ts";

function trace(over: Partial<Record<TraceStep["step"], TraceStep["outcome"]>> = {}): TraceStep[] {
  return STEPS.map((step) => ({
    step,
    outcome: over[step] ?? "passed",
    detail: null,
    milliseconds: null,
  }));
}

describe("an allowance", () => {
  it("is given for a trace in which every step passed or had nothing to do", () => {
    expect(isAllowance(allowAfterEveryCheck(trace()))).toBe(true);
    expect(isAllowance(allowAfterEveryCheck(trace({ delegation: "not-applicable" })))).toBe(true);
  });

  it.each(STEPS)("is refused when %s is denied, not reached or missing", (step) => {
    expect(() => allowAfterEveryCheck(trace({ [step]: "denied" }))).toThrow(step);
    expect(() => allowAfterEveryCheck(trace({ [step]: "not-reached" }))).toThrow(step);
    expect(() => allowAfterEveryCheck(trace().filter((one) => one.step !== step))).toThrow(
      "every step",
    );
    const doubled = trace().map((one) => (one.step === step ? { ...one, step: STEPS[0] } : one));
    if (step !== STEPS[0]) {
      expect(() => allowAfterEveryCheck(doubled)).toThrow(step);
    }
  });

  it("is refused for more steps than there are", () => {
    expect(() => allowAfterEveryCheck([...trace(), ...trace().slice(0, 1)])).toThrow("every step");
  });

  it("cannot be made by hand, nor changed", () => {
    const copy = { ...allowAfterEveryCheck(trace()) };
    expect(isAllowance(copy)).toBe(false);
    expect(isAllowance({ kind: "allow" } as Allowance)).toBe(false);
    expect(Object.isFrozen(allowAfterEveryCheck(trace()))).toBe(true);
  });
});
