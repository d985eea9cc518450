import { readFileSync } from "node:fs";
import { parsePublicKey } from "@/kernel/crypto/key.ts";
import type { LoadedPolicy } from "@/kernel/evaluation/model.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { readToolServers, type ToolServerSettings } from "./dispatch/tool-servers.ts";
import { serverPolicy } from "./policy-source.ts";
import type { Settings } from "./settings.ts";

/** Why a server does not start. `message` names settings and files, never what a secret one holds. */
export interface StartProblem {
  readonly code:
    | "policy-refused"
    | "tool-servers-refused"
    | "issuer-refused"
    | "directory-held"
    | "directory-open-to-all"
    | "data-refused"
    | "key-refused"
    | "token-refused";
  readonly message: string;
}

/** What the settings ask for, understood; nothing was opened yet. */
export interface Plan {
  readonly policy: LoadedPolicy;
  readonly toolServers: ReadonlyMap<string, ToolServerSettings> | null;
  readonly issuers: readonly string[];
}

/** Understands the settings; every problem is one with its name and place. */
export function planOf(settings: Settings, primitives: Primitives): Result<Plan, StartProblem> {
  const policy = serverPolicy(settings.policyFile, primitives);
  if (!policy.ok) {
    const { pointer, message } = policy.error;
    const place = `${settings.policyFile ?? "the default policy"}${pointer}`;
    return err({ code: "policy-refused", message: `${place}: ${message}` });
  }
  const toolServers = toolServersOf(settings.toolServersFile);
  if (!toolServers.ok) {
    return toolServers;
  }
  const issuers: string[] = [];
  for (const text of settings.trustedIssuers) {
    const key = parsePublicKey(text);
    if (!key.ok) {
      return err({ code: "issuer-refused", message: `CHIO_TRUSTED_ISSUERS: ${text} is no key.` });
    }
    issuers.push(key.value.canonical);
  }
  return ok({ policy: policy.value, toolServers: toolServers.value, issuers });
}

function toolServersOf(file: string | null): Result<Plan["toolServers"], StartProblem> {
  if (file === null) {
    return ok(null);
  }
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return err({ code: "tool-servers-refused", message: `${file} cannot be read.` });
  }
  const servers = readToolServers(text);
  return servers.ok
    ? servers
    : err({
        code: "tool-servers-refused",
        message: `${file}${servers.error.pointer}: ${servers.error.code}.`,
      });
}
