import { canonicalize } from "../json/canonicalize.ts";
import type { JsonValue } from "../json/value.ts";
import { ok, type Result } from "../result.ts";
import {
  type Constraint,
  type Money,
  OPERATIONS,
  type PatternGrant,
  type Scope,
  type ToolGrant,
} from "./model.ts";
import {
  anything,
  closed,
  flag,
  list,
  name,
  oneOf,
  optional,
  optionalList,
  type Reader,
  type ReadProblem,
  text,
  u64,
} from "./readers.ts";

export const operation = oneOf("an operation", OPERATIONS);

/** An amount in minor units with its currency. */
export const money: Reader<Money> = closed("an amount", { units: u64, currency: name });

const constraintMembers = closed("a constraint", { type: text, value: anything });

/** A constraint of any type: whether it can be evaluated is asked when a call comes. */
export function constraint(
  value: JsonValue | undefined,
  pointer: string,
): Result<Constraint, ReadProblem> {
  const read = constraintMembers(value, pointer);
  return read.ok ? ok({ ...read.value, canonical: canonicalize(value ?? null) }) : read;
}

const toolGrantMembers = closed("a tool grant", {
  server_id: text,
  tool_name: text,
  operations: list(operation),
  constraints: optionalList(constraint),
  max_invocations: optional(u64),
  max_cost_per_invocation: optional(money),
  max_total_cost: optional(money),
  dpop_required: optional(flag),
});

function toolGrant(value: JsonValue | undefined, pointer: string): Result<ToolGrant, ReadProblem> {
  const read = toolGrantMembers(value, pointer);
  if (!read.ok) {
    return read;
  }
  const grant = read.value;
  return ok({
    serverId: grant.server_id,
    toolName: grant.tool_name,
    operations: grant.operations,
    constraints: grant.constraints,
    maxInvocations: grant.max_invocations,
    maxCostPerInvocation: grant.max_cost_per_invocation,
    maxTotalCost: grant.max_total_cost,
    dpopRequired: grant.dpop_required === true,
  });
}

const resourceMembers = closed("a resource grant", {
  uri_pattern: text,
  operations: list(operation),
});

function resourceGrant(
  value: JsonValue | undefined,
  pointer: string,
): Result<PatternGrant, ReadProblem> {
  const read = resourceMembers(value, pointer);
  return read.ok
    ? ok({ pattern: read.value.uri_pattern, operations: read.value.operations })
    : read;
}

const promptMembers = closed("a prompt grant", {
  prompt_name: text,
  operations: list(operation),
});

function promptGrant(
  value: JsonValue | undefined,
  pointer: string,
): Result<PatternGrant, ReadProblem> {
  const read = promptMembers(value, pointer);
  return read.ok
    ? ok({ pattern: read.value.prompt_name, operations: read.value.operations })
    : read;
}

const scopeMembers = closed("a scope", {
  grants: optionalList(toolGrant),
  resource_grants: optionalList(resourceGrant),
  prompt_grants: optionalList(promptGrant),
});

/** A scope in normal form (`normalToken`): members that no typed form signs are already gone. */
export function readScope(
  value: JsonValue | undefined,
  pointer: string,
): Result<Scope, ReadProblem> {
  const read = scopeMembers(value, pointer);
  return read.ok
    ? ok({
        grants: read.value.grants,
        resourceGrants: read.value.resource_grants,
        promptGrants: read.value.prompt_grants,
      })
    : read;
}
