import { isObject, type JsonValue } from "../json/value.ts";
import { err, ok, type Result } from "../result.ts";
import { readChioYaml } from "./chio-yaml.ts";
import type { EffectivePolicy } from "./effective-policy.ts";
import { type ResolvePolicy, resolveExtends } from "./extends.ts";
import { readHushSpec } from "./hushspec.ts";
import type { PolicyProblem } from "./problem.ts";

export interface CompileOptions {
  /** Absent where a policy may not reach for another one. */
  readonly resolve?: ResolvePolicy;
}

/**
 * Compiles a policy document of either form, told apart by the member `hushspec`, to what is enforced. Unknown
 * members, wrong types and what this kernel cannot enforce are refused, all problems at once. Patterns are
 * compiled when the policy is loaded ({@link ./load.ts}).
 */
export function compilePolicy(
  document: JsonValue,
  options: CompileOptions = {},
): Result<EffectivePolicy, readonly PolicyProblem[]> {
  const isHushSpec = isObject(document) && Object.hasOwn(document, "hushspec");
  if (!isHushSpec) {
    return compiled(document, readChioYaml);
  }
  const whole = resolveExtends(document, options.resolve ?? null);
  return whole.ok ? compiled(whole.value, readHushSpec) : err([whole.error]);
}

function compiled(
  document: JsonValue,
  read: (document: JsonValue, problems: PolicyProblem[]) => EffectivePolicy,
): Result<EffectivePolicy, readonly PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  const policy = read(document, problems);
  return problems.length === 0 ? ok(policy) : err(problems);
}
