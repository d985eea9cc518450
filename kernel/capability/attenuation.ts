import type { Money, Operation, PatternGrant, Scope, ToolGrant } from "./model.ts";
import { patternCovers } from "./pattern.ts";

/** Whether a child scope gives nothing that its parent does not give (kernel semantics 1.5). */
export function isSubsetOf(child: Scope, parent: Scope): boolean {
  return subsetProblem(child, parent) === null;
}

/** The first grant of the child that no grant of the parent covers, as a sentence; null for a subset. */
export function subsetProblem(child: Scope, parent: Scope): string | null {
  return (
    uncovered("grant", child.grants, parent.grants, toolGrantCovers) ??
    uncovered("resource grant", child.resourceGrants, parent.resourceGrants, patternGrantCovers) ??
    uncovered("prompt grant", child.promptGrants, parent.promptGrants, patternGrantCovers)
  );
}

/** One grant of the parent must cover the whole of a grant of the child: two halves are not put together. */
function uncovered<G>(
  noun: string,
  children: readonly G[],
  parents: readonly G[],
  covers: (parent: G, child: G) => boolean,
): string | null {
  const index = children.findIndex((child) => !parents.some((parent) => covers(parent, child)));
  return index === -1 ? null : `${noun} ${index} exceeds what its parent holds`;
}

function toolGrantCovers(parent: ToolGrant, child: ToolGrant): boolean {
  const held = new Set(child.constraints.map(({ canonical }) => canonical));
  return (
    nameCovers(parent.serverId, child.serverId) &&
    nameCovers(parent.toolName, child.toolName) &&
    operationsCover(parent.operations, child.operations) &&
    parent.constraints.every(({ canonical }) => held.has(canonical)) &&
    withinCount(child.maxInvocations, parent.maxInvocations) &&
    withinCost(child.maxCostPerInvocation, parent.maxCostPerInvocation) &&
    withinCost(child.maxTotalCost, parent.maxTotalCost) &&
    (child.dpopRequired || !parent.dpopRequired)
  );
}

function patternGrantCovers(parent: PatternGrant, child: PatternGrant): boolean {
  return (
    patternCovers(parent.pattern, child.pattern) &&
    operationsCover(parent.operations, child.operations)
  );
}

function operationsCover(parent: readonly Operation[], child: readonly Operation[]): boolean {
  return child.every((operation) => parent.includes(operation));
}

/** `*` is every name; anything else is one name. */
export function nameCovers(held: string, asked: string): boolean {
  return held === "*" || held === asked;
}

/** Whether a cap keeps within another; a cap of null is none, and no cap keeps within one. */
export function withinCount(cap: bigint | null, limit: bigint | null): boolean {
  return limit === null || (cap !== null && cap <= limit);
}

/** The same for amounts; amounts of two currencies are never compared. */
export function withinCost(cap: Money | null, limit: Money | null): boolean {
  return (
    limit === null || (cap !== null && cap.currency === limit.currency && cap.units <= limit.units)
  );
}
