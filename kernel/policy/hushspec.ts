import { DEFAULT_INTERNAL_NETWORK } from "../guards/internal-network.ts";
import type { JsonValue } from "../json/value.ts";
import { DEFAULT_KERNEL, DEFAULT_OUTPUT, DEFAULT_TTL, NO_GUARDS } from "./defaults.ts";
import type {
  EffectivePolicy,
  EgressAllowlistConfig,
  GuardConfig,
  SecretLeakConfig,
} from "./effective-policy.ts";
import { MERGE_STRATEGIES } from "./extends.ts";
import {
  agentVelocity,
  egressAllowlist,
  forbiddenPath,
  guardOf,
  patchIntegrity,
  pathAllowlist,
  refuseUnlessOff,
  secretLeak,
  shellCommand,
  velocity,
} from "./guard-sections.ts";
import { EVERY_TOOL, type GrantTerms, toolGrants } from "./scope.ts";
import { type Problems, Section } from "./section.ts";
import { type ToolAccess, toolAccess } from "./tool-access.ts";

export const HUSHSPEC_VERSION = "0.1.0";

/** Rules for what this kernel does not mediate. */
const UNENFORCEABLE_RULES = [
  "computer_use",
  "remote_desktop_channels",
  "input_injection",
  "browser_automation",
  "code_execution",
];

/**
 * Each restricts what may be issued or done by something that this kernel does not know: a reputation, a
 * posture, where a request comes from. Without it the policy would permit more than it says.
 */
const UNENFORCEABLE_EXTENSIONS = [
  "posture",
  "origins",
  "detection",
  "reputation",
  "runtime_assurance",
  "chio",
];

const SEVERITIES = ["critical", "error", "warn"] as const;
const TIERS = ["none", "basic", "attested", "verified"] as const;

/**
 * Reads HushSpec (kernel semantics 7.3), after {@link ./extends.ts} has put it together. Egress brings
 * internal-network along, and secret patterns the search of results. What a policy may not be loaded without
 * and this kernel cannot enforce is a problem.
 */
export function readHushSpec(document: JsonValue, problems: Problems): EffectivePolicy {
  const top = new Section(document, "", problems);
  if (top.required("hushspec") !== HUSHSPEC_VERSION) {
    top.problem("hushspec", "out-of-range", `must be ${HUSHSPEC_VERSION}`);
  }
  for (const name of ["name", "description", "extends"]) {
    top.text(name, "");
  }
  top.choice("merge_strategy", MERGE_STRATEGIES, "deep_merge");
  top.sectionOrEmpty("metadata");
  const extensions = top.sectionOrEmpty("extensions");
  for (const name of UNENFORCEABLE_EXTENSIONS) {
    refuseUnlessOff(extensions, name);
  }
  const policy = readRules(top.sectionOrEmpty("rules"));
  extensions.end();
  top.end();
  return policy;
}

function readRules(rules: Section): EffectivePolicy {
  for (const name of UNENFORCEABLE_RULES) {
    refuseUnlessOff(rules, name);
  }
  const read = <T>(name: string, reader: (part: Section) => T, enabled = true): T | null =>
    guardOf(rules.section(name), reader, enabled);
  const egress = read("egress", readEgress);
  const tools = read("tool_access", readToolAccess);
  const rates = read("velocity", (part) => ({
    velocity: velocity(part, null),
    agentVelocity: agentVelocity(part, null),
  }));
  const approval = read("human_in_loop", readHumanInLoop);
  const secrets = read("secret_patterns", readSecretPatterns);
  const guards: GuardConfig = {
    ...NO_GUARDS,
    forbiddenPath: read("forbidden_paths", forbiddenPath),
    pathAllowlist: read("path_allowlist", pathAllowlist, false),
    shellCommand: read("shell_commands", shellCommand),
    egressAllowlist: egress,
    mcpTool: tools?.access.guard ?? null,
    secretLeak: secrets,
    patchIntegrity: read("patch_integrity", patchIntegrity),
    velocity: rates?.velocity ?? null,
    agentVelocity: rates?.agentVelocity ?? null,
    internalNetwork: egress === null ? null : DEFAULT_INTERNAL_NETWORK,
  };
  rules.end();
  const terms: GrantTerms = {
    maxArgsSize: tools?.access.maxArgsSize ?? null,
    confirm: [...(tools?.access.confirm ?? []), ...(approval?.confirm ?? [])],
    approveAbove: approval?.approveAbove ?? null,
    runtimeAssurance: tools?.runtimeAssurance ?? null,
  };
  return {
    kernel: DEFAULT_KERNEL,
    guards,
    rewrites: [],
    output: secrets === null ? null : DEFAULT_OUTPUT,
    defaultScope: { grants: toolGrants(tools?.access.scopeTools ?? [EVERY_TOOL], terms) },
    defaultTtl: DEFAULT_TTL,
  };
}

/** Where the default is to allow, every host is, but for the blocked ones and the internal network. */
function readEgress(section: Section): EgressAllowlistConfig {
  const config = egressAllowlist(section, "allow", "block");
  return section.choice("default", ["allow", "block"], "block") === "block"
    ? config
    : { allow: ["*"], block: section.texts("block", []) };
}

function readSecretPatterns(section: Section): SecretLeakConfig {
  const patterns = section.sections("patterns").map((part) => {
    const pattern = { name: part.required("name"), pattern: part.required("pattern") };
    part.choice("severity", SEVERITIES, "critical");
    part.text("description", "");
    part.end();
    return pattern;
  });
  const config = secretLeak(section);
  return patterns.length === 0 ? config : { ...config, patterns };
}

/**
 * A tier that is required becomes a constraint, which this kernel cannot check and so denies. Workload
 * identities and preferences have no such form.
 */
function readToolAccess(section: Section): {
  readonly access: ToolAccess;
  readonly runtimeAssurance: string | null;
} {
  for (const name of UNENFORCEABLE_ACCESS) {
    if (section.raw(name) !== undefined) {
      section.problem(name, "unenforceable", "is not enforced by this kernel");
    }
  }
  const tier = "require_runtime_assurance_tier";
  const runtimeAssurance = section.has(tier) ? section.choice(tier, TIERS, "verified") : null;
  const access = toolAccess(section, "default");
  return { access, runtimeAssurance };
}

const UNENFORCEABLE_ACCESS = [
  "prefer_runtime_assurance_tier",
  "require_workload_identity",
  "prefer_workload_identity",
];

/** Nobody approves anything here, so a call that needs an approval is denied and never waits. */
function readHumanInLoop(section: Section): {
  readonly confirm: readonly string[];
  readonly approveAbove: bigint | null;
} {
  section.text("approve_above_currency", "");
  section.limit("timeout_seconds", null);
  if (section.text("on_timeout", "deny") !== "deny") {
    section.problem("on_timeout", "unenforceable", "must be deny: nothing else fails closed");
  }
  return {
    confirm: section.texts("require_confirmation", []),
    approveAbove: section.limit("approve_above", null),
  };
}
