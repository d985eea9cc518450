import type { JsonObject } from "../json/value.ts";
import type { ReceiptInspection } from "./inspect.ts";

/**
 * The reference verifier's result object (wire format 2.4), for comparing verdicts member by member. April's
 * verifier reports three members only. `signatureFits` is the outcome of the claim, `trusted` whether the
 * key is in the caller's set. `result` ignores cryptography by definition: never show it alone.
 */
export function verdictObject(
  inspection: ReceiptInspection,
  signatureFits: boolean,
  trusted: boolean,
): JsonObject {
  const { facts } = inspection;
  const parameterHashValid = holds(inspection, "parameter-hash");
  if (inspection.form !== "v1") {
    return {
      signature_valid: signatureFits,
      parameter_hash_valid: parameterHashValid,
      decision: facts.decision,
    };
  }
  const idValid = holds(inspection, "id");
  const signatureValid = signatureFits && idValid && holds(inspection, "coherence");
  const ok = signatureValid && parameterHashValid && trusted;
  return {
    signature_valid: signatureValid,
    receipt_id_valid: idValid,
    parameter_hash_valid: parameterHashValid,
    signer_trusted: trusted,
    signer_key_hex: inspection.claim?.key.canonical ?? facts.kernelKey,
    receipt_kind: facts.kind,
    boundary_class: facts.boundaryClass,
    trust_level: facts.trustLevel,
    decision: facts.decision,
    result: facts.resultLabel,
    ok,
    authorized:
      ok &&
      facts.kind === "mediated_decision" &&
      facts.boundaryClass === "prevent" &&
      facts.decision === "allow",
  };
}

function holds(
  inspection: ReceiptInspection,
  name: "parameter-hash" | "id" | "coherence",
): boolean {
  return inspection.checks.some((check) => check.name === name && check.outcome.kind === "passed");
}
