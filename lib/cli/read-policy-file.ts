import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { LoadedPolicy } from "@/kernel/evaluation/model.ts";
import { compilePolicy } from "@/kernel/policy/compile.ts";
import { defaultPolicy } from "@/kernel/policy/defaults.ts";
import type { ResolvePolicy } from "@/kernel/policy/extends.ts";
import { loadPolicy } from "@/kernel/policy/load.ts";
import type { PolicyProblem } from "@/kernel/policy/problem.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { MAX_POLICY_TEXT, readPolicyText } from "@/lib/policy/read-policy.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";
import { readTextFile } from "./read-text-file.ts";

/** A character of a policy takes at most four octets. */
const LARGEST = 4 * MAX_POLICY_TEXT;

/**
 * The policy of a file, chio.yaml or HushSpec, as YAML or JSON; without a path, the kernel's defaults. What it
 * extends is read from the same folder. The error lists every problem, each with its place.
 */
export async function readPolicyFile(
  path: string | null,
  cwd: string,
  primitives: Primitives,
): Promise<Result<LoadedPolicy, string>> {
  if (path === null) {
    return said("default policy", loadPolicy(defaultPolicy(), compileRe2, primitives));
  }
  const refuse = (why: string): Result<never, string> => err(`policy ${path}: ${why}`);
  const text = await readTextFile(path, { cwd, stdin: null }, LARGEST);
  if (!text.ok) {
    return refuse(text.error);
  }
  const document = readPolicyText(text.value);
  if (!document.ok) {
    const { line, column, problem } = document.error;
    return refuse(`line ${line}, column ${column}: ${problem}`);
  }
  const compiled = compilePolicy(document.value, { resolve: besides(resolve(cwd, path)) });
  return said(
    `policy ${path}`,
    compiled.ok ? loadPolicy(compiled.value, compileRe2, primitives) : compiled,
  );
}

function said(
  name: string,
  loaded: Result<LoadedPolicy, readonly PolicyProblem[]>,
): Result<LoadedPolicy, string> {
  return loaded.ok ? ok(loaded.value) : err(`${name}: ${loaded.error.map(sentence).join("; ")}`);
}

function sentence({ pointer, detail }: PolicyProblem): string {
  return `${pointer || "the document"}: ${detail}`;
}

const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/u;

/** Files in the folder of the policy alone: a policy from elsewhere must not read its way through the disk. */
function besides(path: string): ResolvePolicy {
  const folder = dirname(path);
  return (name) => {
    if (!FILE_NAME.test(name)) {
      return err("only a file beside the policy can be extended");
    }
    let text: string;
    try {
      text = readFileSync(resolve(folder, name), "utf8");
    } catch {
      return err("cannot be read");
    }
    const document = readPolicyText(text);
    return document.ok ? document : err(`line ${document.error.line}: ${document.error.problem}`);
  };
}
