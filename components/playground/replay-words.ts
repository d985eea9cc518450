import type { DenyCode } from "@/kernel/evaluation/deny-codes.ts";
import { formatCount, joinWords, plural } from "@/lib/display/numbers.ts";
import { NOT_EVALUATED, type ReplayOutcome, type WhyNot } from "@/lib/playground/replay/model.ts";
import type { ReplayResult } from "@/lib/playground/replay/tally.ts";

type Denied = Extract<ReplayOutcome, { kind: "denied" }>;

const BY_CODE: Partial<Record<DenyCode, string>> = {
  "out-of-scope": "no grant covers it",
  "subject-mismatch": "the agent is not the capability’s subject",
  "not-yet-valid": "before the capability begins",
  expired: "after the capability’s end",
  "lifetime-exceeded": "the capability lives longer than the policy allows",
  "invalid-signature": "the signature does not fit the capability",
  "untrusted-issuer": "the capability’s issuer is no trusted authority",
  "capability-unreadable": "the capability cannot be read",
  "constraint-unchecked": "a condition that this kernel cannot check",
  "constraint-invalid": "a condition that cannot be evaluated",
  "budget-exhausted": "a limit that not even the first call fits in",
};

const WHY: Readonly<Record<Exclude<WhyNot["why"], "cause-left-out">, string>> = {
  "record-lost": "the file no longer holds it",
  "http-receipt": "an HTTP receipt, which keeps no call",
  "no-call": "no tool call",
  "no-parameters": "parameters absent",
  "parameters-redacted": "parameters redacted",
  "parameters-differ": "parameters do not fit their hash",
  "no-time": "no time that can be read",
  "call-unreadable": "the call cannot be read",
  "capability-not-named": "no capability named",
  "capability-not-loaded": "capability not loaded",
  "capability-unreadable": "what the store says of the capability cannot be read",
  "ancestors-not-loaded": "ancestors of a delegated capability not loaded",
  "proof-not-kept": "asks for a proof of possession, and receipts keep none",
};

/** Why a denial stands, or was not judged; to be read after a count and a comma. */
export function outcomeWords(outcome: ReplayOutcome): string {
  switch (outcome.kind) {
    case "allowed":
      return "would be allowed";
    case "denied":
      return deniedWords(outcome);
    case "not-evaluated":
      return outcome.why === "cause-left-out"
        ? `denied then by what is not evaluated: ${outcome.cause}`
        : WHY[outcome.why];
  }
}

function deniedWords({ code, guard, byConstraint }: Denied): string {
  if (byConstraint) {
    return "an argument constraint";
  }
  return guard === "kernel" ? (BY_CODE[code] ?? code) : `the guard ${guard}`;
}

export const KIND_WORDS: Readonly<Record<ReplayOutcome["kind"], string>> = {
  allowed: "would be allowed",
  denied: "still denied",
  "not-evaluated": "not evaluated",
};

/** Everything that a replay leaves out, in a sentence. */
export const LEFT_OUT_SENTENCE = `Not evaluated, whatever the texts say: ${joinWords(NOT_EVALUATED)}. They need what other calls left behind, and their result could differ.`;

/** The result for someone who listens; empty where there is none. */
export function resultText(kind: "done" | "stopped", result: ReplayResult | null): string {
  if (result === null) {
    return kind === "stopped" ? "Replay stopped." : "";
  }
  const { allowed, denied, notEvaluated, done, total } = result;
  const end =
    kind === "done" ? "Replay ended" : `Replay stopped after ${formatFractionWords(done, total)}`;
  return `${end}: ${formatCount(allowed)} would be allowed, ${formatCount(denied)} still denied, ${formatCount(notEvaluated)} not evaluated.`;
}

function formatFractionWords(done: number, total: number): string {
  return `${formatCount(done)} of ${plural(total, "denial")}`;
}
