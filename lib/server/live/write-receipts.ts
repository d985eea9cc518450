import {
  type BudgetHolder,
  budgetAuthorityMetadata,
  type CostOutcome,
  financialMetadata,
} from "@/kernel/economics/metadata.ts";
import { needsReconciliation, reconciliationAction } from "@/kernel/economics/reconcile.ts";
import type { Evaluation } from "@/kernel/evaluation/model.ts";
import { receiptBody, signReceipt } from "@/kernel/evaluation/receipt.ts";
import { asText, type JsonObject, member } from "@/kernel/json/value.ts";
import { receiptNonce } from "../receipt-nonce.ts";
import type { LiveParts, LiveRequest } from "./model.ts";
import type { CallEnd } from "./run-call.ts";

export interface Written {
  readonly receipt: JsonObject;
  readonly reconciliation: JsonObject | null;
}

/** The receipt of a call, signed, and beside it the one of its reconciliation where one is due. */
export function writeReceipts(
  request: LiveRequest,
  evaluation: Evaluation,
  end: CallEnd,
  nonce: string,
  parts: LiveParts,
): Written {
  const body = receiptBody({
    call: request.call,
    evaluation,
    outcome: end.outcome,
    timestamp: parts.clock() / 1000n,
    policyHash: parts.policy.hash,
    nonce,
    parent: request.parent,
    metadata: { ...request.metadata, ...costMetadata(evaluation, end.cost) },
    demo: false,
    primitives: parts.primitives,
  });
  const receipt = signReceipt(body, parts.receiptForm, parts.signer(), parts.primitives);
  return { receipt, reconciliation: reconciliation(request, evaluation, end, receipt, parts) };
}

function costMetadata({ capability }: Evaluation, cost: CostOutcome | null): JsonObject {
  if (cost === null || capability === null) {
    return {};
  }
  const holder: BudgetHolder = {
    delegationDepth: capability.delegationChain.length,
    rootBudgetHolder: capability.issuer,
  };
  const financial = financialMetadata(cost, holder);
  const authority = budgetAuthorityMetadata(cost);
  return {
    ...(financial === null ? {} : { financial }),
    ...(authority === null ? {} : { budget_authority: authority }),
  };
}

/** The kernel's own act, so it stands under the allowance of the call that it is about, and names its receipt. */
function reconciliation(
  request: LiveRequest,
  evaluation: Evaluation,
  { cost }: CallEnd,
  original: JsonObject,
  parts: LiveParts,
): JsonObject | null {
  const { verdict } = evaluation;
  if (cost?.kind !== "settled" || verdict.kind === "deny") {
    return null;
  }
  const { hold, settlement } = cost;
  const { reported } = settlement;
  const originalReceiptId = asText(member(original, "id")) ?? "";
  if (!needsReconciliation(settlement) || reported === null || hold.currency === null) {
    return null;
  }
  const action = reconciliationAction({
    originalReceiptId,
    held: { units: hold.units, currency: hold.currency },
    reported,
    realized: settlement.realized,
  });
  const now = parts.clock();
  const body = receiptBody({
    call: { ...request.call, serverId: action.toolServer, toolName: action.toolName },
    evaluation: { ...evaluation, arguments: action.parameters, evidence: [], redacted: false },
    outcome: { kind: "allowed", allowance: verdict, output: null, outputRedacted: false },
    timestamp: now / 1000n,
    policyHash: parts.policy.hash,
    nonce: receiptNonce(now),
    parent: { receiptId: originalReceiptId, requestId: request.call.requestId, chainId: null },
    metadata: action.metadata,
    demo: false,
    primitives: parts.primitives,
  });
  return signReceipt(body, parts.receiptForm, parts.signer(), parts.primitives);
}
