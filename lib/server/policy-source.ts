import { readFileSync } from "node:fs";
import type { LoadedPolicy } from "@/kernel/evaluation/model.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { compilePolicy } from "@/kernel/policy/compile.ts";
import { defaultPolicy } from "@/kernel/policy/defaults.ts";
import { loadPolicy } from "@/kernel/policy/load.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { CompilePattern } from "@/kernel/regex.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { readPolicyText } from "@/lib/policy/read-policy.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";

export interface PolicySourceProblem {
  /** RFC 6901, into the document. */
  readonly pointer: string;
  readonly message: string;
}

/**
 * A policy that a caller sends: a document, or the text of a policy file in JSON or YAML. It may not extend
 * another one, since that would be a file of this server. Its patterns are compiled by `compile`.
 */
export function policyOf(
  policy: JsonValue,
  primitives: Primitives,
  compile: CompilePattern,
): Result<LoadedPolicy, PolicySourceProblem> {
  const document = typeof policy === "string" ? documentOf(policy) : ok(policy);
  return document.ok ? compiled(document.value, primitives, compile) : document;
}

/** The policy in force: that of a file, or the default where none is named. Every problem refuses it. */
export function serverPolicy(
  file: string | null,
  primitives: Primitives,
): Result<LoadedPolicy, PolicySourceProblem> {
  if (file === null) {
    const loaded = loadPolicy(defaultPolicy(), compileRe2, primitives);
    return loaded.ok ? loaded : err(firstOf(loaded.error));
  }
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return err({ pointer: "", message: "The file cannot be read." });
  }
  const document = documentOf(text);
  return document.ok ? compiled(document.value, primitives, compileRe2) : document;
}

function documentOf(text: string): Result<JsonValue, PolicySourceProblem> {
  const read = readPolicyText(text);
  if (read.ok) {
    return read;
  }
  const { line, column, problem } = read.error;
  return err({ pointer: "", message: `Line ${line}, column ${column}: ${problem}.` });
}

function compiled(
  document: JsonValue,
  primitives: Primitives,
  compile: CompilePattern,
): Result<LoadedPolicy, PolicySourceProblem> {
  const effective = compilePolicy(document);
  if (!effective.ok) {
    return err(firstOf(effective.error));
  }
  const loaded = loadPolicy(effective.value, compile, primitives);
  return loaded.ok ? loaded : err(firstOf(loaded.error));
}

function firstOf(
  problems: readonly { readonly pointer: string; readonly detail: string }[],
): PolicySourceProblem {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return { pointer: first?.pointer ?? "", message: `${first?.detail ?? "refused"}${more}.` };
}
