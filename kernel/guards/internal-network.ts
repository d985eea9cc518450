import type { InternalNetworkConfig } from "../policy/effective-policy.ts";
import { err, ok, type Result } from "../result.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import { hostToText, parseTarget, type Target } from "./host.ts";
import { internalUse, rebindingSuspicion } from "./internal-hosts.ts";
import { missingTarget, type NetworkTarget, networkTargets } from "./network-targets.ts";

export const DEFAULT_INTERNAL_NETWORK: InternalNetworkConfig = {
  extraBlockedHosts: [],
  dnsRebindingDetection: true,
};

interface Rules {
  readonly blocked: ReadonlySet<string>;
  readonly detectRebinding: boolean;
}

/**
 * Keeps calls away from the machine, its network and its cloud's metadata (kernel semantics 2.8): judged is the
 * canonical address, whatever its spelling. Names are not looked up here, so that a dispatcher still has to pin
 * the address that a name resolves to.
 */
export const internalNetwork: GuardFactory = {
  name: "internal-network",
  make({ internalNetwork: config }) {
    if (config === null) {
      return ok(null);
    }
    const blocked = readHosts(config.extraBlockedHosts);
    if (!blocked.ok) {
      return blocked;
    }
    const rules: Rules = {
      blocked: blocked.value,
      detectRebinding: config.dnsRebindingDetection,
    };
    return ok({ name: "internal-network", check: (request) => check(request, rules) });
  },
};

function readHosts(hosts: readonly string[]): Result<ReadonlySet<string>, string> {
  const texts = new Set<string>();
  for (const host of hosts) {
    const target = parseTarget(host);
    if (!target.ok) {
      return err(`extra blocked host ${JSON.stringify(host)}: ${target.error}`);
    }
    texts.add(target.value.hostText);
  }
  return ok(texts);
}

function check({ action, call }: GuardRequest, rules: Rules): GuardAnswer {
  const missing = missingTarget(action);
  if (missing !== null) {
    return { verdict: "deny", ...missing };
  }
  for (const found of networkTargets(action, call)) {
    const reason = judge(found, rules);
    if (reason !== null) {
      return { verdict: "deny", reason, pointer: found.pointer };
    }
  }
  return { verdict: "allow" };
}

function judge({ target, certainty }: NetworkTarget, rules: Rules): string | null {
  if (!target.ok) {
    return target.error;
  }
  const problem =
    certainty === "stated"
      ? (definite(target.value, rules) ?? suspicious(target.value, rules))
      : hinted(target.value, rules);
  return problem === null ? null : `${problem}: ${hostToText(target.value.host)}`;
}

function definite({ host, hostText }: Target, { blocked }: Rules): string | null {
  return internalUse(host) ?? (blocked.has(hostText) ? "blocked host" : null);
}

function suspicious({ host, plain }: Target, { detectRebinding }: Rules): string | null {
  if (host.kind !== "name") {
    return plain ? null : "encoded address";
  }
  if (!host.name.includes(".")) {
    return "name of the local network";
  }
  return detectRebinding ? rebindingSuspicion(host.name) : null;
}

/** A text that may be something else, such as a version, counts only where it is an address in plain spelling. */
function hinted(target: Target, rules: Rules): string | null {
  return target.host.kind === "name" || target.plain ? definite(target, rules) : null;
}
