import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { signHttp } from "@/kernel/receipt/sign.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import type { Signer } from "@/kernel/signer.ts";
import { hashHex } from "@/kernel/texts.ts";
import { uuid7 } from "../receipt-nonce.ts";
import type { HttpCall } from "./http-call.ts";

/** How a question about an HTTP request was decided. */
export interface HttpDecision {
  readonly verdict:
    | { readonly kind: "allow" }
    | { readonly kind: "deny"; readonly reason: string; readonly guard: string };
  /** Rows as receipts hold them. */
  readonly evidence: readonly JsonObject[];
  /** The registered name of the outcome. */
  readonly reasonCode: string;
  /** What the capability grants, once it was verified. */
  readonly scopeSet: readonly string[];
  /** The id of the verified capability. */
  readonly capabilityId: string | null;
  /** The receipt of the same decision in the kernel's log; null where no tool was named. */
  readonly kernelReceiptId: string | null;
}

export interface HttpReceiptContext {
  readonly policyHash: string;
  readonly signer: Signer;
  readonly primitives: Primitives;
  /** Unix milliseconds. */
  readonly now: bigint;
}

const DENIED = 403;

/** The verdict as clients read it: no other member fits its schema. */
export function httpVerdict({ verdict }: HttpDecision): JsonObject {
  return verdict.kind === "allow"
    ? { verdict: "allow" }
    : { verdict: "deny", reason: verdict.reason, guard: verdict.guard, http_status: DENIED };
}

/** The signed HTTP receipt of a decision (kernel semantics 5.2). */
export function httpReceipt(
  call: HttpCall,
  decision: HttpDecision,
  context: HttpReceiptContext,
): JsonObject {
  const { primitives, now } = context;
  const hash = (value: JsonObject): string => hashHex(canonicalize(value), primitives);
  const { kernelReceiptId, capabilityId, evidence } = decision;
  const body: JsonObject = {
    id: uuid7(now),
    request_id: call.requestId,
    route_pattern: call.routePattern,
    method: call.method,
    caller_identity_hash: hash(call.caller),
    ...(call.sessionId === null ? {} : { session_id: call.sessionId }),
    verdict: httpVerdict(decision),
    ...(evidence.length === 0 ? {} : { evidence }),
    response_status: decision.verdict.kind === "allow" ? 200 : DENIED,
    timestamp: jsonInteger(now / 1000n),
    content_hash: hash({
      body_hash: call.bodyHash,
      method: call.method,
      path: call.path,
      query: call.query,
      route_pattern: call.routePattern,
    }),
    policy_hash: context.policyHash,
    ...(capabilityId === null ? {} : { capability_id: capabilityId }),
    metadata: {
      chio_http_status_scope: "decision",
      ...(kernelReceiptId === null ? {} : { chio_kernel_receipt_id: kernelReceiptId }),
      verdict_matrix: { reason_code: decision.reasonCode, scope_set: decision.scopeSet },
    },
  };
  return signHttp(body, context.signer);
}
