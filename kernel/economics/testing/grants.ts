import type { Money, ToolGrant } from "../../capability/model.ts";
import type { MatchedGrant } from "../../capability/scope.ts";

export function usd(units: bigint): Money {
  return { units, currency: "USD" };
}

/** A matched grant with the given limits, and no other condition. */
export function matched(
  index: number,
  limits: Partial<Pick<ToolGrant, "maxInvocations" | "maxCostPerInvocation" | "maxTotalCost">>,
): MatchedGrant {
  return {
    index,
    unchecked: [],
    grant: {
      serverId: "server",
      toolName: "tool",
      operations: ["invoke"],
      constraints: [],
      maxInvocations: null,
      maxCostPerInvocation: null,
      maxTotalCost: null,
      dpopRequired: false,
      ...limits,
    },
  };
}
