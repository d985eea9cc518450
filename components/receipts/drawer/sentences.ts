import type { Check, CheckName } from "@/kernel/check.ts";
import { DECISION_WORDS } from "@/lib/display/status.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import type { ReceiptProof } from "@/lib/verification/receipt-proof.ts";
import { visibleText } from "../visible-text.ts";

export const CHECK_WORDS: Readonly<Record<CheckName, string>> = {
  format: "Format",
  "parameter-hash": "Parameter hash",
  id: "Id",
  coherence: "Coherence",
  signature: "Signature",
  delegation: "Delegation",
  structure: "Structure",
};

/** "Allowed: payment-service called approve_charge on payments, 2026-04-15 16:34:31 UTC." */
export function receiptSentence(detail: ReceiptDetail): string {
  const { row } = detail;
  const tool = row.tool === "" ? "a call" : visibleText(row.tool);
  const what = row.agent === "" ? tool : `${visibleText(row.agent)} called ${tool}`;
  const where =
    row.service === "" || row.service === row.agent ? "" : ` on ${visibleText(row.service)}`;
  const when = row.timestamp === null ? "" : `, ${formatDateTime(row.timestamp)} UTC`;
  return `${DECISION_WORDS[row.decision]}: ${what}${where}${when}.`;
}

/** What the receipt's state amounts to; it never says more than was checked. */
export function integritySentence(detail: ReceiptDetail): string {
  const failed = detail.checks.filter((check) => check.outcome.kind === "failed");
  switch (detail.row.status) {
    case "verified":
      return "Every check fits, a pinned key signed it, and a checkpoint holds it.";
    case "verified-not-checkpointed":
      return "Every check fits and a pinned key signed it. No checkpoint holds it yet.";
    case "self-consistent":
      return "The receipt agrees with itself. Its key is not pinned: anyone could have made it.";
    case "does-not-verify":
      return failed.length === 0
        ? "What it says of itself fits; what it is checked against does not. See the findings."
        : `${capital(failed.map(checkPhrase).join(", "))}.`;
    case "not-checked":
      return "No signature was checked, so nothing is confirmed and nothing refuted.";
    case "unsigned":
      return "A denial that a client made without a kernel: it carries no signature and is set aside as a claim.";
    case null:
      return "The run has not judged this receipt yet.";
  }
}

/** The heading of the failure banner over the signed fields. */
export function fieldsBanner(detail: ReceiptDetail): string | null {
  const failed = detail.checks.filter((check) => check.outcome.kind === "failed");
  if (failed.length === 0) return null;
  if (failed.some((check) => check.name === "signature"))
    return "The signature does not fit these fields.";
  return `${capital(failed.map(checkPhrase).join(", "))}.`;
}

export const PROOF_WORDS: Readonly<Record<ReceiptProof["state"], string>> = {
  included: "The path leads from this receipt to the signed root.",
  "does-not-fit": "The path does not lead to the signed root.",
  "not-covered": "No checkpoint covers this receipt.",
  "not-checked": "Inclusion was not checked.",
};

function checkPhrase(check: Check): string {
  return `the ${CHECK_WORDS[check.name].toLowerCase()} does not fit`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
