import type { Capability } from "@/kernel/capability/model.ts";
import { DENY, type DenyCode } from "@/kernel/evaluation/deny-codes.ts";
import type { Denial } from "@/kernel/evaluation/model.ts";

/** Guards by the names that clients of the sidecar know. */
export const CAPABILITY_GUARD = "CapabilityGuard";
export const REVOCATION_GUARD = "CapabilityRevocation";
export const DEFAULT_GUARD = "DefaultPolicyGuard";

export const NO_TOKEN = "side-effect route requires a capability token";
export const REVOKED = "capability token has been revoked";

/** Reasons that the sidecar words in its own way (kernel semantics 4). */
const REASONS: Partial<Record<DenyCode, string>> = {
  "no-capability": NO_TOKEN,
  "invalid-signature": "capability signature verification failed",
  "untrusted-issuer": "capability issuer is not trusted",
  revoked: REVOKED,
};

const REVOCATIONS: ReadonlySet<DenyCode> = new Set([
  "revoked",
  "ancestor-revoked",
  "issuer-revoked",
]);

/** A kernel's denial as the sidecar names it. A guard keeps its name. */
export function sidecarDenial({ code, guard, reason }: Denial): {
  readonly guard: string;
  readonly reason: string;
} {
  const named = REVOCATIONS.has(code)
    ? REVOCATION_GUARD
    : guard === "kernel"
      ? CAPABILITY_GUARD
      : guard;
  return { guard: named, reason: REASONS[code] ?? reason };
}

export function urnOf(code: DenyCode): string {
  return DENY[code].urn;
}

/** What a verified capability grants, each operation by itself: `server:tool:operation`, sorted. */
export function scopeSet(capability: Capability | null): readonly string[] {
  if (capability === null) {
    return [];
  }
  const { grants, resourceGrants, promptGrants } = capability.scope;
  const names = [
    ...grants.flatMap(({ serverId, toolName, operations }) =>
      operations.map((operation) => `${serverId}:${toolName}:${operation}`),
    ),
    ...resourceGrants.flatMap(({ pattern, operations }) =>
      operations.map((operation) => `resource:${pattern}:${operation}`),
    ),
    ...promptGrants.flatMap(({ pattern, operations }) =>
      operations.map((operation) => `prompt:${pattern}:${operation}`),
    ),
  ];
  return [...new Set(names)].sort();
}
