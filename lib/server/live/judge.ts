import type { Capability } from "@/kernel/capability/model.ts";
import { authorizeEvent } from "@/kernel/economics/events.ts";
import { evaluate } from "@/kernel/evaluate.ts";
import type { Denial, Evaluation, KernelContext } from "@/kernel/evaluation/model.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";
import type { CallLedger } from "./call-ledger.ts";
import type { LiveParts, LiveRequest } from "./model.ts";

/** An evaluation, and the denial that came after it where its hold could not be taken. */
export interface Judged {
  readonly evaluation: Evaluation;
  readonly denial: Denial | null;
  /** A verified capability that the server has not met before. */
  readonly met: Capability | null;
}

/**
 * Judges a call and takes its budget, in one go without a pause: the next call that is judged sees what this one
 * has taken. `callId` is the server's own name for the call, because a hold is named by it, and with a name
 * of the caller's choice one payment would cover many calls.
 */
export function judge(
  request: LiveRequest,
  callId: string,
  ledger: CallLedger,
  parts: LiveParts,
): Judged {
  const { capability, dpop } = request;
  const call = { ...request.call, requestId: callId };
  const evaluation = evaluate({ capability, call, dpop }, contextOf(request, ledger, parts));
  return {
    evaluation,
    denial: denialOf(evaluation) ?? takeBudget(evaluation, ledger),
    met: metCapability(evaluation, parts),
  };
}

function contextOf(request: LiveRequest, ledger: CallLedger, parts: LiveParts): KernelContext {
  const { dispatcher, budgets } = parts;
  return {
    policy: parts.policy,
    trustedIssuers: parts.trustedIssuers(),
    isRevoked: parts.isRevoked,
    lineage: (id) => parts.lineage.byId(id),
    takeNonce: (key, expiresAt, now) => ledger.takeNonce(key, expiresAt, now),
    usage: (capabilityId, grantIndex) => budgets.usage(capabilityId, grantIndex),
    memory: parts.memory,
    isRegistered:
      willDispatch(request, parts) && dispatcher !== null
        ? (serverId, toolName) => dispatcher.isRegistered(serverId, toolName)
        : null,
    emergencyStop: parts.emergencyStop(),
    now: parts.clock(),
    compile: compileRe2,
    verify: parts.verify,
    primitives: parts.primitives,
    meter: () => performance.now(),
  };
}

/** Taking an event and emitting one are the caller's doing; only a tool is run here. */
export function willDispatch(
  { dispatch, call }: Pick<LiveRequest, "dispatch" | "call">,
  { dispatcher }: Pick<LiveParts, "dispatcher">,
): boolean {
  return dispatch && dispatcher !== null && call.boundary === "tool";
}

function denialOf({ verdict }: Evaluation): Denial | null {
  return verdict.kind === "deny" ? verdict.denial : null;
}

function takeBudget({ hold }: Evaluation, ledger: CallLedger): Denial | null {
  if (hold === null) {
    return null;
  }
  if (hold.committedAfter > LARGEST_STORED) {
    return budgetError("passes the largest amount that can be stored");
  }
  const taken = ledger.apply(authorizeEvent(hold));
  return taken.ok && taken.value === "applied"
    ? null
    : budgetError(taken.ok ? "the hold was taken before" : taken.error);
}

/** The wire counts to 2^64 - 1, the store's integers to this: a hold beyond it could not be made durable. */
const LARGEST_STORED = (1n << 63n) - 1n;

function budgetError(why: string): Denial {
  const reason = `budget check failed: ${why}`;
  return { code: "budget-error", guard: "kernel", reason, pointer: null };
}

/**
 * The capability, where what it says of itself is to be kept, so that what is delegated from it can be checked.
 * Only one whose signature, dates, revocation and delegation held: what is kept stands in for the token later.
 */
function metCapability(
  { capability, trace }: Evaluation,
  { lineage }: LiveParts,
): Capability | null {
  const admitted = trace.some(
    ({ step, outcome }) =>
      step === "delegation" && (outcome === "passed" || outcome === "not-applicable"),
  );
  return capability !== null && admitted && !lineage.knows(capability.id) ? capability : null;
}
