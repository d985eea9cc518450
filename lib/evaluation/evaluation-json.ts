import { DENY } from "@/kernel/evaluation/deny-codes.ts";
import type { Evaluation, EvidenceRow, TraceStep } from "@/kernel/evaluation/model.ts";
import { type CallOutcome, reasonUrn } from "@/kernel/evaluation/receipt.ts";
import { asText, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";

/** How a call ended, with every name that the registries have for it. */
export function verdictJson(evaluation: Evaluation, outcome: CallOutcome): JsonObject {
  const reasonCode = reasonUrn(evaluation, outcome);
  switch (outcome.kind) {
    case "allowed":
      return { verdict: "allow", reason_code: reasonCode };
    case "denied": {
      const { code, reason, guard, pointer } = outcome.denial;
      const { legacy, number } = DENY[code];
      return {
        verdict: "deny",
        code,
        reason,
        guard,
        pointer,
        reason_code: reasonCode,
        legacy_code: legacy,
        number,
      };
    }
    case "incomplete":
    case "cancelled":
      return { verdict: outcome.kind, reason: outcome.reason, reason_code: reasonCode };
  }
}

export function traceJson(trace: readonly TraceStep[]): readonly JsonValue[] {
  return trace.map(({ step, outcome, detail, milliseconds }) => ({
    step,
    outcome,
    detail,
    milliseconds,
  }));
}

/** Evidence as receipts hold it (kernel semantics D3). */
export function evidenceJson(evidence: readonly EvidenceRow[]): readonly JsonObject[] {
  return evidence.map(({ guard, verdict, details }) => ({
    guard_name: guard,
    verdict,
    ...(details === null ? {} : { details }),
  }));
}

/** What the next record of a choreography carries, so that its receipt can be found from it. */
export function recordHeaders(
  receipt: JsonObject,
  outcome: CallOutcome,
  requestId: string,
): JsonObject {
  return {
    "X-Chio-Receipt": asText(member(receipt, "id")) ?? "",
    "X-Chio-Verdict": outcome.kind === "allowed" ? "allow" : "deny",
    "X-Chio-Request-Id": requestId,
  };
}
