import type { StepName, StepOutcome, TraceStep } from "@/kernel/evaluation/model.ts";
import { plural } from "@/lib/display/numbers.ts";
import type { JudgedOutcome } from "@/lib/playground/model.ts";

/** One row of the trace as a person reads it. */
export interface TraceRow {
  readonly name: string;
  readonly step: StepName;
  readonly outcome: StepOutcome;
  readonly note: string;
  readonly milliseconds: number | null;
  readonly guards: readonly GuardMark[];
}

export interface GuardMark {
  readonly name: string;
  readonly outcome: "allow" | "deny" | "not-reached";
}

/** Steps that are shown always; the others only where they apply or decided. */
const ALWAYS: ReadonlySet<StepName> = new Set(["token", "subject", "scope", "guards", "budget"]);
/** Nothing stands behind these in this page, so their passing says nothing. */
const WITHOUT_STORE: ReadonlySet<StepName> = new Set(["emergency-stop", "revocation"]);

const NAMES: Readonly<Record<StepName, string>> = {
  "emergency-stop": "Emergency stop",
  token: "Token",
  revocation: "Revocation",
  delegation: "Delegation",
  subject: "Subject",
  rewrites: "Rewrites",
  scope: "Scope match",
  "proof-of-possession": "Proof of possession",
  registration: "Registration",
  guards: "Guards",
  budget: "Cost",
};

const PASSED: Readonly<Record<StepName, string>> = {
  "emergency-stop": "Not stopped",
  token: "Signature and dates",
  revocation: "Not revoked",
  delegation: "Every link fits",
  subject: "Agent key is the subject of the capability",
  rewrites: "Arguments rewritten by the policy",
  scope: "A grant fits",
  "proof-of-possession": "The proof fits",
  registration: "The tool is registered",
  guards: "All allow",
  budget: "Covered by what is left",
};

/** The trace in the order of the kernel; a step that was never reached is there too, and says so. */
export function traceRows(outcome: JudgedOutcome): readonly TraceRow[] {
  return outcome.trace.filter(isShown).map((step) => {
    const isGuards = step.step === "guards";
    const count = plural(outcome.guards.length, "guard");
    return {
      name: isGuards ? count : NAMES[step.step],
      step: step.step,
      outcome: step.outcome,
      note: noteOf(step, outcome),
      milliseconds: step.milliseconds,
      guards: isGuards && step.outcome !== "not-reached" ? guardMarks(outcome) : [],
    };
  });
}

function isShown({ step, outcome }: TraceStep): boolean {
  return (
    ALWAYS.has(step) || outcome === "denied" || (outcome === "passed" && !WITHOUT_STORE.has(step))
  );
}

function noteOf(step: TraceStep, outcome: JudgedOutcome): string {
  switch (step.outcome) {
    case "passed":
      return step.step === "scope" ? grantsNote(outcome) : PASSED[step.step];
    case "not-reached":
      return "Not reached";
    case "not-applicable":
      return step.step === "budget"
        ? "The grant has no limit"
        : `Not applicable: ${step.detail ?? "nothing to check"}`;
    case "denied":
      return step.step === "scope" ? grantsNote(outcome) : (step.detail ?? "");
  }
}

function grantsNote(outcome: JudgedOutcome): string {
  const { grants, trace } = outcome;
  const compared = `${plural(grants.length, "grant")} compared`;
  const fitting = grants.filter(
    ({ comparison: { target, constraints } }) =>
      target.server &&
      target.tool &&
      target.operation &&
      constraints.every((constraint) => constraint.outcome.kind === "holds"),
  ).length;
  const denied = trace.some((step) => step.step === "scope" && step.outcome === "denied");
  return `${compared}, ${fitting} ${fitting === 1 ? "fits" : "fit"}${denied ? `: ${nearest(outcome)}` : ""}`;
}

/** What kept the grant that came nearest from fitting. */
function nearest({ grants, denial }: JudgedOutcome): string {
  if (denial !== null && denial.code !== "out-of-scope") {
    return denial.reason;
  }
  const targets = grants.map(({ comparison }) => comparison.target);
  if (targets.some(({ server, tool, operation }) => server && tool && operation)) {
    return "a condition does not hold";
  }
  if (targets.some(({ server, tool }) => server && tool)) {
    return "operation not granted";
  }
  return targets.some(({ server }) => server) ? "tool not granted" : "server not granted";
}

function guardMarks({ guards, evidence }: JudgedOutcome): readonly GuardMark[] {
  return guards.map((name) => {
    const row = evidence.find(({ guard }) => guard === name);
    return {
      name,
      outcome: row === undefined ? "not-reached" : row.verdict ? "allow" : "deny",
    };
  });
}

/** `0.2 ms`, `< 0.1 ms`; nothing for a step that did not run. */
export function millisecondWords(milliseconds: number | null): string {
  if (milliseconds === null) {
    return "";
  }
  return milliseconds < 0.1 ? "< 0.1 ms" : `${milliseconds.toFixed(1)} ms`;
}
