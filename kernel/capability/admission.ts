import type { Primitives } from "../primitives.ts";
import { subsetProblem } from "./attenuation.ts";
import { signatureProblem } from "./covered-form.ts";
import { type Delegated, declaredProblem } from "./declared-attenuation.ts";
import { delegationCheck, linkInspections } from "./delegation.ts";
import type { Capability, CapabilitySnapshot, DelegationLink, Scope, VerifyNow } from "./model.ts";
import type { CapabilityProblem } from "./problem.ts";

export interface AdmissionContext {
  /** What is known of an issued capability; null for one that is not known. */
  readonly lineage: (id: string) => CapabilitySnapshot | null;
  /** The most links that a chain may have. */
  readonly maxDepth: number;
  readonly verify: VerifyNow;
  readonly primitives: Primitives;
}

/**
 * Why a delegated token is not admitted, or null (kernel semantics 1.7): the links are signed and join, every
 * ancestor is known, and no step gave more than the step before it had. A token that was issued directly has
 * no links and passes.
 */
export function admitDelegation(
  capability: Capability,
  context: AdmissionContext,
): CapabilityProblem | null {
  if (capability.delegationChain.length === 0) {
    return null;
  }
  const detail =
    structureProblem(capability, context) ??
    signaturesProblem(capability, context) ??
    lineageProblem(capability, context);
  return detail === null
    ? null
    : { code: "delegation-invalid", reason: `delegation admission failed: ${detail}` };
}

/** Before the signatures: a chain of a million links must not cost a million verifications. */
function structureProblem(
  { delegationChain, subject, token }: Capability,
  { maxDepth }: AdmissionContext,
): string | null {
  const depth = delegationChain.length;
  if (depth > maxDepth) {
    return `delegation depth exceeded: ${depth} links, at most ${maxDepth}`;
  }
  const { outcome } = delegationCheck(token, null);
  if (outcome.kind === "failed") {
    return `links do not join at ${outcome.pointer}: expected ${outcome.expected}, found ${outcome.actual}`;
  }
  return delegationChain.at(-1)?.delegatee === subject
    ? null
    : "last delegatee is not the capability subject";
}

function signaturesProblem(
  { token }: Capability,
  { verify, primitives }: AdmissionContext,
): string | null {
  const { claims, checks } = linkInspections(token, primitives);
  const unreadable = checks[0]?.outcome;
  if (unreadable?.kind === "failed") {
    return `signature cannot be read at ${unreadable.pointer}`;
  }
  for (const [index, claim] of claims.entries()) {
    const problem = signatureProblem(claim, verify);
    if (problem !== null) {
      return `signature invalid at link index ${index}${problem.detail}`;
    }
  }
  return null;
}

/**
 * Walks from the root: each link hands on what the stored snapshot of its capability held. A child's subject
 * needs no look of its own: it is the next step's delegator, or the token's subject.
 */
function lineageProblem(capability: Capability, { lineage }: AdmissionContext): string | null {
  const chain = capability.delegationChain;
  const ancestors: CapabilitySnapshot[] = [];
  for (const [index, { capabilityId }] of chain.entries()) {
    const snapshot = lineage(capabilityId);
    if (snapshot === null) {
      return `no record of ancestor ${capabilityId}`;
    }
    if (snapshot.depth !== index) {
      return `ancestor ${capabilityId} is at depth ${snapshot.depth}, presented at ${index}`;
    }
    const parentId = chain[index - 1]?.capabilityId ?? null;
    if (snapshot.parentId !== parentId) {
      return `ancestor ${capabilityId} descends from ${snapshot.parentId ?? "no other"}, presented under ${parentId ?? "no other"}`;
    }
    ancestors.push(snapshot);
  }
  for (const [index, parent] of ancestors.entries()) {
    const link = chain[index];
    const child = ancestors[index + 1] ?? capability;
    const problem = link === undefined ? "no link" : stepProblem(parent, link, child);
    if (problem !== null) {
      return problem;
    }
  }
  return null;
}

function stepProblem(
  parent: CapabilitySnapshot,
  link: DelegationLink,
  child: Delegated,
): string | null {
  if (parent.subject !== link.delegator) {
    return `delegator of ${parent.id} is not its subject`;
  }
  if (link.timestamp < parent.issuedAt) {
    return `${parent.id} was delegated before it was issued`;
  }
  if (link.timestamp >= parent.expiresAt) {
    return `${parent.id} was delegated after it expired`;
  }
  if (child.issuedAt < link.timestamp) {
    return `${child.id} was issued before it was delegated`;
  }
  if (child.expiresAt > parent.expiresAt) {
    return `${child.id} expires after its parent ${parent.id}`;
  }
  return subsetProblem(child.scope, delegable(parent.scope)) ?? declaredProblem(link, child);
}

/** What may be handed on: the grants that carry `delegate`. */
function delegable(scope: Scope): Scope {
  const may = ({ operations }: { readonly operations: readonly string[] }): boolean =>
    operations.includes("delegate");
  return {
    grants: scope.grants.filter(may),
    resourceGrants: scope.resourceGrants.filter(may),
    promptGrants: scope.promptGrants.filter(may),
  };
}
