import type { LoadedPolicy } from "@/kernel/evaluation/model.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { defaultPolicy } from "@/kernel/policy/defaults.ts";
import type { EffectivePolicy } from "@/kernel/policy/effective-policy.ts";
import { loadPolicy } from "@/kernel/policy/load.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";
import { ADDED_LINES, CALLS_PER_MINUTE, PRIVATE_HOSTS } from "./templates.ts";

/** Cents that a group may spend, and that one call may cost. */
export const GROUP_BUDGET = 500_000n;
export const PRICED: JsonObject = {
  max_cost_per_invocation: { units: 100_000, currency: "EUR" },
  max_total_cost: { units: Number(GROUP_BUDGET), currency: "EUR" },
};

function before(): EffectivePolicy {
  const policy = defaultPolicy();
  const { guards } = policy;
  return {
    ...policy,
    guards: {
      ...guards,
      egressAllowlist: { allow: ["*.shop.example", ...PRIVATE_HOSTS], block: [] },
      patchIntegrity:
        guards.patchIntegrity === null
          ? null
          : { ...guards.patchIntegrity, maxAdditions: BigInt(ADDED_LINES) },
      velocity:
        guards.velocity === null
          ? null
          : { ...guards.velocity, maxInvocationsPerWindow: BigInt(CALLS_PER_MINUTE) },
    },
  };
}

/** What the new policy changes; topics are granted by capabilities, and stay as they were. */
function after(): EffectivePolicy {
  const policy = before();
  return { ...policy, kernel: { ...policy.kernel, delegationDepthLimit: 3 } };
}

function loaded(policy: EffectivePolicy, primitives: Primitives): LoadedPolicy {
  const result = loadPolicy(policy, compileRe2, primitives);
  if (!result.ok) {
    throw new RangeError("a storm's policy loads");
  }
  return result.value;
}

export const policyBefore = (primitives: Primitives): LoadedPolicy => loaded(before(), primitives);
export const policyAfter = (primitives: Primitives): LoadedPolicy => loaded(after(), primitives);
