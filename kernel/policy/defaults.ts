import { DEFAULT_AGENT_VELOCITY } from "../guards/agent-velocity.ts";
import { DEFAULT_DATA_FLOW } from "../guards/data-flow.ts";
import { DEFAULT_EGRESS_ALLOWLIST } from "../guards/egress-allowlist.ts";
import { DEFAULT_FORBIDDEN_PATH } from "../guards/forbidden-path.ts";
import { DEFAULT_INTERNAL_NETWORK } from "../guards/internal-network.ts";
import { DEFAULT_MCP_TOOL } from "../guards/mcp-tool.ts";
import { DEFAULT_PATCH_INTEGRITY } from "../guards/patch-integrity.ts";
import { DEFAULT_SECRET_LEAK } from "../guards/secret-leak.ts";
import { DEFAULT_SHELL_COMMAND } from "../guards/shell-command.ts";
import { DEFAULT_VELOCITY } from "../guards/velocity.ts";
import type {
  AgentVelocityConfig,
  EffectivePolicy,
  GuardConfig,
  KernelConfig,
  OutputConfig,
  VelocityConfig,
} from "./effective-policy.ts";

/** A policy that does not speak of the life of tokens leaves it to their issuers. */
export const DEFAULT_KERNEL: KernelConfig = {
  maxCapabilityTtl: null,
  delegationDepthLimit: 5,
  checkpointBatchSize: 100,
};

/** Seconds (kernel semantics 7.2). */
export const DEFAULT_TTL = 300n;

/** Results of tools are searched for secrets before they are delivered. */
export const DEFAULT_OUTPUT: OutputConfig = { action: "redact", detect: ["secret"], names: [] };

/** The rate of the architecture document: a hundred calls under a grant in a minute. */
export const USUAL_VELOCITY: VelocityConfig = {
  ...DEFAULT_VELOCITY,
  maxInvocationsPerWindow: 100n,
};

/** Over all its capabilities an agent may call five times as often. */
export const USUAL_AGENT_VELOCITY: AgentVelocityConfig = {
  ...DEFAULT_AGENT_VELOCITY,
  maxRequestsPerAgent: 500n,
};

/** What a policy starts from that configures nothing: every guard is off. */
export const NO_GUARDS: GuardConfig = {
  forbiddenPath: null,
  pathAllowlist: null,
  shellCommand: null,
  egressAllowlist: null,
  mcpTool: null,
  secretLeak: null,
  patchIntegrity: null,
  velocity: null,
  agentVelocity: null,
  internalNetwork: null,
  dataFlow: null,
};

/**
 * What is enforced where no policy is given: every guard with its defaults (kernel semantics 2), but
 * path-allowlist, which without a list would deny every file. Nothing is issued unasked: its scope is empty.
 */
export function defaultPolicy(): EffectivePolicy {
  return {
    kernel: DEFAULT_KERNEL,
    guards: {
      forbiddenPath: DEFAULT_FORBIDDEN_PATH,
      pathAllowlist: null,
      shellCommand: DEFAULT_SHELL_COMMAND,
      egressAllowlist: DEFAULT_EGRESS_ALLOWLIST,
      mcpTool: DEFAULT_MCP_TOOL,
      secretLeak: DEFAULT_SECRET_LEAK,
      patchIntegrity: DEFAULT_PATCH_INTEGRITY,
      velocity: USUAL_VELOCITY,
      agentVelocity: USUAL_AGENT_VELOCITY,
      internalNetwork: DEFAULT_INTERNAL_NETWORK,
      dataFlow: DEFAULT_DATA_FLOW,
    },
    rewrites: [],
    output: DEFAULT_OUTPUT,
    defaultScope: { grants: [] },
    defaultTtl: DEFAULT_TTL,
  };
}
