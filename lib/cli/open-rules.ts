import { err, type Result } from "@/kernel/result.ts";
import { plural } from "@/lib/display/numbers.ts";
import { problemSentence, type RuleProblem } from "@/lib/rules/problem.ts";
import { readRules } from "@/lib/rules/read-rules.ts";
import { MAX_RULE_TEXT } from "@/lib/rules/rule-file.ts";
import type { ReadRules } from "@/lib/rules/sigma-read.ts";
import { readTextFile } from "./read-text-file.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";

/** Problems of a file that are told one by one. */
const LISTED = 50;

/** The rules of a file of our own form or of Sigma. Notes and problems are told; the error is a sentence. */
export async function openRules(
  command: string,
  path: string,
  around: Surroundings,
): Promise<Result<ReadRules, string>> {
  // A character takes at most four octets.
  const text = await readTextFile(path, around, 4 * MAX_RULE_TEXT);
  if (!text.ok) {
    return err(`rules ${path}: ${text.error}`);
  }
  const read = readRules(text.value);
  if (!read.ok) {
    tellProblems(command, read.error, around);
    return err(`rules ${path}: ${plural(read.error.length, "problem")}; none of its rules is used`);
  }
  for (const note of read.value.notes) {
    around.complain.write(`${command}: ${safeText(note, 1000)}\n`);
  }
  return read;
}

/** Says each problem of rules on standard error, with its code and place. */
export function tellProblems(
  command: string,
  problems: readonly RuleProblem[],
  { complain }: Surroundings,
): void {
  for (const problem of problems.slice(0, LISTED)) {
    complain.write(`${command}: [${problem.code}] ${safeText(problemSentence(problem), 1000)}\n`);
  }
  if (problems.length > LISTED) {
    complain.write(`${command}: and ${plural(problems.length - LISTED, "more problem")}\n`);
  }
}
