import { type Allowance, STEPS, type TraceStep } from "./model.ts";

/** Allowances that were made here. One that came from anywhere else is worth nothing. */
const made = new WeakSet<Allowance>();

/**
 * The only constructor of an allow. It takes the trace of the evaluation and refuses one in which any step is
 * missing, out of order, denied or not reached, so a check that somebody removes takes every allow with it.
 */
export function allowAfterEveryCheck(trace: readonly TraceStep[]): Allowance {
  if (trace.length !== STEPS.length) {
    throw new Error("an allow needs every step");
  }
  for (const [index, step] of STEPS.entries()) {
    const taken = trace[index];
    if (taken?.step !== step) {
      throw new Error(`an allow needs the step ${step}`);
    }
    if (taken.outcome !== "passed" && taken.outcome !== "not-applicable") {
      throw new Error(`an allow needs the step ${step} to pass`);
    }
  }
  const allowance: object = Object.freeze({ kind: "allow" });
  const branded = allowance as Allowance;
  made.add(branded);
  return branded;
}

/** Whether an allowance came out of an evaluation of this kernel. */
export function isAllowance(allowance: Allowance): boolean {
  return made.has(allowance);
}
