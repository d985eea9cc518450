import { constraintFits, type MatchOptions, type ScopedCall, targetFit } from "./compare.ts";
import type { Constraint, Scope, ToolGrant } from "./model.ts";

/** A grant that covers a call. */
export interface MatchedGrant {
  /** Its place in the scope. */
  readonly index: number;
  readonly grant: ToolGrant;
  /** Constraints that nothing here can check; a call must not pass on a grant that has any. */
  readonly unchecked: readonly Constraint[];
}

export type ScopeMatch =
  /** At least one grant, the most specific first. */
  | { readonly kind: "matched"; readonly grants: readonly MatchedGrant[] }
  | { readonly kind: "none" }
  | { readonly kind: "constraint-error"; readonly index: number; readonly detail: string };

/**
 * The grants of a scope that cover a call (kernel semantics 1.3), those with an exact server first, then with
 * an exact tool, then with more constraints, then as listed. Constraints are looked at only where the target
 * fits; there, one that cannot be evaluated fails the whole request, whatever other grants say: which grant
 * its issuer meant to restrict is not ours to guess.
 */
export function resolveMatchingGrants(
  scope: Scope,
  call: ScopedCall,
  options: MatchOptions,
): ScopeMatch {
  const grants: MatchedGrant[] = [];
  for (const [index, grant] of scope.grants.entries()) {
    const { server, tool, operation } = targetFit(grant, call);
    if (!(server && tool && operation)) {
      continue;
    }
    const fits = constraintFits(grant, call, options);
    for (const { outcome } of fits) {
      if (outcome.kind === "error") {
        return { kind: "constraint-error", index, detail: outcome.detail };
      }
    }
    if (fits.every(({ outcome }) => outcome.kind !== "fails")) {
      const unchecked = fits.filter(({ outcome }) => outcome.kind === "unchecked");
      grants.push({ index, grant, unchecked: unchecked.map(({ constraint }) => constraint) });
    }
  }
  return grants.length === 0
    ? { kind: "none" }
    : { kind: "matched", grants: grants.sort(bySpecificity) };
}

/** The sort is stable: grants that are equally specific stay as listed. */
function bySpecificity(left: MatchedGrant, right: MatchedGrant): number {
  return (
    exactness(right.grant.serverId) - exactness(left.grant.serverId) ||
    exactness(right.grant.toolName) - exactness(left.grant.toolName) ||
    right.grant.constraints.length - left.grant.constraints.length
  );
}

function exactness(name: string): number {
  return Number(name !== "*");
}
