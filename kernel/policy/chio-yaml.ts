import type { JsonValue } from "../json/value.ts";
import { DEFAULT_KERNEL, NO_GUARDS, USUAL_AGENT_VELOCITY, USUAL_VELOCITY } from "./defaults.ts";
import type { EffectivePolicy, GuardConfig, KernelConfig } from "./effective-policy.ts";
import {
  agentVelocity,
  egressAllowlist,
  forbiddenPath,
  guardOf,
  internalNetwork,
  patchIntegrity,
  pathAllowlist,
  refuseUnlessOff,
  secretLeak,
  shellCommand,
  velocity,
} from "./guard-sections.ts";
import { readCapabilities } from "./issued-capabilities.ts";
import { readDataFlow, readOutput, readRewrite } from "./own-sections.ts";
import { type Problems, Section } from "./section.ts";
import { type ToolAccess, toolAccess } from "./tool-access.ts";

/** Guards of upstream that this kernel does not have. */
const UNENFORCEABLE = [
  "sql_query",
  "vector_db",
  "warehouse_cost",
  "query_result",
  "content_review",
  "cloud_guardrails",
  "threat_intel",
];

/**
 * Seconds (kernel semantics 7.2): how long a capability may be issued for where the policy does not say. A
 * token that somebody else issued for longer is refused only by a policy that says so.
 */
const DEFAULT_MAX_TTL = 3600n;

/**
 * Reads chio.yaml (kernel semantics 7.2) with the sections that this kernel adds: `guards.velocity`,
 * `guards.agent_velocity`, `guards.data_flow`, `rewrites`, `output`. A guard whose section is absent is off;
 * one that is present is on unless it says `enabled: false`. Every default is written out.
 */
export function readChioYaml(document: JsonValue, problems: Problems): EffectivePolicy {
  const top = new Section(document, "", problems);
  const kernel = readKernel(top.sectionOrEmpty("kernel"));
  const { guards, tools } = readGuards(top.sectionOrEmpty("guards"));
  const capabilities = readCapabilities(
    top.sectionOrEmpty("capabilities"),
    tools,
    kernel.maxCapabilityTtl ?? DEFAULT_MAX_TTL,
  );
  const rewrites = top.sections("rewrites").flatMap(readRewrite);
  const output = readOutput(top.section("output"), guards.secretLeak !== null);
  top.end();
  return { kernel, guards, rewrites, output, ...capabilities };
}

/** What is allowed of sampling and elicitation is read and has no effect: this kernel offers neither to a tool. */
function readKernel(section: Section): KernelConfig {
  for (const name of ["allow_sampling", "allow_sampling_tool_use", "allow_elicitation"]) {
    section.flag(name, false);
  }
  if (section.flag("require_web3_evidence", false)) {
    section.problem("require_web3_evidence", "unenforceable", "is not checked by this kernel");
  }
  const kernel = {
    maxCapabilityTtl: section.limit("max_capability_ttl", null, 1n),
    delegationDepthLimit: section.small(
      "delegation_depth_limit",
      DEFAULT_KERNEL.delegationDepthLimit,
      0,
    ),
    checkpointBatchSize: section.small(
      "checkpoint_batch_size",
      DEFAULT_KERNEL.checkpointBatchSize,
      1,
    ),
  };
  section.end();
  return kernel;
}

function readGuards(section: Section): { guards: GuardConfig; tools: ToolAccess | null } {
  for (const name of UNENFORCEABLE) {
    refuseUnlessOff(section, name);
  }
  const read = <T>(name: string, reader: (part: Section) => T): T | null =>
    guardOf(section.section(name), reader);
  const tools = read("tool_access", (part) => toolAccess(part, "default_action"));
  const guards: GuardConfig = {
    ...NO_GUARDS,
    forbiddenPath: read("forbidden_path", (part) => {
      const { patterns, exceptions } = forbiddenPath(part);
      return { patterns: [...patterns, ...part.texts("additional_patterns", [])], exceptions };
    }),
    pathAllowlist: read("path_allowlist", pathAllowlist),
    shellCommand: read("shell_command", shellCommand),
    egressAllowlist: read("egress_allowlist", (part) =>
      egressAllowlist(part, "allowed_domains", "blocked_domains"),
    ),
    mcpTool: tools?.guard ?? null,
    secretLeak: read("secret_patterns", secretLeak),
    patchIntegrity: read("patch_integrity", patchIntegrity),
    velocity: read("velocity", (part) => velocity(part, USUAL_VELOCITY.maxInvocationsPerWindow)),
    agentVelocity: read("agent_velocity", (part) =>
      agentVelocity(part, USUAL_AGENT_VELOCITY.maxRequestsPerAgent),
    ),
    internalNetwork: read("internal_network", internalNetwork),
    dataFlow: read("data_flow", readDataFlow),
  };
  section.end();
  return { guards, tools };
}
