import { errorText } from "../evaluation/error-text.ts";
import type { Denial, EvidenceRow } from "../evaluation/model.ts";
import type { Guard, GuardAnswer, GuardRequest } from "./guard.ts";

export interface PipelineOutcome {
  /** One row for each guard that ran, in order; nothing for those after the first that denied. */
  readonly rows: readonly EvidenceRow[];
  readonly denial: Denial | null;
}

/**
 * Runs the guards in their order; every one must allow, and the first that does not ends it (kernel
 * semantics 2.14). A guard that throws, or answers with anything but a verdict, denies under its own name:
 * an agent that finds arguments which break a guard has found a denial of service, not a way through.
 */
export function runGuards(guards: readonly Guard[], request: GuardRequest): PipelineOutcome {
  const rows: EvidenceRow[] = [];
  for (const guard of guards) {
    const answer = answerOf(guard, request);
    if (answer.kind !== "allow") {
      rows.push({ guard: guard.name, verdict: false, details: answer.details });
      return { rows, denial: answer.denial };
    }
    rows.push({ guard: guard.name, verdict: true, details: answer.details });
  }
  return { rows, denial: null };
}

type Answer =
  | { readonly kind: "allow"; readonly details: string | null }
  | { readonly kind: "deny"; readonly details: string; readonly denial: Denial };

function answerOf(guard: Guard, request: GuardRequest): Answer {
  let answer: GuardAnswer;
  try {
    answer = guard.check(request);
    if (answer.verdict === "allow") {
      return { kind: "allow", details: answer.details ?? null };
    }
    if (answer.verdict !== "deny") {
      return broken(guard.name, "the guard gave no verdict");
    }
  } catch (error) {
    return broken(guard.name, errorText(error));
  }
  return {
    kind: "deny",
    details: answer.reason,
    denial: {
      code: "guard-denied",
      guard: guard.name,
      reason: `guard "${guard.name}" denied the request: ${answer.reason}`,
      pointer: answer.pointer,
    },
  };
}

function broken(guard: string, detail: string): Answer {
  const reason = `guard "${guard}" error (fail-closed): ${detail}`;
  return {
    kind: "deny",
    details: reason,
    denial: { code: "guard-error", guard, reason, pointer: null },
  };
}
