import { defaultPolicy } from "../defaults.ts";
import type { EffectivePolicy } from "../effective-policy.ts";
import { compiled } from "./compiled.ts";

/** A policy in which every guard is on and every kind of rewrite stands. */
export const fullPolicy = (): EffectivePolicy => ({
  ...defaultPolicy(),
  ...compiled({
    kernel: { max_capability_ttl: 60 },
    guards: {
      forbidden_path: { exceptions: ["/a"] },
      path_allowlist: { read: ["/r"], write: ["/w"], patch: ["/p"] },
      shell_command: {},
      egress_allowlist: { allowed_domains: ["a.example"], blocked_domains: ["b.example"] },
      tool_access: { allow: ["t"], require_confirmation: ["t"] },
      secret_patterns: {},
      patch_integrity: {},
      internal_network: { extra_blocked_hosts: ["h"] },
      velocity: { max_spend_per_window: 5 },
      agent_velocity: { max_requests_per_session: 5 },
      data_flow: { max_bytes_total: 7 },
    },
    rewrites: [
      { kind: "redact", detect: ["email"], names: ["token"] },
      { kind: "normalize-url", names: ["url"] },
      { kind: "clamp-number", name: "n", minimum: 0.5, maximum: 10 },
    ],
    output: { names: ["secret"] },
  }),
});
