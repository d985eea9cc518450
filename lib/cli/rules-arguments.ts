import { err, ok, type Result } from "@/kernel/result.ts";
import { exportFormOf } from "@/lib/display/export-forms.ts";
import { EXPORT_FORMS } from "@/lib/ingest/kafka/export-form.ts";
import { RULE_EVIDENCE, type RuleEvidence } from "@/lib/rules/model.ts";
import { type OptionTable, readWords } from "./arguments.ts";
import type { NamedInputs } from "./open-inputs.ts";

export interface RulesRunArguments extends NamedInputs {
  readonly rules: string;
  /** In place of what each rule says; null to leave that. */
  readonly evidence: RuleEvidence | null;
  /** Also the rules that are switched off. */
  readonly all: boolean;
  readonly json: boolean;
}

export interface RulesFileArguments {
  readonly rules: string;
  readonly flag: boolean;
}

const RUN: OptionTable = {
  values: {
    "--trust": "a file",
    "--read-as": "an export form",
    "--evidence": RULE_EVIDENCE.join(", "),
  },
  flags: ["--json", "--all"],
};

/**
 * Reads `RULES PATH... [--trust FILE] [--read-as FORM] [--evidence E] [--all] [--json]`. The error is a sentence.
 */
export function parseRulesRun(words: readonly string[]): Result<RulesRunArguments, string> {
  const read = readWords(words, RUN);
  if (!read.ok) {
    return read;
  }
  const { values, flags } = read.value;
  const [rules, ...paths] = read.value.words;
  const given = values.get("--evidence");
  const evidence = RULE_EVIDENCE.find((each) => each === given) ?? null;
  if (given !== undefined && evidence === null) {
    return err(`--evidence is one of ${RULE_EVIDENCE.join(", ")}, not ${given}`);
  }
  const form = values.get("--read-as");
  const readAs = form === undefined ? null : exportFormOf(form);
  if (form !== undefined && readAs === null) {
    return err(`--read-as knows these forms: ${EXPORT_FORMS.join(", ")}`);
  }
  if (rules === undefined) {
    return err("no rules were named");
  }
  if (rules === "-" && paths.includes("-")) {
    return err("standard input can be read once");
  }
  return paths.length === 0
    ? err("no path was given: name files, folders or stores, or - for standard input")
    : ok({
        rules,
        paths,
        trust: values.get("--trust") ?? null,
        readAs,
        evidence,
        all: flags.has("--all"),
        json: flags.has("--json"),
      });
}

/** Reads `RULES` and one flag. */
export function parseRulesFile(
  words: readonly string[],
  flag: string,
): Result<RulesFileArguments, string> {
  const read = readWords(words, { values: {}, flags: [flag] });
  if (!read.ok) {
    return read;
  }
  const [rules, second] = read.value.words;
  if (rules === undefined) {
    return err("no rules were named");
  }
  return second === undefined
    ? ok({ rules, flag: read.value.flags.has(flag) })
    : err(`unexpected word ${second}`);
}
