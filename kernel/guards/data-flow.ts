import { utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import type { JsonValue } from "../json/value.ts";
import type { DataFlowConfig, FlowClass } from "../policy/effective-policy.ts";
import { ok } from "../result.ts";
import type { ToolAction } from "./action.ts";
import { classesOf } from "./flow-classes.ts";
import { appendFlow, type Flow, type Journal, NO_FLOW, readJournal } from "./flow-journal.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import { findSecret, scannedTexts } from "./scanned-texts.ts";
import { SECRET_DETECTORS } from "./secret-patterns.ts";

const NAME = "data-flow";

/** No limit of octets; a session that has read a secret sends nothing out any more. */
export const DEFAULT_DATA_FLOW: DataFlowConfig = {
  maxBytesRead: null,
  maxBytesWritten: null,
  maxBytesTotal: null,
  forbiddenTransitions: [{ from: "secret-read", to: "outbound-write" }],
};

/**
 * Judges a call by what its session has done (kernel semantics 2.13, D8): octets so far, and steps that must not
 * follow each other. A session is the agent's named session and, together with it, the agent's capability: an
 * agent names its sessions itself, and a new name must not wash it clean. What an allowed call is about to do is
 * in the journal before it runs; {@link recordFlow} adds what came of it.
 */
export const dataFlow: GuardFactory = {
  name: NAME,
  make({ dataFlow: config }) {
    return ok(config === null ? null : { name: NAME, check: (request) => check(request, config) });
  },
};

type FlowSubject = Pick<GuardRequest, "call" | "capabilityId" | "memory" | "now">;

function check(request: GuardRequest, config: DataFlowConfig): GuardAnswer {
  const journals = sessionKeys(request).map((key) => readJournal(request.memory.get(NAME, key)));
  const classes = classesOf(request.action, request.call);
  for (const { totals } of journals) {
    const reason = limitReached(totals, config) ?? forbiddenStep(totals, classes, config);
    if (reason !== null) {
      return { verdict: "deny", reason, pointer: null };
    }
  }
  if (classes.length > 0) {
    recordFlow(request, { ...NO_FLOW, classes });
  }
  return { verdict: "allow" };
}

function sessionKeys({ call, capabilityId }: FlowSubject): readonly string[] {
  const { agentId, sessionId } = call;
  const byCapability = JSON.stringify(["capability", agentId, capabilityId]);
  return sessionId === null
    ? [byCapability]
    : [byCapability, JSON.stringify(["session", agentId, sessionId])];
}

function limitReached({ read, written }: Flow, config: DataFlowConfig): string | null {
  const counts = [
    { what: "read", used: read, limit: config.maxBytesRead },
    { what: "written", used: written, limit: config.maxBytesWritten },
    { what: "read and written", used: read + written, limit: config.maxBytesTotal },
  ];
  const reached = counts.find(({ used, limit }) => limit !== null && used >= limit);
  return reached === undefined
    ? null
    : `the session has ${reached.what} ${reached.used} octets of ${reached.limit}`;
}

/** A single call that does both, such as a command that reads a key and posts it, takes the step by itself. */
function forbiddenStep(
  { classes: before }: Flow,
  now: readonly FlowClass[],
  { forbiddenTransitions }: DataFlowConfig,
): string | null {
  const step = forbiddenTransitions.find(
    ({ from, to }) =>
      now.includes(to) && (before.includes(from) || (from !== to && now.includes(from))),
  );
  return step === undefined ? null : `${step.to} after ${step.from} in one session`;
}

/**
 * Adds to the journal of a session what a call did.
 *
 * @throws TypeError where the journal does not fit its hash; then nothing has been added.
 */
export function recordFlow(subject: FlowSubject, flow: Flow): void {
  const journals: readonly (readonly [string, Journal])[] = sessionKeys(subject).map((key) => [
    key,
    readJournal(subject.memory.get(NAME, key)),
  ]);
  for (const [key, journal] of journals) {
    subject.memory.set(NAME, key, appendFlow(journal, flow, subject.now));
  }
}

/**
 * What came of a call that ran: the octets of its result, those of its arguments where it writes, and whether the
 * result holds a secret. Octets are those of canonical JSON.
 */
export function flowOfResult(
  action: ToolAction,
  call: GuardRequest["call"],
  result: JsonValue,
): Flow {
  const classes = classesOf(action, call);
  const isSecret = findSecret(scannedTexts(result), SECRET_DETECTORS) !== null;
  const writes =
    action.kind === "file-write" || action.kind === "patch" || classes.includes("outbound-write");
  return {
    read: octets(result),
    written: writes ? octets(call.arguments) : 0n,
    classes: isSecret ? [...classes, "secret-read"] : classes,
  };
}

function octets(value: JsonValue): bigint {
  return BigInt(utf8(canonicalize(value)).length);
}
