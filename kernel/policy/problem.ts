/**
 * Why a policy is refused. `unenforceable`: it asks for something that this kernel does not check; a policy
 * that is loaded without it would be weaker than what its author reads. `unresolved`: the policy that it
 * extends cannot be had.
 */
export type PolicyProblemKind =
  | "unknown-key"
  | "wrong-type"
  | "out-of-range"
  | "unenforceable"
  | "invalid-pattern"
  | "unresolved";

export interface PolicyProblem {
  /** RFC 6901, into the document as it was written, or into the effective policy for a pattern. */
  readonly pointer: string;
  readonly kind: PolicyProblemKind;
  /** One sentence without its full stop. */
  readonly detail: string;
}
