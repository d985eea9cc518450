import { visibleText } from "@/components/receipts/visible-text.ts";
import { plural } from "@/lib/display/numbers.ts";
import type { Rule } from "@/lib/rules/model.ts";
import { problemSentence, type RuleProblem } from "@/lib/rules/problem.ts";

/** Why a text was not taken: a sentence, and the line with a caret under it where there is one. */
export interface ImportProblem {
  readonly message: string;
  readonly excerpt: string | null;
}

export type ReadText =
  | {
      readonly ok: true;
      readonly value: { readonly rules: readonly Rule[]; readonly notes: readonly string[] };
    }
  | { readonly ok: false; readonly error: readonly ImportProblem[] };

const MOST_PROBLEMS = 10;
const LINE_LENGTH = 120;

/** Rules of a text of either form. The reader of YAML comes with it, so it is fetched apart from the page. */
export async function readRules(text: string): Promise<ReadText> {
  const reader = await import("@/lib/rules/read-rules.ts");
  const read = reader.readRules(text);
  if (read.ok) return { ok: true, value: read.value };
  const told = read.error.slice(0, MOST_PROBLEMS).map((problem) => importProblem(problem, text));
  const more = read.error.length - told.length;
  return {
    ok: false,
    error:
      more > 0
        ? [...told, { message: `And ${plural(more, "more problem")}.`, excerpt: null }]
        : told,
  };
}

function importProblem(problem: RuleProblem, text: string): ImportProblem {
  const message = `${upperFirst(visibleText(problemSentence(problem)))}.`;
  return { message, excerpt: problem.line === null ? null : excerptOf(text, problem.line) };
}

/** The line, cut where it is long, and a caret under what it begins with. */
export function excerptOf(text: string, line: number): string | null {
  const found = text.split(/\r\n|\r|\n/u, line)[line - 1];
  if (found === undefined) return null;
  const shown = visibleText(found.replaceAll("\t", " ").slice(0, LINE_LENGTH));
  const label = `${line} | `;
  const indent = shown.length - shown.trimStart().length;
  return `${label}${shown}\n${" ".repeat(label.length + indent)}^`;
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
