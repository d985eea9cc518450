import type { GuardConfig } from "../policy/effective-policy.ts";
import type { CompilePattern } from "../regex.ts";
import { err, ok, type Result } from "../result.ts";
import { agentVelocity } from "./agent-velocity.ts";
import { dataFlow } from "./data-flow.ts";
import { egressAllowlist } from "./egress-allowlist.ts";
import { forbiddenPath } from "./forbidden-path.ts";
import type { Guard, GuardFactory } from "./guard.ts";
import { internalNetwork } from "./internal-network.ts";
import { mcpTool } from "./mcp-tool.ts";
import { patchIntegrity } from "./patch-integrity.ts";
import { pathAllowlist } from "./path-allowlist.ts";
import { secretLeak } from "./secret-leak.ts";
import { shellCommand } from "./shell-command.ts";
import { velocity } from "./velocity.ts";

/**
 * Every guard in the order in which they run (kernel semantics 2.14): those that look at the call alone come
 * before those that remember. A guard of one's own is one file and one line here.
 */
export const GUARD_FACTORIES: readonly GuardFactory[] = [
  forbiddenPath,
  pathAllowlist,
  shellCommand,
  egressAllowlist,
  mcpTool,
  secretLeak,
  patchIntegrity,
  velocity,
  agentVelocity,
  internalNetwork,
  dataFlow,
];

export interface GuardProblem {
  readonly guard: string;
  readonly problem: string;
}

/** The guards that a policy turns on, in order; or every guard that cannot be built as it is written. */
export function makeGuards(
  config: GuardConfig,
  compile: CompilePattern,
  factories: readonly GuardFactory[] = GUARD_FACTORIES,
): Result<readonly Guard[], readonly GuardProblem[]> {
  const guards: Guard[] = [];
  const problems: GuardProblem[] = [];
  for (const { name, make } of factories) {
    const made = make(config, compile);
    if (!made.ok) {
      problems.push({ guard: name, problem: made.error });
    } else if (made.value !== null) {
      guards.push(made.value);
    }
  }
  return problems.length === 0 ? ok(guards) : err(problems);
}
