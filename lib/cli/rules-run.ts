import { plural } from "@/lib/display/numbers.ts";
import { evaluateRule, type RuleResult } from "@/lib/rules/evaluate.ts";
import { decisionEvents } from "@/lib/verification/decision-events.ts";
import { EXIT } from "./exit.ts";
import { verifyNamed } from "./open-inputs.ts";
import { openRules } from "./open-rules.ts";
import { refuse } from "./refuse.ts";
import { parseRulesRun } from "./rules-arguments.ts";
import { alertsJson, type RulesRun, renderRules } from "./rules-report.ts";
import { writeJson } from "./safe-json.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";

const COMMAND = "chio rules run";

/**
 * `chio rules run RULES PATH... [--trust FILE] [--evidence E] [--all] [--json]`: when would these rules have
 * fired? Exit 4 where one did, 2 where no decision was read or none was counted as evidence, else 0. That the
 * record does not verify is said on standard error and in the JSON, and does not decide.
 */
export async function runRulesRun(words: readonly string[], around: Surroundings): Promise<number> {
  const given = parseRulesRun(words);
  if (!given.ok) {
    return refuse(COMMAND, given.error, around);
  }
  const { rules: path, evidence, all, json } = given.value;
  const file = await openRules(COMMAND, path, around);
  if (!file.ok) {
    return refuse(COMMAND, file.error, around);
  }
  const chosen = file.value.rules.filter(({ isEnabled }) => isEnabled || all);
  if (chosen.length === 0) {
    return refuse(COMMAND, "no rule of the file is switched on; --all runs every one", around);
  }
  const read = await verifyNamed(COMMAND, given.value, around);
  if (!read.ok) {
    return refuse(COMMAND, read.error, around);
  }
  const { dataset, conclusion, platform } = read.value;
  const events = decisionEvents(dataset, conclusion);
  const results = chosen.map((rule) => {
    const asked = evidence === null ? rule : { ...rule, evidence };
    return { rule: asked, result: evaluateRule(asked, events) };
  });
  const run: RulesRun = {
    report: conclusion.verdict.report,
    decisions: events.count,
    results,
    skipped: file.value.rules.filter((rule) => !chosen.includes(rule)),
    dataset,
    primitives: platform.primitives,
  };
  if (json) {
    writeJson(alertsJson(run), around.out);
  } else {
    around.out.write(renderRules(run));
  }
  tellWorth(run, around);
  return exitOf(run, around);
}

/** What the reader must know before believing a silence, or an alert. */
function tellWorth({ report, results }: RulesRun, { complain }: Surroundings): void {
  if (report.headline === "does-not-verify") {
    complain.write(`${COMMAND}: what was read does not verify; chio verify says what and where\n`);
  }
  const { rejected } = report.counts;
  if (rejected > 0) {
    complain.write(`${COMMAND}: ${plural(rejected, "row")} could not be read\n`);
  }
  for (const { rule, result } of results) {
    const { unverified, claims } = result.notCounted;
    if (unverified + claims > 0) {
      const parts = [
        ...(unverified > 0 ? [`${plural(unverified, "denial")} that cannot be verified`] : []),
        ...(claims > 0 ? [plural(claims, "claim")] : []),
      ];
      complain.write(
        `${COMMAND}: ${safeText(rule.id)} did not count ${parts.join(" and ")} (evidence: ${rule.evidence})\n`,
      );
    }
  }
}

function exitOf({ report, decisions, results }: RulesRun, { complain }: Surroundings): number {
  if (results.some(({ result }) => result.fired > 0)) {
    return EXIT.ruleFired;
  }
  if (decisions === 0) {
    complain.write(`${COMMAND}: NOTHING CHECKED: no decision was read\n`);
    return EXIT.unusable;
  }
  if (hasCounted(results.map(({ result }) => result))) {
    return EXIT.nothingFails;
  }
  const how =
    report.trust_mode === "none"
      ? "no key is pinned: name a trust file with --trust, or say --evidence signed"
      : "no denial is signed by a pinned key";
  complain.write(`${COMMAND}: NOTHING CHECKED: no denial was counted, since ${how}\n`);
  return EXIT.unusable;
}

/**
 * Whether the silence of rules says anything: one of them looked at something, or there was nothing that any of
 * them should have looked at. A rule that no denial fits does not speak for the others.
 */
function hasCounted(results: readonly RuleResult[]): boolean {
  return (
    results.some(({ events }) => events > 0) ||
    results.every(({ notCounted }) => notCounted.unverified + notCounted.claims === 0)
  );
}
