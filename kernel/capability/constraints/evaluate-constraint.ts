import type { Constraint } from "../model.ts";
import { NEVER, UNCHECKED } from "./beyond.ts";
import { domainExact, domainGlob } from "./domain.ts";
import { audienceAllowlist, custom, memoryStoreAllowlist } from "./members.ts";
import { modelConstraint } from "./model-constraint.ts";
import type { ConstraintInput, ConstraintOutcome, Judge } from "./outcome.ts";
import { pathPrefix } from "./path.ts";
import { memoryWriteDenyPatterns, regexMatch } from "./pattern.ts";
import { maxArgsSize, maxLength } from "./size.ts";

/** What every kernel evaluates alike. */
const PORTABLE: ReadonlyMap<string, Judge> = new Map([
  ["path_prefix", pathPrefix],
  ["domain_exact", domainExact],
  ["domain_glob", domainGlob],
  ["max_length", maxLength],
  ["max_args_size", maxArgsSize],
  ["custom", custom],
  ["audience_allowlist", audienceAllowlist],
  ["memory_store_allowlist", memoryStoreAllowlist],
]);

const FULL: ReadonlyMap<string, Judge> = new Map([
  ...PORTABLE,
  ["regex_match", regexMatch],
  ["memory_write_deny_patterns", memoryWriteDenyPatterns],
  ["model_constraint", modelConstraint],
  ...UNCHECKED,
  ...NEVER,
]);

/**
 * What a constraint says about a call (kernel semantics 1.4). A type that the mode does not know is an error,
 * and so is a value that its type does not have: what cannot be evaluated must not pass.
 */
export function evaluateConstraint(
  { type, value }: Constraint,
  input: ConstraintInput,
): ConstraintOutcome {
  const judge = (input.mode === "full" ? FULL : PORTABLE).get(type);
  if (judge === undefined) {
    return { kind: "error", detail: `constraint ${type} cannot be evaluated` };
  }
  return judge(value, input) ?? { kind: "error", detail: `constraint ${type} is malformed` };
}
