import { plural } from "@/lib/display/numbers.ts";
import { writeRuleFile } from "@/lib/rules/rule-file.ts";
import { writeSigma } from "@/lib/rules/sigma.ts";
import { EXIT } from "./exit.ts";
import { openRules, tellProblems } from "./open-rules.ts";
import { refuse } from "./refuse.ts";
import { parseRulesFile } from "./rules-arguments.ts";
import { runRulesRun } from "./rules-run.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { RULES_USAGE } from "./usage.ts";

/** `chio rules run|check|export`: alerts of a rules file over files, and the rules file itself. */
export async function runRules(words: readonly string[], around: Surroundings): Promise<number> {
  const [command, ...rest] = words;
  if (command === "help" || words.includes("--help") || words.includes("-h")) {
    around.out.write(RULES_USAGE);
    return EXIT.nothingFails;
  }
  switch (command) {
    case "run":
      return runRulesRun(rest, around);
    case "check":
      return runRulesCheck(rest, around);
    case "export":
      return runRulesExport(rest, around);
    default:
      if (command !== undefined) {
        around.complain.write(`chio rules: unknown command ${safeText(command)}\n`);
      }
      around.complain.write(RULES_USAGE);
      return EXIT.unusable;
  }
}

/** `chio rules check RULES [--json]`: is this file one that can be run? Exit 2 where it is not. */
async function runRulesCheck(words: readonly string[], around: Surroundings): Promise<number> {
  const command = "chio rules check";
  const given = parseRulesFile(words, "--json");
  const read = given.ok ? await openRules(command, given.value.rules, around) : given;
  if (!given.ok || !read.ok) {
    return refuse(command, read.ok ? "unusable" : read.error, around);
  }
  const { rules } = read.value;
  if (given.value.flag) {
    around.out.write(writeRuleFile(rules));
    return EXIT.nothingFails;
  }
  for (const { id, name, isEnabled, severity } of rules) {
    const state = isEnabled ? severity : `${severity}, switched off`;
    around.out.write(`${safeText(id)}: ${safeText(name, 200)} (${state})\n`);
  }
  around.out.write(`${plural(rules.length, "rule")} can be run\n`);
  return EXIT.nothingFails;
}

/** `chio rules export [--sigma] RULES`: the same rules in our own form, or as Sigma. */
async function runRulesExport(words: readonly string[], around: Surroundings): Promise<number> {
  const command = "chio rules export";
  const given = parseRulesFile(words, "--sigma");
  const read = given.ok ? await openRules(command, given.value.rules, around) : given;
  if (!given.ok || !read.ok) {
    return refuse(command, read.ok ? "unusable" : read.error, around);
  }
  if (!given.value.flag) {
    around.out.write(writeRuleFile(read.value.rules));
    return EXIT.nothingFails;
  }
  const { text, refused } = writeSigma(read.value.rules);
  around.out.write(text);
  tellProblems(command, refused, around);
  return refused.length === 0 ? EXIT.nothingFails : EXIT.unusable;
}
