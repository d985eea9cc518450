import type { ToolCall } from "../evaluation/call.ts";
import type { CompilePattern } from "../regex.ts";
import { nameCovers } from "./attenuation.ts";
import { evaluateConstraint } from "./constraints/evaluate-constraint.ts";
import type { ConstraintMode, ConstraintOutcome } from "./constraints/outcome.ts";
import type { Constraint, Scope, ToolGrant } from "./model.ts";

/** What of a call a scope is matched with. */
export type ScopedCall = Pick<ToolCall, "serverId" | "toolName" | "arguments" | "model">;

export interface MatchOptions {
  readonly mode: ConstraintMode;
  readonly compile: CompilePattern;
}

/** How a grant fits the name of a call. */
export interface TargetFit {
  readonly server: boolean;
  readonly tool: boolean;
  /** Whether the grant carries `invoke`. */
  readonly operation: boolean;
}

export interface ConstraintFit {
  readonly constraint: Constraint;
  readonly outcome: ConstraintOutcome;
}

export interface GrantComparison {
  /** The grant's place in the scope. */
  readonly index: number;
  readonly grant: ToolGrant;
  readonly target: TargetFit;
  readonly constraints: readonly ConstraintFit[];
}

/**
 * How each grant of a scope fits a call, part by part, also where its target does not: what a person needs to
 * see why nothing matched.
 */
export function compareGrants(
  scope: Scope,
  call: ScopedCall,
  options: MatchOptions,
): readonly GrantComparison[] {
  return scope.grants.map((grant, index) => ({
    index,
    grant,
    target: targetFit(grant, call),
    constraints: constraintFits(grant, call, options),
  }));
}

/** `*` is the only wildcard, and only as the whole name. */
export function targetFit(grant: ToolGrant, call: ScopedCall): TargetFit {
  return {
    server: nameCovers(grant.serverId, call.serverId),
    tool: nameCovers(grant.toolName, call.toolName),
    operation: grant.operations.includes("invoke"),
  };
}

export function constraintFits(
  grant: ToolGrant,
  call: ScopedCall,
  options: MatchOptions,
): readonly ConstraintFit[] {
  const input = { ...options, arguments: call.arguments, model: call.model };
  return grant.constraints.map((constraint) => ({
    constraint,
    outcome: evaluateConstraint(constraint, input),
  }));
}
