import { canonicalize } from "../json/canonicalize.ts";
import {
  asText,
  asU64,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import { type DecisionName, decisionOf, resultLabel } from "./decision.ts";
import type { ReceiptForm } from "./detect.ts";
import { objectAt, text, textOrNull } from "./read.ts";

export interface EvidenceFact {
  readonly guard: string;
  /** True where the guard let the call pass; null where the verdict cannot be read. */
  readonly verdict: boolean | null;
  readonly details: string | null;
}

/** What a receipt says, as read, before any of it is believed. Empty text stands for "says nothing". */
export interface ReceiptFacts {
  readonly id: string;
  /** Other handles under which the receipt may be asked for. */
  readonly aliases: readonly string[];
  /** Unix seconds, self-asserted. */
  readonly timestamp: bigint | null;
  readonly capabilityId: string;
  readonly toolServer: string;
  readonly toolName: string;
  readonly decision: DecisionName;
  readonly guard: string | null;
  readonly reason: string | null;
  readonly kind: string | null;
  readonly boundaryClass: string | null;
  readonly trustLevel: string;
  readonly agent: string;
  readonly service: string;
  readonly tenantId: string | null;
  readonly policyHash: string;
  readonly contentHash: string;
  readonly parameterHash: string;
  /** As spelled in the record. */
  readonly kernelKey: string;
  readonly evidence: readonly EvidenceFact[];
  /** Minor units of the currency. */
  readonly cost: { readonly units: bigint; readonly currency: string } | null;
  readonly resultLabel: string;
}

export function receiptFacts(receipt: JsonObject, form: ReceiptForm): ReceiptFacts {
  const metadata = objectAt(receipt, "metadata");
  const explorer = metadata === null ? null : objectAt(metadata, "chio_explorer");
  const decision = decisionOf(receipt, form);
  const kind = textOrNull(receipt, "receipt_kind");
  const boundaryClass = textOrNull(receipt, "boundary_class");
  const toolServer = text(receipt, "tool_server");
  const agent = agentOf(receipt, metadata, explorer);
  return {
    id: text(receipt, "id"),
    aliases: aliasesOf(metadata),
    timestamp: asU64(member(receipt, "timestamp")) ?? null,
    capabilityId: text(receipt, "capability_id"),
    toolServer,
    toolName: toolNameOf(receipt, form),
    decision: decision.name,
    guard: decision.guard,
    reason: decision.reason,
    kind,
    boundaryClass,
    trustLevel: trustLevelOf(receipt, form),
    agent,
    service: (explorer && textOrNull(explorer, "service")) ?? (toolServer || agent),
    tenantId: textOrNull(receipt, "tenant_id"),
    policyHash: text(receipt, "policy_hash"),
    contentHash: text(receipt, form === "child" ? "outcome_hash" : "content_hash"),
    parameterHash: parameterHashOf(receipt),
    kernelKey: text(receipt, "kernel_key"),
    evidence: evidenceOf(receipt),
    cost: metadata === null ? null : costOf(metadata),
    resultLabel: resultLabel(decision.name, kind, boundaryClass),
  };
}

function toolNameOf(receipt: JsonObject, form: ReceiptForm): string {
  switch (form) {
    case "child":
      return text(receipt, "operation_kind");
    case "http":
      return `${text(receipt, "method")} ${text(receipt, "route_pattern")}`.trim();
    case "documentation":
    case "pre-v1":
    case "v1":
      return text(receipt, "tool_name");
  }
}

function trustLevelOf(receipt: JsonObject, form: ReceiptForm): string {
  const spelled = textOrNull(receipt, "trust_level");
  return spelled ?? (form === "pre-v1" ? "mediated" : "");
}

function agentOf(
  receipt: JsonObject,
  metadata: JsonObject | null,
  explorer: JsonObject | null,
): string {
  const named = explorer && textOrNull(explorer, "agent");
  if (named !== null) {
    return named;
  }
  const chain = member(receipt, "actor_chain");
  const first = isArray(chain) ? chain[0] : undefined;
  const actor = isObject(first) ? textOrNull(first, "actor_id") : null;
  if (actor !== null) {
    return actor;
  }
  const attribution = metadata && objectAt(metadata, "attribution");
  return (attribution && textOrNull(attribution, "subject_key")) ?? "";
}

function aliasesOf(metadata: JsonObject | null): readonly string[] {
  const nonce = metadata && textOrNull(metadata, "chio_receipt_signing_nonce");
  return nonce === null ? [] : [nonce];
}

function parameterHashOf(receipt: JsonObject): string {
  const action = objectAt(receipt, "action");
  return action === null ? "" : text(action, "parameter_hash");
}

function evidenceOf(receipt: JsonObject): readonly EvidenceFact[] {
  const list = member(receipt, "evidence");
  if (!isArray(list)) {
    return [];
  }
  const facts: EvidenceFact[] = [];
  for (const item of list) {
    if (isObject(item)) {
      const details = member(item, "details");
      facts.push({
        guard: asText(member(item, "guard_name")) ?? text(item, "guard"),
        verdict: guardVerdict(member(item, "verdict")),
        details:
          details === undefined || details === null
            ? null
            : typeof details === "string"
              ? details
              : canonicalize(details),
      });
    }
  }
  return facts;
}

function guardVerdict(value: JsonValue | undefined): boolean | null {
  if (typeof value === "boolean") {
    return value;
  }
  return value === "allow" ? true : value === "deny" ? false : null;
}

function costOf(metadata: JsonObject): ReceiptFacts["cost"] {
  const financial = objectAt(metadata, "financial");
  if (financial === null) {
    return null;
  }
  const charged = member(financial, "cost_charged") ?? member(financial, "actual_cost");
  if (isObject(charged)) {
    const units = asU64(member(charged, "units"));
    return units === undefined ? null : { units, currency: text(charged, "currency") };
  }
  const units = asU64(charged);
  return units === undefined ? null : { units, currency: text(financial, "currency") };
}
