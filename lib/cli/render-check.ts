import { DENY } from "@/kernel/evaluation/deny-codes.ts";
import type { StepOutcome, TraceStep } from "@/kernel/evaluation/model.ts";
import type { CheckReport } from "./check.ts";
import { safeText } from "./safe-text.ts";

const OUTCOMES: Readonly<Record<StepOutcome, string>> = {
  passed: "passed",
  denied: "denied",
  "not-applicable": "does not apply",
  "not-reached": "not reached",
};

/** The verdict as text for people. Whatever came out of a file is made safe for a terminal. */
export function renderCheck(report: CheckReport, colour: boolean): string {
  const { evaluation, call, issuers, at, policy, policyHash } = report;
  const { verdict, trace, evidence, grant, hold, redacted } = evaluation;
  const strong = (text: string): string => (colour ? `\u001b[1m${text}\u001b[0m` : text);
  const denial = verdict.kind === "deny" ? verdict.denial : null;
  const by = denial === null ? "" : ` · ${safeText(denial.guard)} · ${DENY[denial.code].urn}`;
  const lines = [strong(denial === null ? "Allow" : `Deny${by}`)];
  if (denial !== null) {
    lines.push(safeText(denial.reason, 1000));
    if (denial.pointer !== null) {
      lines.push(`at ${safeText(denial.pointer, 400)} of the arguments`);
    }
  }
  lines.push(
    "",
    fact("call", `${safeText(call.toolName)} on ${safeText(call.serverId)}`),
    fact("time", `${new Date(Number(at) * 1000).toISOString()} (${at})`),
    fact(
      "issuer",
      issuers === "assumed" ? "not pinned: the token's own was taken as trusted" : "as pinned",
    ),
    fact("policy", `${policy === null ? "the defaults" : safeText(policy, 400)}, ${policyHash}`),
  );
  if (grant !== null) {
    lines.push(fact("grant", `number ${grant.index}`));
  }
  if (hold !== null) {
    lines.push(fact("held", `${hold.units} ${safeText(hold.currency ?? "without a currency")}`));
  }
  if (redacted) {
    lines.push(fact("arguments", "rewritten by the policy before they were judged"));
  }
  lines.push("", strong("Checks"), ...trace.map(step));
  if (evidence.length > 0) {
    lines.push("", strong("Guards"));
    const width = Math.max(...evidence.map(({ guard }) => guard.length));
    for (const { guard, verdict: passed, details } of evidence) {
      const said = details === null ? "" : `  ${safeText(details, 400)}`;
      lines.push(`  ${safeText(guard).padEnd(width)}  ${passed ? "allow" : "deny"}${said}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function fact(name: string, value: string): string {
  return `${name.padEnd(10)}${value}`;
}

function step({ step: name, outcome, detail }: TraceStep): string {
  const said = detail === null ? "" : safeText(detail, 400);
  return `  ${name.padEnd(20)}${OUTCOMES[outcome].padEnd(16)}${said}`.trimEnd();
}
