import type { VelocityConfig } from "../policy/effective-policy.ts";
import { ok } from "../result.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import { type BucketRate, optionalRate, takeTokens } from "./token-bucket.ts";

const NAME = "velocity";

/** No limits: a policy has to name them. */
export const DEFAULT_VELOCITY: VelocityConfig = {
  maxInvocationsPerWindow: null,
  maxSpendPerWindow: null,
  windowSeconds: 60n,
  burstFactor: 1,
};

/**
 * Bounds how often, and for how much, one grant of one capability is used (kernel semantics 2.11). A call costs its
 * grant's highest price; without one, a limit on spending cannot be kept, and the call is denied.
 */
export const velocity: GuardFactory = {
  name: NAME,
  make({ velocity: config }) {
    if (config === null) {
      return ok(null);
    }
    const { windowSeconds, burstFactor } = config;
    const calls = optionalRate(config.maxInvocationsPerWindow, windowSeconds, burstFactor);
    if (!calls.ok) {
      return calls;
    }
    const spend = optionalRate(config.maxSpendPerWindow, windowSeconds, burstFactor);
    return spend.ok
      ? ok({ name: NAME, check: (request) => check(request, calls.value, spend.value) })
      : spend;
  },
};

function check(
  request: GuardRequest,
  calls: BucketRate | null,
  spend: BucketRate | null,
): GuardAnswer {
  if (calls !== null && !take(request, "calls", calls, 1n)) {
    return denied(`more than ${calls.limit} calls in ${seconds(calls)}`);
  }
  if (spend === null) {
    return { verdict: "allow" };
  }
  const price = request.grant?.grant.maxCostPerInvocation ?? null;
  if (price === null) {
    return denied("spending is limited, and the grant names no highest cost of a call");
  }
  return take(request, `spend ${price.currency}`, spend, price.units)
    ? { verdict: "allow" }
    : denied(`more than ${spend.limit} minor units in ${seconds(spend)}`);
}

function take(request: GuardRequest, what: string, rate: BucketRate, tokens: bigint): boolean {
  const { capabilityId, grant, memory, now } = request;
  const key = JSON.stringify([what, capabilityId, grant?.index ?? null]);
  const { taken, state } = takeTokens(memory.get(NAME, key), rate, tokens, now);
  memory.set(NAME, key, state);
  return taken;
}

function seconds({ windowMilliseconds }: BucketRate): string {
  return `${windowMilliseconds / 1000n} s`;
}

function denied(reason: string): GuardAnswer {
  return { verdict: "deny", reason, pointer: null };
}
