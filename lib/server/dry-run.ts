import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { evaluate } from "@/kernel/evaluate.ts";
import type { ToolCall } from "@/kernel/evaluation/call.ts";
import type { Evaluation, LoadedPolicy, PresentedCapability } from "@/kernel/evaluation/model.ts";
import {
  type CallOutcome,
  type ParentLink,
  receiptBody,
  signReceipt,
} from "@/kernel/evaluation/receipt.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import type { CompilePattern } from "@/kernel/regex.ts";
import type { Signer } from "@/kernel/signer.ts";
import { evaluationContext } from "@/lib/evaluation/context.ts";
import type { LiveParts } from "./live/model.ts";
import { receiptNonce } from "./receipt-nonce.ts";

export interface DryRequest {
  readonly capability: PresentedCapability;
  readonly call: ToolCall;
  readonly dpop: JsonValue | null;
  readonly parent: ParentLink | null;
  readonly policy: LoadedPolicy;
  /** Beside this server's own: keys in canonical spelling. */
  readonly trustedIssuers: readonly string[];
  /** For the patterns of the token. */
  readonly compile: CompilePattern;
}

export interface DryAnswer {
  readonly evaluation: Evaluation;
  readonly outcome: CallOutcome;
  readonly receipt: JsonObject;
}

/**
 * Judges a call by a policy of the caller's choice and leaves no trace: budgets, nonces and the guards' memory
 * are fresh, nothing runs, nothing is stored, and the receipt is signed with a key that nobody may trust.
 * Revocations are this server's; so is what is known of ancestors.
 */
export function dryRun(request: DryRequest, demoSigner: Signer, parts: LiveParts): DryAnswer {
  const now = parts.clock();
  const { capability, call, dpop, policy, parent } = request;
  const context = evaluationContext({
    policy,
    trustedIssuers: new Set([...parts.trustedIssuers(), ...request.trustedIssuers]),
    now,
    isRevoked: parts.isRevoked,
    lineage: (id) => parts.lineage.byId(id),
    compile: request.compile,
    verify: parts.verify,
    primitives: parts.primitives,
    meter: () => performance.now(),
  });
  const evaluation = evaluate({ capability, call, dpop }, context);
  const { verdict } = evaluation;
  const outcome: CallOutcome =
    verdict.kind === "allow"
      ? { kind: "allowed", allowance: verdict, output: null, outputRedacted: false }
      : { kind: "denied", denial: verdict.denial };
  const body = receiptBody({
    call,
    evaluation,
    outcome,
    timestamp: now / 1000n,
    policyHash: policy.hash,
    nonce: receiptNonce(now),
    parent,
    metadata: {},
    demo: true,
    primitives: parts.primitives,
  });
  return { evaluation, outcome, receipt: signReceipt(body, "v1", demoSigner) };
}

/** Keys in canonical spelling, or the index of the first text that is none. */
export function canonicalKeys(texts: readonly string[]): readonly string[] | number {
  const keys: string[] = [];
  for (const [index, text] of texts.entries()) {
    const key = parsePublicKey(text);
    if (!key.ok) {
      return index;
    }
    keys.push(key.value.canonical);
  }
  return keys;
}
