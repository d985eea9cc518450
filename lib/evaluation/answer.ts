import { DENY } from "@/kernel/evaluation/deny-codes.ts";
import type { Denial, Evaluation } from "@/kernel/evaluation/model.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";

/**
 * An evaluation as JSON, the same from the server and from the command line: `{verdict, denial, capability_id,
 * grant_index, hold, arguments, redacted, trace, evidence}`. Members that do not apply are null.
 */
export function evaluationAnswer(evaluation: Evaluation): JsonObject {
  const { verdict, capability, grant, hold } = evaluation;
  return {
    verdict: verdict.kind,
    denial: verdict.kind === "deny" ? denialAnswer(verdict.denial) : null,
    capability_id: capability?.id ?? null,
    grant_index: grant?.index ?? null,
    hold:
      hold === null ? null : { units: jsonInteger(hold.units), currency: hold.currency ?? null },
    arguments: evaluation.arguments,
    redacted: evaluation.redacted,
    trace: evaluation.trace.map(({ step, outcome, detail, milliseconds }) => ({
      step,
      outcome,
      detail,
      ...(milliseconds === null ? {} : { milliseconds }),
    })),
    evidence: evaluation.evidence.map(({ guard, verdict, details }) => ({
      guard_name: guard,
      verdict,
      details,
    })),
  };
}

/** `{code, reason_code, legacy_code, guard, reason, pointer}`; the codes are those of the error registry. */
export function denialAnswer({ code, guard, reason, pointer }: Denial): JsonObject {
  const { urn, legacy } = DENY[code];
  return { code, reason_code: urn, legacy_code: legacy, guard, reason, pointer };
}
