import type { ToolGrant } from "../capability/model.ts";
import type { ToolCall } from "../evaluation/call.ts";
import { classifyAction } from "../guards/classify.ts";
import type { Guard, GuardAnswer, GuardFactory, GuardRequest } from "../guards/guard.ts";
import { mapMemory } from "../guards/memory.ts";
import type { JsonValue } from "../json/value.ts";
import { NO_GUARDS } from "../policy/defaults.ts";
import type { GuardConfig } from "../policy/effective-policy.ts";
import { compileNative } from "./native-regex.ts";

/** One guard by itself, from its part of the policy. */
export function guardWith(factory: GuardFactory, config: Partial<GuardConfig>): Guard {
  const made = factory.make({ ...NO_GUARDS, ...config }, compileNative);
  if (!made.ok || made.value === null) {
    throw new Error(made.ok ? `${factory.name} is off` : made.error);
  }
  return made.value;
}

/** Why a guard cannot be made from a part of a policy. */
export function problemOf(factory: GuardFactory, config: Partial<GuardConfig>): string {
  const made = factory.make({ ...NO_GUARDS, ...config }, compileNative);
  return made.ok ? "none" : made.error;
}

export const FREE_GRANT: ToolGrant = {
  serverId: "srv",
  toolName: "*",
  operations: ["invoke"],
  constraints: [],
  maxInvocations: null,
  maxCostPerInvocation: null,
  maxTotalCost: null,
  dpopRequired: false,
};

/** A call as a guard sees it, classified by the real classifier. */
export function guardRequest(
  toolName: string,
  callArguments: JsonValue,
  over: Partial<GuardRequest> & { readonly called?: Partial<ToolCall> } = {},
): GuardRequest {
  const { called, ...rest } = over;
  return {
    call: {
      requestId: "req-1",
      agentId: "agent-1",
      serverId: "srv",
      toolName,
      arguments: callArguments,
      boundary: "tool",
      sessionId: null,
      model: null,
      roots: null,
      ...called,
    },
    action: classifyAction(toolName, callArguments),
    capabilityId: "cap-1",
    grant: { index: 0, grant: FREE_GRANT },
    now: 1_767_225_600_000n,
    memory: mapMemory(),
    ...rest,
  };
}

/** `allow`, or the reason of the denial. */
export function reasonOf(answer: GuardAnswer): string {
  return answer.verdict === "allow" ? "allow" : answer.reason;
}
