import type { JsonObject } from "@/kernel/json/value.ts";
import { actionOf, signPreV1 } from "@/kernel/receipt/sign.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import { seedOf } from "./keys.ts";
import { FIRST_TIME, HASH } from "./log.ts";

/** What a test says of one step of a choreography; the rest is filled in. */
export interface Step {
  readonly id: string;
  /** Id of the receipt that the call chain names. */
  readonly parent?: string;
  readonly parentRequest?: string;
  readonly request?: string;
  readonly evidence?: string;
  readonly tool?: string;
  readonly service?: string;
  readonly decision?: "allow" | "deny";
  /** Seconds after the log's first. */
  readonly at?: number;
  readonly kernel?: Uint8Array;
  readonly parameters?: JsonObject;
}

/** A signed receipt of April's form, whose id is free, so that circles can be built. */
export function signedStep(step: Step): JsonObject {
  const { id, parent, parentRequest, request, decision = "allow", at = 0 } = step;
  const chain: JsonObject = {
    chainId: "chain",
    parentRequestId: parentRequest ?? "chain",
    ...(parent === undefined ? {} : { parentReceiptId: parent }),
    originSubject: "agent",
    delegatorSubject: "agent",
    evidenceClass: step.evidence ?? "asserted",
    evidenceSources: [],
  };
  const continues = parent !== undefined || parentRequest !== undefined;
  const body: JsonObject = {
    id,
    timestamp: FIRST_TIME + at,
    capability_id: "cap-1",
    tool_server: "tools",
    tool_name: step.tool ?? "work",
    action: actionOf(step.parameters ?? { id }),
    decision:
      decision === "allow"
        ? { verdict: "allow" }
        : { verdict: "deny", reason: "no such grant", guard: "scope" },
    content_hash: HASH,
    policy_hash: "policy",
    metadata: {
      chio_explorer: {
        service: step.service ?? "service",
        ...(request === undefined ? {} : { request_id: request }),
      },
      ...(continues ? { governed_transaction: { call_chain: chain } } : {}),
    },
  };
  return signPreV1(body, step.kernel ?? seedOf("kernel"));
}

export function ndjsonOf(steps: readonly Step[]): string {
  return steps.map((step) => `${JSON.stringify(signedStep(step))}\n`).join("");
}

/** A line of our own export form; header values are texts. */
export function recordLine(
  coordinates: { readonly topic: string; readonly partition: number; readonly offset: number },
  headers: readonly (readonly [string, string])[],
  value: unknown = {},
): string {
  const encoder = new TextEncoder();
  const line = losslessLine({
    ...coordinates,
    offset: String(coordinates.offset),
    timestampMs: FIRST_TIME * 1000,
    timestampType: "create",
    key: null,
    value: encoder.encode(JSON.stringify(value)),
    headers: headers.map(([name, text]) => [name, encoder.encode(text)] as const),
  });
  return `${line}\n`;
}
