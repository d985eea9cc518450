import { parsePublicKey } from "@/kernel/crypto/key.ts";
import type { ModelMetadata, ToolCall } from "@/kernel/evaluation/call.ts";
import type { PresentedCapability } from "@/kernel/evaluation/model.ts";
import { boundaryOf } from "@/kernel/evaluation/read-request.ts";
import { reasonUrn } from "@/kernel/evaluation/receipt.ts";
import { asText, type JsonObject, member } from "@/kernel/json/value.ts";
import { evidenceJson } from "@/lib/evaluation/evaluation-json.ts";
import type { JudgedAnswer } from "../live/model.ts";
import { claimedText, type HttpCall } from "./http-call.ts";
import type { HttpDecision } from "./http-receipt.ts";
import { CAPABILITY_GUARD, REVOCATION_GUARD, scopeSet, sidecarDenial } from "./names.ts";

/**
 * The call that a client asks about, for the kernel. Clients of the sidecar send no agent key: who holds the
 * token counts as its subject, as upstream; a caller that names itself by a key is held to it.
 */
export function toolCallOf(
  call: HttpCall,
  tool: { readonly server: string; readonly name: string },
  presented: PresentedCapability,
): ToolCall {
  return {
    requestId: call.requestId,
    agentId: keyOf(claimedText(call.caller, "agent_id")) ?? subjectOf(presented),
    serverId: tool.server,
    toolName: tool.name,
    arguments: call.arguments,
    boundary: boundaryOf(tool.name),
    sessionId: call.sessionId,
    model: modelOf(call.model),
    roots: null,
  };
}

/** The subject that a presented token names; the kernel verifies the token before it compares. */
export function subjectOf(presented: PresentedCapability): string {
  const subject = presented.kind === "token" ? claimedText(presented.token, "subject") : null;
  return keyOf(subject) ?? subject ?? "";
}

/** A token with another id than the one that the client names is not the token that it means. */
export function heldToHint(
  presented: PresentedCapability,
  hint: string | null,
): PresentedCapability {
  return presented.kind === "token" && hint !== null && claimedText(presented.token, "id") !== hint
    ? { kind: "unreadable", problem: "capability id does not match the presented token" }
    : presented;
}

/** The kernel's answer in the words of the sidecar. */
export function decisionOf({ evaluation, outcome, receipt }: JudgedAnswer): HttpDecision {
  const shared = {
    reasonCode: reasonUrn(evaluation, outcome),
    scopeSet: scopeSet(evaluation.capability),
    capabilityId: evaluation.capability?.id ?? null,
    kernelReceiptId: asText(member(receipt, "id")) ?? null,
  };
  const rows = evidenceJson(evaluation.evidence);
  if (outcome.kind === "allowed") {
    const passed: JsonObject = { guard_name: CAPABILITY_GUARD, verdict: true };
    return { ...shared, verdict: { kind: "allow" }, evidence: [passed, ...rows] };
  }
  const { guard, reason } =
    outcome.kind === "denied"
      ? sidecarDenial(outcome.denial)
      : { guard: CAPABILITY_GUARD, reason: outcome.reason };
  const own: readonly JsonObject[] =
    guard === CAPABILITY_GUARD ? [{ guard_name: guard, verdict: false, details: reason }] : [];
  return {
    ...shared,
    verdict: { kind: "deny", guard, reason },
    evidence: guard === REVOCATION_GUARD ? [] : [...rows, ...own],
  };
}

function keyOf(text: string | null): string | null {
  const key = text === null ? null : parsePublicKey(text);
  return key?.ok === true ? key.value.canonical : null;
}

const TIERS = ["low", "standard", "high", "restricted"] as const;

function modelOf(model: JsonObject | null): ModelMetadata | null {
  const modelId = model === null ? null : claimedText(model, "model_id");
  if (modelId === null || model === null) {
    return null;
  }
  const tier = member(model, "safety_tier");
  return { modelId, safetyTier: TIERS.find((one) => one === tier) ?? null };
}
