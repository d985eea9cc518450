import { purePrimitives } from "../crypto/sha256.ts";
import { canonicalize } from "../json/canonicalize.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { actionOf, signPreV1, signV1 } from "../receipt/sign.ts";
import { jsonInteger, without } from "../record-members.ts";
import type { SigningKey } from "../signer.ts";
import { hashHex } from "../texts.ts";
import type { Boundary, ToolCall } from "./call.ts";
import { DENY, INPUT_REDACTED_URN, NO_ERROR_URN, OUTPUT_REDACTED_URN } from "./deny-codes.ts";
import type { Allowance, Denial, Evaluation, EvidenceRow } from "./model.ts";
import { isAllowance } from "./verdict.ts";

/** A capability id cannot be empty in a v1 receipt; this stands where none was presented or could be read. */
export const NO_CAPABILITY = "none";

/**
 * How a call ended. `output` is what was delivered to the agent; null where nothing ran. An allow needs the
 * allowance that the evaluation gave.
 */
export type CallOutcome =
  | {
      readonly kind: "allowed";
      readonly allowance: Allowance;
      readonly output: JsonValue | null;
      readonly outputRedacted: boolean;
    }
  | { readonly kind: "denied"; readonly denial: Denial }
  | { readonly kind: "incomplete" | "cancelled"; readonly reason: string };

/** The receipt that brought a call about, in another part of the choreography. */
export interface ParentLink {
  readonly receiptId: string;
  readonly requestId: string | null;
  readonly chainId: string | null;
}

export interface ReceiptFactsInput {
  readonly call: ToolCall;
  readonly evaluation: Evaluation;
  readonly outcome: CallOutcome;
  /** Unix seconds. */
  readonly timestamp: bigint;
  readonly policyHash: string;
  /** A fresh identifier (`rcpt-` and a UUID of version 7): the signing nonce of the v1 form, the id before it. */
  readonly nonce: string;
  readonly parent: ParentLink | null;
  /** Members of `metadata` beside those that are always there: `financial`, `budget_authority`, ... */
  readonly metadata: JsonObject;
  /** Marks a receipt of a throw-away key, so that nobody takes it for evidence. */
  readonly demo: boolean;
  readonly primitives?: Primitives;
}

/** The body of the v1 receipt of a call (kernel semantics 1.11, wire format 2), ready to be signed. */
export function receiptBody(input: ReceiptFactsInput): JsonObject {
  const { call, evaluation, outcome } = input;
  const primitives = input.primitives ?? purePrimitives;
  const output = outcome.kind === "allowed" ? outcome.output : null;
  return {
    id: input.nonce,
    timestamp: jsonInteger(input.timestamp),
    capability_id: evaluation.capability?.id ?? NO_CAPABILITY,
    tool_server: call.serverId,
    tool_name: call.toolName,
    action: actionOf(evaluation.arguments, primitives),
    decision: decision(outcome),
    receipt_kind: "mediated_decision",
    boundary_class: "prevent",
    tool_origin: "caller_executed",
    redaction_mode: isRedacted(evaluation, outcome) ? "redacted" : "none",
    content_hash: hashHex(canonicalize(output), primitives),
    policy_hash: input.policyHash,
    ...(evaluation.evidence.length === 0 ? {} : { evidence: evaluation.evidence.map(evidenceRow) }),
    metadata: metadata(input),
    trust_level: "mediated",
  };
}

/** Members that the form of April 2026 does not know. */
const V1_ONLY = ["receipt_kind", "boundary_class", "tool_origin", "redaction_mode", "trust_level"];

/** Signs a v1 body as it is, or as the pre-v1 receipt that older consumers read. */
export function signReceipt(
  body: JsonObject,
  form: "v1" | "pre-v1",
  key: SigningKey,
  primitives: Primitives = purePrimitives,
): JsonObject {
  return form === "v1" ? signV1(body, key, primitives) : signPreV1(without(body, ...V1_ONLY), key);
}

/** The registered name of how a call ended. */
export function reasonUrn(evaluation: Evaluation, outcome: CallOutcome): string {
  switch (outcome.kind) {
    case "denied":
      return DENY[outcome.denial.code].urn;
    case "allowed":
      if (outcome.outputRedacted) {
        return OUTPUT_REDACTED_URN;
      }
      return evaluation.redacted ? INPUT_REDACTED_URN : NO_ERROR_URN;
    case "incomplete":
      return "urn:chio:error:kernel:request-incomplete";
    case "cancelled":
      return "urn:chio:error:kernel:request-cancelled";
  }
}

function decision(outcome: CallOutcome): JsonObject {
  switch (outcome.kind) {
    case "allowed":
      if (!isAllowance(outcome.allowance)) {
        throw new Error("an allow that no evaluation gave");
      }
      return { verdict: "allow" };
    case "denied":
      return { verdict: "deny", reason: outcome.denial.reason, guard: outcome.denial.guard };
    case "incomplete":
    case "cancelled":
      return { verdict: outcome.kind, reason: outcome.reason };
  }
}

function isRedacted(evaluation: Evaluation, outcome: CallOutcome): boolean {
  return evaluation.redacted || (outcome.kind === "allowed" && outcome.outputRedacted);
}

function evidenceRow({ guard, verdict, details }: EvidenceRow): JsonObject {
  return { guard_name: guard, verdict, ...(details === null ? {} : { details }) };
}

function metadata(input: ReceiptFactsInput): JsonObject {
  const { call, evaluation, outcome, parent } = input;
  const { capability, grant } = evaluation;
  return {
    ...(capability === null
      ? {}
      : {
          attribution: {
            subject_key: capability.subject,
            issuer_key: capability.issuer,
            delegation_depth: capability.delegationChain.length,
            grant_index: grant?.index ?? null,
          },
        }),
    ...(call.model === null ? {} : { model_metadata: modelOf(call) }),
    ...(parent === null ? {} : { governed_transaction: { call_chain: callChain(parent, call) } }),
    ...input.metadata,
    chio_explorer: {
      boundary: call.boundary satisfies Boundary,
      request_id: call.requestId,
      reason_code: reasonUrn(evaluation, outcome),
      ...(input.demo ? { demo: true } : {}),
    },
  };
}

function modelOf({ model }: ToolCall): JsonObject {
  return {
    model_id: model?.modelId ?? null,
    safety_tier: model?.safetyTier ?? null,
  };
}

/** The parent is the caller's word: the link is asserted until something signed says the same. */
function callChain(parent: ParentLink, call: ToolCall): JsonObject {
  return {
    chainId: parent.chainId ?? call.sessionId ?? parent.receiptId,
    parentRequestId: parent.requestId ?? parent.receiptId,
    parentReceiptId: parent.receiptId,
    originSubject: call.agentId,
    delegatorSubject: call.agentId,
    evidenceClass: "asserted",
    evidenceSources: [],
  };
}
