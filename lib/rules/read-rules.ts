import { isObject, member } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { readPolicyText } from "@/lib/policy/read-policy.ts";
import type { RuleProblem } from "./problem.ts";
import { MAX_RULE_TEXT, readRuleFile, rulesOfDocument, tooLong } from "./rule-file.ts";
import { type ReadRules, type RuleDocument, rulesOfSigma } from "./sigma-read.ts";

/** Documents of a YAML file at most: a Sigma file has two for each rule. */
const MOST_DOCUMENTS = 1200;

/**
 * Rules of a text of a stranger: a file of our own form as JSON or YAML, or Sigma. Duplicate members, aliases,
 * tags and merge keys are refused. All rules, or every problem. Never throws.
 */
export function readRules(text: string): Result<ReadRules, readonly RuleProblem[]> {
  if (text.length > MAX_RULE_TEXT) {
    return err([tooLong(text)]);
  }
  if (/^\ufeff?\s*[{[]/u.test(text)) {
    const read = readRuleFile(text.replace(/^\ufeff/u, ""));
    return read.ok ? ok({ rules: read.value, notes: [] }) : read;
  }
  const documents = readDocuments(text);
  return documents.ok ? rulesOfDocuments(documents.value) : documents;
}

function rulesOfDocuments(
  documents: readonly RuleDocument[],
): Result<ReadRules, readonly RuleProblem[]> {
  const [first, second] = documents;
  if (first === undefined) {
    const fix = "write rules into it";
    return err([{ code: "form", line: 1, pointer: "", detail: "the text holds no rules", fix }]);
  }
  if (!isObject(first.value) || member(first.value, "schema") === undefined) {
    return rulesOfSigma(documents);
  }
  if (second !== undefined) {
    const detail = "a second document after a file of our own form";
    return err([{ code: "form", line: second.line, pointer: "", detail, fix: "remove it" }]);
  }
  const read = rulesOfDocument(first.value);
  return read.ok
    ? ok({ rules: read.value, notes: [] })
    : err(read.error.map((problem) => ({ ...problem, line: first.line })));
}

/** A line that begins with three hyphens separates documents wherever it stands (YAML 1.2, 9.1.2). */
const SEPARATOR = /^---(?:[ \t].*)?$/u;
const NOTHING = /^(?:#.*|\s*)$/u;

function readDocuments(text: string): Result<readonly RuleDocument[], readonly RuleProblem[]> {
  const lines = text.replace(/^\ufeff/u, "").split(/\r\n|\r|\n/u);
  const documents: RuleDocument[] = [];
  const problems: RuleProblem[] = [];
  let from = 0;
  const take = (to: number): void => {
    const part = lines.slice(from, to);
    if (part.every((line) => NOTHING.test(line)) || documents.length > MOST_DOCUMENTS) {
      return;
    }
    const read = readPolicyText(part.join("\n"));
    const start = from + part.findIndex((line) => !NOTHING.test(line)) + 1;
    if (read.ok) {
      documents.push({ value: read.value, line: start });
    } else {
      const { line, problem } = read.error;
      const fix = "correct the text";
      problems.push({ code: "text", line: from + line, pointer: "", detail: problem, fix });
    }
  };
  lines.forEach((line, index) => {
    if (SEPARATOR.test(line)) {
      take(index);
      // What follows the hyphens is of the new document.
      lines[index] = line.slice(3);
      from = index;
    }
  });
  take(lines.length);
  if (documents.length > MOST_DOCUMENTS) {
    const fix = "write several files";
    return err([
      { code: "out-of-range", line: null, pointer: "", detail: "too many documents", fix },
    ]);
  }
  return problems.length === 0 ? ok(documents) : err(problems);
}
