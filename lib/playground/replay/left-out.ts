import { DENY } from "@/kernel/evaluation/deny-codes.ts";
import { GUARD_FACTORIES } from "@/kernel/guards/standard.ts";
import { asText, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { type LeftOut, STATEFUL_GUARDS } from "./model.ts";

/** Names under which kernels, older ones too, write what they decide without a guard. */
const WITHOUT_GUARD: ReadonlySet<string> = new Set([
  "",
  "kernel",
  "scope-match",
  "capability",
  "CapabilityGuard",
]);
const STATEFUL: ReadonlyMap<string, LeftOut> = new Map(STATEFUL_GUARDS.map((name) => [name, name]));
const JUDGED_AGAIN: ReadonlySet<string> = new Set(GUARD_FACTORIES.map(({ name }) => name));
const SUBJECT = /does not match capability subject|subject mismatch/;
const OUT_OF_SCOPE = /^requested tool /;
const OUTPUT_BLOCKED = /^output blocked/;
const GUARD_IN_REASON = /guard "([a-z0-9-]{1,64})"/g;
/** Reasons are anyone's words: what matters stands at their beginning. */
const LONGEST_REASON = 2000;

/** Registered reasons that speak of something left out. The rest is judged again. */
const BY_URN: ReadonlyMap<string, LeftOut> = new Map([
  [DENY.revoked.urn, "revocation"],
  [DENY["ancestor-revoked"].urn, "revocation"],
  [DENY["dpop-invalid"].urn, "proof of possession"],
  [DENY["dpop-replayed"].urn, "proof of possession"],
  [DENY["budget-exhausted"].urn, "budget"],
  [DENY["tool-not-registered"].urn, "registration"],
  [DENY["tool-server-error"].urn, "tool server"],
  [DENY["emergency-stop"].urn, "emergency stop"],
  [DENY["internal-error"].urn, "internal error"],
]);

/** The same in the words of kernels that write no registered reason. The first that is found counts. */
const BY_WORDS: readonly (readonly [RegExp, LeftOut])[] = [
  [/\brevoked\b/, "revocation"],
  [/\bdpop\b|\bproof of possession\b/, "proof of possession"],
  [/\bbudget\b/, "budget"],
  [/\bemergency stop\b/, "emergency stop"],
  [/^tool not registered/, "registration"],
  [/^tool server|\btimed out\b/, "tool server"],
  [OUTPUT_BLOCKED, "output scan"],
  [/^internal error/, "internal error"],
];

/**
 * What denied a call at its time, where a replay does not look at it again; null where all that denied it is
 * judged anew. A denial that nothing else denies would otherwise be counted as allowed because its reason was
 * left out. Where a receipt's words are ambiguous, the answer is the one that counts less as allowed.
 *
 * @param agentAssumed whether the agent was taken from the capability, so that their binding says nothing
 */
export function leftOutCause(receipt: JsonObject, agentAssumed: boolean): LeftOut | null {
  const decision = objectIn(receipt, "decision");
  const written = textIn(decision, "guard");
  const reason = textIn(decision, "reason").slice(0, LONGEST_REASON);
  const guard = WITHOUT_GUARD.has(written) ? (guardInReason(reason) ?? "") : written;
  const stateful = STATEFUL.get(guard);
  if (stateful !== undefined) {
    return stateful;
  }
  if (JUDGED_AGAIN.has(guard)) {
    return null;
  }
  const urn = textIn(objectIn(objectIn(receipt, "metadata"), "chio_explorer"), "reason_code");
  const words = reason.toLowerCase();
  if (agentAssumed && (urn === DENY["subject-mismatch"].urn || SUBJECT.test(words))) {
    return "subject";
  }
  if (urn !== "") {
    return BY_URN.get(urn) ?? (OUTPUT_BLOCKED.test(words) ? "output scan" : null);
  }
  if (OUT_OF_SCOPE.test(words)) {
    // The name of a tool is the agent's choice, and stands in this sentence.
    return null;
  }
  const said = BY_WORDS.find(([pattern]) => pattern.test(words) || pattern.test(guard));
  return said?.[1] ?? (guard === "" ? null : "another guard");
}

/** Older kernels write `kernel` for every guard, and its name into the reason; pipelines nest, the last is it. */
function guardInReason(reason: string): string | null {
  return [...reason.matchAll(GUARD_IN_REASON)].at(-1)?.[1] ?? null;
}

function objectIn(object: JsonObject | null, name: string): JsonObject | null {
  const value = object === null ? undefined : member(object, name);
  return isObject(value) ? value : null;
}

function textIn(object: JsonObject | null, name: string): string {
  return (object === null ? undefined : asText(member(object, name))) ?? "";
}
