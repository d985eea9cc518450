import type { ToolCall } from "@/kernel/evaluation/call.ts";
import { readCallRequest } from "@/kernel/evaluation/read-request.ts";
import { NO_CAPABILITY } from "@/kernel/evaluation/receipt.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import {
  asText,
  asU64,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { detectForm } from "@/kernel/receipt/detect.ts";
import { parameterHashCheck } from "@/kernel/receipt/parameter-hash.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { WhyNot } from "./model.ts";

/** The call of a denied receipt. */
export interface DeniedCall {
  readonly capabilityId: string;
  /** Unix seconds, as the receipt asserts. */
  readonly timestamp: bigint;
  /** The agent that the kernel saw; null where the receipt names none. */
  readonly agent: string | null;
  /** The call that this agent made, or would have made. */
  callOf(agent: string): Result<ToolCall, WhyNot>;
}

/**
 * Reads the call out of a denied receipt: server, tool, parameters, time and agent as it says. Parameters that
 * were redacted, or are not the ones that were hashed, are not those that were asked for: nothing is judged
 * by them.
 */
export function deniedCall(
  receipt: JsonObject,
  primitives: Primitives,
): Result<DeniedCall, WhyNot> {
  const form = detectForm(receipt);
  if (form === "http") {
    return err({ why: "http-receipt" });
  }
  if (form === null || form === "child") {
    return err({ why: "no-call" });
  }
  const mode = asText(member(receipt, "redaction_mode")) ?? "none";
  if (mode !== "none") {
    return err({ why: "parameters-redacted" });
  }
  const action = member(receipt, "action");
  const parameters = isObject(action) ? member(action, "parameters") : undefined;
  if (parameters === undefined) {
    return err({ why: "no-parameters" });
  }
  const hash = parameterHashCheck(receipt, form, canonicalize(parameters), primitives, []).outcome;
  if (hash.kind === "failed") {
    return err({ why: "parameters-differ" });
  }
  if (hash.kind === "not-applicable") {
    return err({ why: "http-receipt" });
  }
  const timestamp = asU64(member(receipt, "timestamp"));
  if (timestamp === undefined) {
    return err({ why: "no-time" });
  }
  const capabilityId = asText(member(receipt, "capability_id")) ?? "";
  if (capabilityId === "" || capabilityId === NO_CAPABILITY) {
    return err({ why: "capability-not-named" });
  }
  return ok({
    capabilityId,
    timestamp,
    agent: agentOf(receipt),
    callOf: (agent) => callOf(receipt, agent, parameters),
  });
}

function callOf(
  receipt: JsonObject,
  agent: string,
  parameters: JsonValue,
): Result<ToolCall, WhyNot> {
  const model = memberIn(member(receipt, "metadata"), "model_metadata");
  const read = readCallRequest(
    {
      agent,
      server_id: member(receipt, "tool_server") ?? "",
      tool: member(receipt, "tool_name") ?? "",
      params: parameters,
      ...(model === undefined ? {} : { model_metadata: model }),
    },
    "replay",
  );
  return read.ok ? ok(read.value.call) : err({ why: "call-unreadable" });
}

/** `metadata.attribution.subject_key`. */
function agentOf(receipt: JsonObject): string | null {
  const attribution = memberIn(member(receipt, "metadata"), "attribution");
  const agent = asText(memberIn(attribution, "subject_key")) ?? "";
  return agent === "" ? null : agent;
}

function memberIn(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) ? member(value, name) : undefined;
}
