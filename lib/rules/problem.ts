/** Why rules are refused; API for scripts, listed with what to do in docs/rules.md. */
export const RULE_PROBLEMS = [
  "text",
  "form",
  "missing-member",
  "unknown-member",
  "wrong-type",
  "unknown-name",
  "out-of-range",
  "duplicate",
  "pattern",
  "sigma-unsupported",
  "sigma-inexpressible",
] as const;
export type RuleProblemCode = (typeof RULE_PROBLEMS)[number];

export interface RuleProblem {
  readonly code: RuleProblemCode;
  /** Line from 1: of the place itself, or where its YAML document begins; null for rules that are no text. */
  readonly line: number | null;
  /** RFC 6901, into the document; of rules that are no text, into their list. */
  readonly pointer: string;
  /** What is wrong and what to do, each one sentence without its full stop. */
  readonly detail: string;
  readonly fix: string;
}

/** A problem before it is known in which text it stands. */
export type PlacelessProblem = Omit<RuleProblem, "line">;

/** One line for a person: place, what is wrong, what to do. */
export function problemSentence({ line, pointer, detail, fix }: RuleProblem): string {
  const place = [...(line === null ? [] : [`line ${line}`]), ...(pointer === "" ? [] : [pointer])];
  return `${place.length === 0 ? "" : `${place.join(", ")}: `}${detail}; ${fix}`;
}
