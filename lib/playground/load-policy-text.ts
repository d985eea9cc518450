import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import type { LoadedPolicy } from "@/kernel/evaluation/model.ts";
import { compilePolicy } from "@/kernel/policy/compile.ts";
import { defaultPolicy } from "@/kernel/policy/defaults.ts";
import { loadPolicy } from "@/kernel/policy/load.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { readPolicyText } from "@/lib/policy/read-policy.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";
import type { InputProblem } from "./model.ts";

/** The default policy takes a while to compile: once for a page. */
let byDefault: LoadedPolicy | null = null;

/** A policy document (YAML or JSON), ready to judge by; null is the default policy. All problems come at once. */
export function loadPolicyText(text: string | null): Result<LoadedPolicy, readonly InputProblem[]> {
  if (text === null) {
    byDefault ??= loadedDefault();
    return ok(byDefault);
  }
  const read = readPolicyText(text);
  if (!read.ok) {
    const { line, column, problem } = read.error;
    return err([refused(`The policy, line ${line}, column ${column}: ${problem}.`)]);
  }
  const compiled = compilePolicy(read.value);
  const loaded = compiled.ok ? loadPolicy(compiled.value, compileRe2, purePrimitives) : compiled;
  return loaded.ok
    ? loaded
    : err(
        loaded.error.map(({ pointer, detail }) =>
          refused(`The policy, ${pointer === "" ? "the whole document" : pointer}: ${detail}.`),
        ),
      );
}

function loadedDefault(): LoadedPolicy {
  const loaded = loadPolicy(defaultPolicy(), compileRe2, purePrimitives);
  if (!loaded.ok) {
    throw new Error("the default policy can be loaded");
  }
  return loaded.value;
}

function refused(message: string): InputProblem {
  return { input: "policy", message, offset: null };
}
