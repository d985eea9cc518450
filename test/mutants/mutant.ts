/** The kinds of change, each one that a tired programmer could make. */
export const OPERATORS = [
  "negated-condition",
  "moved-boundary",
  "swapped-logic",
  "swapped-arithmetic",
  "dropped-statement",
  "constant-return",
  "emptied-constant",
] as const;
export type Operator = (typeof OPERATORS)[number];

/** One change of one place: the UTF-16 units from `start` to `end` of the file become `text`. */
export interface Change {
  readonly operator: Operator;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** How the place can be switched at run time: a value, a statement, or the name of a called method. */
  readonly shape: "expression" | "statement" | "method";
  /** The nearest named function, method, class or constant around it. */
  readonly within: string;
}

export interface Mutant extends Change {
  readonly id: number;
  /** Relative to the project, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly original: string;
}

/** The mutants of a file's changes, numbered from `firstId`. */
export function mutantsOf(
  file: string,
  source: string,
  changes: readonly Change[],
  firstId: number,
): readonly Mutant[] {
  return changes.map((change, index) => ({
    ...change,
    id: firstId + index,
    file,
    line: source.slice(0, change.start).split("\n").length,
    original: source.slice(change.start, change.end),
  }));
}

/** The file with this one change in it; a value stands in parentheses, so that it binds as it did. */
export function applied(source: string, { start, end, text, shape }: Change): string {
  const mutated = shape === "expression" ? `(${text})` : text;
  return source.slice(0, start) + mutated + source.slice(end);
}

/** On one line, so that it can stand in a report; what is longer than `limit` loses its middle. */
export function squeezed(text: string, limit = 160): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  const half = Math.floor((limit - 5) / 2);
  return line.length <= limit ? line : `${line.slice(0, half)} ... ${line.slice(-half)}`;
}
