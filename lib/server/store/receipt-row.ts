import { asText, asU64, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { textLeafHash } from "@/kernel/merkle/hasher.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { inspectReceipt, type ReceiptInspection } from "@/kernel/receipt/inspect.ts";

/** A tool receipt, cut into the columns that queries filter by. */
export interface ToolRow {
  readonly kind: "tool";
  readonly id: string;
  readonly timestamp: bigint;
  readonly capabilityId: string;
  readonly subjectKey: string | null;
  readonly issuerKey: string | null;
  readonly grantIndex: bigint | null;
  readonly toolServer: string;
  readonly toolName: string;
  readonly decisionKind: string;
  readonly policyHash: string;
  readonly contentHash: string;
  readonly tenantId: string | null;
  /** The receipt in normal form, canonical: what its checkpoint's leaf is made of. */
  readonly json: string;
  readonly leaf: Uint8Array;
}

export interface ChildRow {
  readonly kind: "child";
  readonly id: string;
  readonly timestamp: bigint;
  readonly sessionId: string;
  readonly parentRequestId: string;
  readonly requestId: string;
  readonly operationKind: string;
  readonly terminalState: string;
  readonly policyHash: string;
  readonly outcomeHash: string;
  readonly json: string;
  readonly leaf: Uint8Array;
}

/** An HTTP receipt: kept beside the log, not in it, as in the shipped system. */
export interface HttpRow {
  readonly kind: "http";
  readonly id: string;
  readonly timestamp: bigint;
  readonly requestId: string;
  readonly json: string;
}

export type ReceiptRow = ToolRow | ChildRow | HttpRow;

/**
 * The row of a signed receipt; its form decides the table. Throws a RangeError for what is no receipt of
 * this server's: a record that a reader could not place again must not enter the log.
 */
export function receiptRow(receipt: JsonObject, primitives: Primitives): ReceiptRow {
  const inspection = inspectReceipt(receipt, primitives);
  const broken = inspection.checks.find(({ outcome }) => outcome.kind === "failed");
  if (broken !== undefined || inspection.claim === null) {
    throw new RangeError(`a receipt whose ${broken?.name ?? "signature"} cannot be relied on`);
  }
  switch (inspection.form) {
    case "v1":
    case "pre-v1":
      return toolRow(receipt, inspection, primitives);
    case "child":
      return childRow(receipt, inspection, primitives);
    case "http":
      return {
        kind: "http",
        ...identity(inspection),
        requestId: required(receipt, "request_id"),
        json: inspection.leafText(),
      };
    case "documentation":
      throw new RangeError("a receipt in the form of the documentation is not logged");
  }
}

function toolRow(
  receipt: JsonObject,
  inspection: ReceiptInspection,
  primitives: Primitives,
): ToolRow {
  const { facts } = inspection;
  const attribution = objectAt(objectAt(receipt, "metadata"), "attribution");
  const json = inspection.leafText();
  return {
    kind: "tool",
    ...identity(inspection),
    capabilityId: facts.capabilityId,
    subjectKey: textIn(attribution, "subject_key"),
    issuerKey: textIn(attribution, "issuer_key"),
    grantIndex: asU64(attribution === null ? null : member(attribution, "grant_index")) ?? null,
    toolServer: facts.toolServer,
    toolName: facts.toolName,
    decisionKind:
      textIn(objectAt(receipt, "decision"), "verdict") ?? required(receipt, "receipt_kind"),
    policyHash: facts.policyHash,
    contentHash: facts.contentHash,
    tenantId: facts.tenantId,
    json,
    leaf: textLeafHash(json, primitives),
  };
}

function childRow(
  receipt: JsonObject,
  inspection: ReceiptInspection,
  primitives: Primitives,
): ChildRow {
  const json = inspection.leafText();
  return {
    kind: "child",
    ...identity(inspection),
    sessionId: required(receipt, "session_id"),
    parentRequestId: required(receipt, "parent_request_id"),
    requestId: required(receipt, "request_id"),
    operationKind: required(receipt, "operation_kind"),
    terminalState: textIn(objectAt(receipt, "terminal_state"), "state") ?? "",
    policyHash: inspection.facts.policyHash,
    outcomeHash: inspection.facts.contentHash,
    json,
    leaf: textLeafHash(json, primitives),
  };
}

function identity({ facts }: ReceiptInspection): { id: string; timestamp: bigint } {
  if (facts.id === "" || facts.timestamp === null) {
    throw new RangeError("a receipt without an id or a time");
  }
  return { id: facts.id, timestamp: facts.timestamp };
}

function required(record: JsonObject, name: string): string {
  const text = asText(member(record, name));
  if (text === undefined) {
    throw new RangeError(`a receipt without ${name}`);
  }
  return text;
}

function objectAt(record: JsonObject | null, name: string): JsonObject | null {
  const value = record === null ? undefined : member(record, name);
  return isObject(value) ? value : null;
}

function textIn(record: JsonObject | null, name: string): string | null {
  return record === null ? null : (asText(member(record, name)) ?? null);
}
