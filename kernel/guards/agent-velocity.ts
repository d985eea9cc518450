import type { AgentVelocityConfig } from "../policy/effective-policy.ts";
import { ok } from "../result.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import { type BucketRate, optionalRate, takeTokens } from "./token-bucket.ts";

const NAME = "agent-velocity";

/** No limits: a policy has to name them. */
export const DEFAULT_AGENT_VELOCITY: AgentVelocityConfig = {
  maxRequestsPerAgent: null,
  maxRequestsPerSession: null,
  windowSeconds: 60n,
  burstFactor: 1,
};

/**
 * Bounds the calls of one agent, and of one agent under one capability, which is its session here: the session id
 * of a call is the agent's own word (kernel semantics 2.11).
 */
export const agentVelocity: GuardFactory = {
  name: NAME,
  make({ agentVelocity: config }) {
    if (config === null) {
      return ok(null);
    }
    const { windowSeconds, burstFactor } = config;
    const agent = optionalRate(config.maxRequestsPerAgent, windowSeconds, burstFactor);
    if (!agent.ok) {
      return agent;
    }
    const session = optionalRate(config.maxRequestsPerSession, windowSeconds, burstFactor);
    return session.ok
      ? ok({ name: NAME, check: (request) => check(request, agent.value, session.value) })
      : session;
  },
};

function check(
  request: GuardRequest,
  agent: BucketRate | null,
  session: BucketRate | null,
): GuardAnswer {
  const { agentId } = request.call;
  if (agent !== null && !take(request, [agentId], agent)) {
    return denied("the agent", agent);
  }
  return session !== null && !take(request, [agentId, request.capabilityId], session)
    ? denied("the agent's session", session)
    : { verdict: "allow" };
}

function take(
  { memory, now }: GuardRequest,
  subject: readonly string[],
  rate: BucketRate,
): boolean {
  const key = JSON.stringify(subject);
  const { taken, state } = takeTokens(memory.get(NAME, key), rate, 1n, now);
  memory.set(NAME, key, state);
  return taken;
}

function denied(who: string, { limit, windowMilliseconds }: BucketRate): GuardAnswer {
  const reason = `${who} made more than ${limit} calls in ${windowMilliseconds / 1000n} s`;
  return { verdict: "deny", reason, pointer: null };
}
