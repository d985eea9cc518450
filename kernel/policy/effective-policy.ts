import type { JsonObject } from "../json/value.ts";

/** What each guard is to enforce. A guard whose part is null is off. Lists are never "default": they are the defaults, written out. */
export interface GuardConfig {
  readonly forbiddenPath: ForbiddenPathConfig | null;
  readonly pathAllowlist: PathAllowlistConfig | null;
  readonly shellCommand: ShellCommandConfig | null;
  readonly egressAllowlist: EgressAllowlistConfig | null;
  readonly mcpTool: McpToolConfig | null;
  readonly secretLeak: SecretLeakConfig | null;
  readonly patchIntegrity: PatchIntegrityConfig | null;
  readonly velocity: VelocityConfig | null;
  readonly agentVelocity: AgentVelocityConfig | null;
  readonly internalNetwork: InternalNetworkConfig | null;
  readonly dataFlow: DataFlowConfig | null;
}

export interface ForbiddenPathConfig {
  /** Globs of the path dialect (kernel semantics 2.2). */
  readonly patterns: readonly string[];
  readonly exceptions: readonly string[];
}

/** An empty `patch` list means the `write` list. */
export interface PathAllowlistConfig {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly patch: readonly string[];
}

export interface ShellCommandConfig {
  /** RE2 patterns, searched without regard to case. The test for a recursive removal of the root always runs. */
  readonly forbiddenPatterns: readonly string[];
}

/** Host globs, or `host:port`. */
export interface EgressAllowlistConfig {
  readonly allow: readonly string[];
  readonly block: readonly string[];
}

export interface McpToolConfig {
  readonly allow: readonly string[];
  readonly block: readonly string[];
  readonly defaultAction: "allow" | "block";
  /** Octets of the compact JSON of the arguments. */
  readonly maxArgsSize: bigint;
}

export interface SecretLeakConfig {
  readonly patterns: readonly { readonly name: string; readonly pattern: string }[];
  readonly skipPaths: readonly string[];
}

export interface PatchIntegrityConfig {
  readonly maxAdditions: bigint;
  readonly maxDeletions: bigint;
  readonly forbiddenPatterns: readonly string[];
  readonly requireBalance: boolean;
  /** Additions for each deletion. */
  readonly maxImbalanceRatio: number;
}

/** Limits for each window; null is no limit. `burstFactor` scales the capacity of the bucket, not its refill. */
export interface VelocityConfig {
  readonly maxInvocationsPerWindow: bigint | null;
  /** Minor units. */
  readonly maxSpendPerWindow: bigint | null;
  readonly windowSeconds: bigint;
  readonly burstFactor: number;
}

export interface AgentVelocityConfig {
  readonly maxRequestsPerAgent: bigint | null;
  readonly maxRequestsPerSession: bigint | null;
  readonly windowSeconds: bigint;
  readonly burstFactor: number;
}

export interface InternalNetworkConfig {
  readonly extraBlockedHosts: readonly string[];
  readonly dnsRebindingDetection: boolean;
}

/** Octets in a session; null is no limit. */
export interface DataFlowConfig {
  readonly maxBytesRead: bigint | null;
  readonly maxBytesWritten: bigint | null;
  readonly maxBytesTotal: bigint | null;
  /** After a call of class `from` in a session, no call of class `to`. */
  readonly forbiddenTransitions: readonly { readonly from: FlowClass; readonly to: FlowClass }[];
}

export type FlowClass = "secret-read" | "outbound-write";

/** What is done to arguments before they are judged, in order; what is judged is what runs and is signed. */
export type RewriteConfig =
  | {
      readonly kind: "redact";
      readonly action: "mask" | "drop" | "deny";
      /** `email`, `ssn`, `secret`: what to look for in every text. */
      readonly detect: readonly ("email" | "ssn" | "secret")[];
      /** Members whose whole value is redacted, at any depth. */
      readonly names: readonly string[];
    }
  | { readonly kind: "normalize-url"; readonly names: readonly string[] }
  | {
      readonly kind: "clamp-number";
      readonly name: string;
      readonly minimum: number | null;
      readonly maximum: number | null;
    };

/** What is done to the result of a call before it is delivered: `redact` or `block` on any finding. */
export interface OutputConfig {
  readonly action: "redact" | "block";
  readonly detect: readonly ("email" | "ssn" | "secret")[];
  readonly names: readonly string[];
}

export interface KernelConfig {
  /** Longest life of a token in seconds that is still honoured; null where the policy does not say. */
  readonly maxCapabilityTtl: bigint | null;
  readonly delegationDepthLimit: number;
  readonly checkpointBatchSize: number;
}

/** A policy after every default is written out and every list is resolved. Its hash is the `policy_hash` of receipts. */
export interface EffectivePolicy {
  readonly kernel: KernelConfig;
  readonly guards: GuardConfig;
  readonly rewrites: readonly RewriteConfig[];
  readonly output: OutputConfig | null;
  /** The scope that a capability issued under this policy gets when none is asked for; wire form. */
  readonly defaultScope: JsonObject;
  /** How long such a capability lives where no other time is asked for, in seconds. */
  readonly defaultTtl: bigint;
}
