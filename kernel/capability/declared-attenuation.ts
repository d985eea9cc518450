import { type JsonObject, member } from "../json/value.ts";
import type { Result } from "../result.ts";
import { nameCovers, withinCost, withinCount } from "./attenuation.ts";
import type { DelegationLink, Scope, ToolGrant } from "./model.ts";
import { constraint, money, operation } from "./read-scope.ts";
import { closed, type ReadProblem, text, u64 } from "./readers.ts";

/** The capability that a link handed on: a stored ancestor or the presented token. */
export interface Delegated {
  readonly id: string;
  readonly scope: Scope;
  readonly issuedAt: bigint;
  readonly expiresAt: bigint;
}

/**
 * The first attenuation that a link declares and its child does not hold, as a sentence; null where all hold.
 * A kind that this kernel does not know, or one that it cannot read, does not hold: nobody looked at it.
 */
export function declaredProblem(link: DelegationLink, child: Delegated): string | null {
  const broken = link.attenuations.findIndex((declared) => !holds(declared, child));
  return broken === -1
    ? null
    : `${child.id} does not hold attenuation ${broken} (${kindOf(link.attenuations[broken])})`;
}

function kindOf(attenuation: JsonObject | undefined): string {
  const kind = attenuation === undefined ? undefined : member(attenuation, "type");
  return typeof kind === "string" ? kind : "of no type";
}

const TARGET = { type: text, server_id: text, tool_name: text } as const;
const REMOVE_TOOL = closed("an attenuation", TARGET);
const REMOVE_OPERATION = closed("an attenuation", { ...TARGET, operation });
const ADD_CONSTRAINT = closed("an attenuation", { ...TARGET, constraint });
const REDUCE_BUDGET = closed("an attenuation", { ...TARGET, max_invocations: u64 });
const SHORTEN_EXPIRY = closed("an attenuation", { type: text, new_expires_at: u64 });
const REDUCE_COST = closed("an attenuation", { ...TARGET, max_cost_per_invocation: money });
const REDUCE_TOTAL = closed("an attenuation", { ...TARGET, max_total_cost: money });

function holds(attenuation: JsonObject, child: Delegated): boolean {
  switch (member(attenuation, "type")) {
    case "remove_tool":
      return everyTarget(REMOVE_TOOL(attenuation, ""), child, () => false);
    case "remove_operation":
      return everyTarget(
        REMOVE_OPERATION(attenuation, ""),
        child,
        (grant, removed) => !grant.operations.includes(removed.operation),
      );
    case "add_constraint":
      return everyTarget(ADD_CONSTRAINT(attenuation, ""), child, (grant, added) =>
        grant.constraints.some(({ canonical }) => canonical === added.constraint.canonical),
      );
    case "reduce_budget":
      return everyTarget(REDUCE_BUDGET(attenuation, ""), child, (grant, reduced) =>
        withinCount(grant.maxInvocations, reduced.max_invocations),
      );
    case "reduce_cost_per_invocation":
      return everyTarget(REDUCE_COST(attenuation, ""), child, (grant, reduced) =>
        withinCost(grant.maxCostPerInvocation, reduced.max_cost_per_invocation),
      );
    case "reduce_total_cost":
      return everyTarget(REDUCE_TOTAL(attenuation, ""), child, (grant, reduced) =>
        withinCost(grant.maxTotalCost, reduced.max_total_cost),
      );
    case "shorten_expiry": {
      const shortened = SHORTEN_EXPIRY(attenuation, "");
      return shortened.ok && child.expiresAt <= shortened.value.new_expires_at;
    }
    default:
      return false;
  }
}

interface Target {
  readonly server_id: string;
  readonly tool_name: string;
}

/** Whether the condition holds on every grant of the child that could reach the named tool. */
function everyTarget<T extends Target>(
  read: Result<T, ReadProblem>,
  child: Delegated,
  condition: (grant: ToolGrant, attenuation: T) => boolean,
): boolean {
  return (
    read.ok &&
    child.scope.grants
      .filter((grant) => reaches(grant, read.value))
      .every((grant) => condition(grant, read.value))
  );
}

/** A `*` on either side reaches: "no tool of any server" must not be kept by naming one. */
function reaches(grant: ToolGrant, target: Target): boolean {
  return overlap(grant.serverId, target.server_id) && overlap(grant.toolName, target.tool_name);
}

function overlap(left: string, right: string): boolean {
  return nameCovers(left, right) || nameCovers(right, left);
}
