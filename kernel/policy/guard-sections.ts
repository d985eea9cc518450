import { DEFAULT_AGENT_VELOCITY } from "../guards/agent-velocity.ts";
import { DEFAULT_EGRESS_ALLOWLIST } from "../guards/egress-allowlist.ts";
import { DEFAULT_FORBIDDEN_PATH } from "../guards/forbidden-path.ts";
import { DEFAULT_INTERNAL_NETWORK } from "../guards/internal-network.ts";
import { DEFAULT_PATCH_INTEGRITY } from "../guards/patch-integrity.ts";
import { DEFAULT_SECRET_LEAK } from "../guards/secret-leak.ts";
import { DEFAULT_SHELL_COMMAND } from "../guards/shell-command.ts";
import type {
  AgentVelocityConfig,
  EgressAllowlistConfig,
  ForbiddenPathConfig,
  InternalNetworkConfig,
  PatchIntegrityConfig,
  PathAllowlistConfig,
  SecretLeakConfig,
  ShellCommandConfig,
  VelocityConfig,
} from "./effective-policy.ts";
import type { Section } from "./section.ts";

/**
 * The configuration of one guard, from its section in either form. A section that is absent, or that says
 * `enabled: false`, leaves the guard off; it is read in both cases, so that a mistake in it is found before
 * somebody switches it on.
 */
export function guardOf<T>(
  section: Section | null,
  read: (section: Section) => T,
  enabledByDefault = true,
): T | null {
  if (section === null) {
    return null;
  }
  const enabled = section.flag("enabled", enabledByDefault);
  const config = read(section);
  section.end();
  return enabled ? config : null;
}

/** Refuses a section that is on. What stands in it is not looked at: it would have no effect. */
export function refuseUnlessOff(parent: Section, name: string): void {
  const section = parent.section(name);
  if (section?.flag("enabled", true) === true) {
    section.refuse(
      "unenforceable",
      "is not enforced by this kernel: leave it out, or say enabled: false",
    );
  }
}

/** The exceptions hold beside the default patterns too; upstream drops them there. */
export function forbiddenPath(section: Section): ForbiddenPathConfig {
  return {
    patterns: section.textsOrDefault("patterns", DEFAULT_FORBIDDEN_PATH.patterns),
    exceptions: section.texts("exceptions", []),
  };
}

export function pathAllowlist(section: Section): PathAllowlistConfig {
  return {
    read: section.texts("read", []),
    write: section.texts("write", []),
    patch: section.texts("patch", []),
  };
}

export function shellCommand(section: Section): ShellCommandConfig {
  return {
    forbiddenPatterns: section.textsOrDefault(
      "forbidden_patterns",
      DEFAULT_SHELL_COMMAND.forbiddenPatterns,
    ),
  };
}

/** Two empty lists mean the built-in ones; one empty list means what it says. */
export function egressAllowlist(
  section: Section,
  allowName: string,
  blockName: string,
): EgressAllowlistConfig {
  const allow = section.texts(allowName, []);
  const block = section.texts(blockName, []);
  return [...allow, ...block].length === 0 ? DEFAULT_EGRESS_ALLOWLIST : { allow, block };
}

export function internalNetwork(section: Section): InternalNetworkConfig {
  return {
    extraBlockedHosts: section.texts(
      "extra_blocked_hosts",
      DEFAULT_INTERNAL_NETWORK.extraBlockedHosts,
    ),
    dnsRebindingDetection: section.flag(
      "dns_rebinding_detection",
      DEFAULT_INTERNAL_NETWORK.dnsRebindingDetection,
    ),
  };
}

export function secretLeak(section: Section): SecretLeakConfig {
  return {
    patterns: DEFAULT_SECRET_LEAK.patterns,
    skipPaths: section.textsOrDefault("skip_paths", DEFAULT_SECRET_LEAK.skipPaths),
  };
}

export function patchIntegrity(section: Section): PatchIntegrityConfig {
  const defaults = DEFAULT_PATCH_INTEGRITY;
  return {
    maxAdditions: section.count("max_additions", defaults.maxAdditions),
    maxDeletions: section.count("max_deletions", defaults.maxDeletions),
    forbiddenPatterns: section.textsOrDefault("forbidden_patterns", defaults.forbiddenPatterns),
    requireBalance: section.flag("require_balance", defaults.requireBalance),
    maxImbalanceRatio: section.ratio("max_imbalance_ratio", defaults.maxImbalanceRatio),
  };
}

/** Limits that are absent take the given value, which may be none. */
export function velocity(section: Section, invocations: bigint | null): VelocityConfig {
  return {
    maxInvocationsPerWindow: section.limit("max_invocations_per_window", invocations),
    maxSpendPerWindow: section.limit("max_spend_per_window", null),
    ...windowOf(section),
  };
}

export function agentVelocity(section: Section, requests: bigint | null): AgentVelocityConfig {
  return {
    maxRequestsPerAgent: section.limit("max_requests_per_agent", requests),
    maxRequestsPerSession: section.limit("max_requests_per_session", null),
    ...windowOf(section),
  };
}

function windowOf(section: Section): { windowSeconds: bigint; burstFactor: number } {
  return {
    windowSeconds: section.count("window_secs", DEFAULT_AGENT_VELOCITY.windowSeconds, 1n),
    burstFactor: section.ratio("burst_factor", DEFAULT_AGENT_VELOCITY.burstFactor),
  };
}
