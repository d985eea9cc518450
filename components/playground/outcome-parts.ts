import type { InputName, InputProblem, PlaygroundOutcome } from "@/lib/playground/model.ts";

/** The line of an editor that decided, from 1. */
export function decidingLineOf(
  outcome: PlaygroundOutcome | null,
  input: "capability" | "request",
): number | null {
  return outcome?.kind === "judged" && outcome.deciding?.input === input
    ? outcome.deciding.line
    : null;
}

/** Where a text could not be read any further, as a UTF-16 index. */
export function problemAt(outcome: PlaygroundOutcome | null, input: InputName): number | null {
  return problemsOf(outcome, input).find(({ offset }) => offset !== null)?.offset ?? null;
}

export function problemsOf(
  outcome: PlaygroundOutcome | null,
  input: InputName,
): readonly InputProblem[] {
  return outcome?.kind === "unreadable"
    ? outcome.problems.filter((problem) => problem.input === input)
    : [];
}
