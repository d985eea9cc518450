import type { DenyCode } from "@/kernel/evaluation/deny-codes.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import type { ExhaustedGrant, JudgedOutcome, PlaygroundOutcome } from "@/lib/playground/model.ts";

/** A sentence in parts: what is ours, and what came out of a text (`code`). */
export type SentencePart = string | { readonly code: string };

/** Why, in one sentence. The kernel's own reason stands in the trace, word for word. */
export function verdictSentence(outcome: JudgedOutcome): readonly SentencePart[] {
  const { denial, asked, capability } = outcome;
  const tool = { code: asked.toolName };
  const server = { code: asked.serverId };
  if (denial === null) {
    return ["A grant covers ", tool, " on ", server, ", and every guard lets it pass."];
  }
  switch (denial.code) {
    case "out-of-scope":
      return ["No grant covers ", tool, " on ", server, "."];
    case "subject-mismatch":
      return ["The agent is not the one that the capability was issued to."];
    case "expired":
      return capability === null
        ? ["At the clock’s time the capability is past its end."]
        : [`The capability ended at ${formatDateTime(Number(capability.expiresAt))} UTC.`];
    case "guard-denied":
      return [
        "The guard ",
        { code: denial.guard },
        " refuses: ",
        `${withoutPrefix(denial.reason)}.`,
      ];
    case "budget-exhausted":
      return [exhaustedSentence(outcome.exhausted)];
    default:
      return [CODE_SENTENCES[denial.code] ?? `${capitalised(denial.reason)}.`];
  }
}

function exhaustedSentence(exhausted: ExhaustedGrant | null): string {
  if (exhausted === null) {
    return "What is left of the grant’s budget does not cover this call.";
  }
  if (exhausted.kind === "invocations") {
    return `The grant’s ${formatCount(exhausted.limit)} calls are used up.`;
  }
  const { total, left, perCall } = exhausted;
  const of = `${formatCount(left)} of ${formatCount(total.units)} ${total.currency} minor units are left`;
  return perCall === null
    ? `Of the grant’s total, ${of}.`
    : `Of the grant’s total, ${of}; this call may cost ${formatCount(perCall)}.`;
}

const CODE_SENTENCES: Partial<Record<DenyCode, string>> = {
  "no-capability": "No capability is presented, and nothing is done without one.",
  "untrusted-issuer": "The issuer of the capability is not a trusted authority.",
  "invalid-signature": "The signature does not fit the capability.",
  "not-yet-valid": "At the clock’s time the capability has not begun.",
  "lifetime-exceeded": "The capability lives longer than the policy allows.",
};

/** The same for someone who listens. */
export function verdictText(outcome: PlaygroundOutcome): string {
  if (outcome.kind === "unreadable") {
    return `Not evaluated. ${outcome.problems[0]?.message ?? ""}`;
  }
  const sentence = verdictSentence(outcome)
    .map((part) => (typeof part === "string" ? part : part.code))
    .join("");
  return `${outcome.denial === null ? "Allowed" : "Denied"}. ${sentence}`;
}

/** The guard's own words, without the kernel's `guard "x" denied the request: ` before them. */
function withoutPrefix(reason: string): string {
  const cut = reason.indexOf(": ");
  return (reason.startsWith("guard ") && cut !== -1 ? reason.slice(cut + 2) : reason).replace(
    /\.$/u,
    "",
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/u, "");
}
