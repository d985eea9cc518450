import { reconcileEvent, reverseEvent } from "@/kernel/economics/events.ts";
import type { CostOutcome } from "@/kernel/economics/metadata.ts";
import type { CostReport, Hold } from "@/kernel/economics/model.ts";
import { settle } from "@/kernel/economics/reconcile.ts";
import type { Allowance, Denial, Evaluation } from "@/kernel/evaluation/model.ts";
import type { CallOutcome } from "@/kernel/evaluation/receipt.ts";
import { classifyAction } from "@/kernel/guards/classify.ts";
import { flowOfResult, recordFlow } from "@/kernel/guards/data-flow.ts";
import { sanitizeOutput } from "@/kernel/guards/output.ts";
import { asText, asU64, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { OutputConfig } from "@/kernel/policy/effective-policy.ts";
import type { DispatchOutcome } from "../dispatch/dispatcher.ts";
import type { CallLedger } from "./call-ledger.ts";
import { type Judged, willDispatch } from "./judge.ts";
import type { LiveParts, LiveRequest } from "./model.ts";

/** How a call ended, and what became of its budget; null where none was concerned. */
export interface CallEnd {
  readonly outcome: CallOutcome;
  readonly cost: CostOutcome | null;
}

/** Results are looked through for secrets even where the policy says nothing of results. */
const SECRETS: OutputConfig = { action: "redact", detect: ["secret"], names: [] };

/**
 * Lets an allowed call run, if it is to run here, and closes its hold: given back where nothing ran, kept in
 * full where nothing is known of the cost, else at what the tool reports.
 */
export async function runCall(
  request: LiveRequest,
  { evaluation, denial }: Judged,
  ledger: CallLedger,
  parts: LiveParts,
): Promise<CallEnd> {
  const { verdict, hold } = evaluation;
  if (denial !== null) {
    return denied(denial, costOfDenial(evaluation, denial));
  }
  if (verdict.kind === "deny") {
    return denied(verdict.denial, null);
  }
  if (!willDispatch(request, parts)) {
    return allowed(verdict, null, false, closed(hold, null, ledger));
  }
  // A crash while the tool runs must not forget that the call was paid for, or its proof presented.
  await parts.log.reserve(ledger.drain());
  const ran = await dispatch(request, evaluation, parts);
  if (ran.kind === "failed") {
    const reason = `tool server error: ${ran.detail}`;
    return denied(kernelDenial("tool-server-error", reason), reversed(hold, ledger));
  }
  // It ran, whatever becomes of its result: what it cost is spent.
  const cost = closed(hold, costReport(ran.cost), ledger);
  const output = sanitizeOutput(ran.output, parts.policy.effective.output ?? SECRETS);
  if (output.kind === "blocked") {
    return denied(kernelDenial("output-blocked", `output blocked: ${output.reason}`), cost);
  }
  journal(request, evaluation, output.value, parts);
  return allowed(verdict, output.value, output.kind === "redacted", cost);
}

/** What a session was given counts in what it may do next: octets, and secrets that were read. */
function journal(
  { call }: LiveRequest,
  { arguments: judged, capability }: Evaluation,
  delivered: JsonValue,
  { policy, memory, clock }: LiveParts,
): void {
  if (policy.effective.guards.dataFlow === null || capability === null) {
    return;
  }
  const ran = { ...call, arguments: judged };
  const action = classifyAction(ran.toolName, judged);
  const subject = { call: ran, capabilityId: capability.id, memory, now: clock() };
  recordFlow(subject, flowOfResult(action, ran, delivered));
}

async function dispatch(
  { call }: LiveRequest,
  evaluation: Evaluation,
  { dispatcher }: LiveParts,
): Promise<DispatchOutcome> {
  if (dispatcher === null) {
    return { kind: "failed", detail: "not connected" };
  }
  try {
    return await dispatcher.call({
      serverId: call.serverId,
      toolName: call.toolName,
      // As judged, rewrites included.
      arguments: evaluation.arguments,
    });
  } catch {
    return { kind: "failed", detail: "the connection failed" };
  }
}

/** Gives a hold back; where even that fails the money stays held, which errs on the side of less. */
export function reversed(hold: Hold | null, ledger: CallLedger): CostOutcome | null {
  if (hold === null) {
    return null;
  }
  const given = ledger.apply(reverseEvent(hold));
  return given.ok ? { kind: "reversed", hold } : { kind: "pending", hold };
}

function closed(
  hold: Hold | null,
  report: CostReport | null,
  ledger: CallLedger,
): CostOutcome | null {
  if (hold === null) {
    return null;
  }
  const settlement = settle(hold, report);
  const spent = ledger.apply(reconcileEvent(hold, settlement.realized));
  return spent.ok ? { kind: "settled", hold, settlement } : { kind: "pending", hold };
}

function costOfDenial({ grant }: Evaluation, { code }: Denial): CostOutcome | null {
  return code === "budget-exhausted" && grant !== null
    ? { kind: "exhausted", grant, attempted: grant.grant.maxCostPerInvocation }
    : null;
}

/** What the tool says, as far as it can be read; a figure that cannot be read is one below zero, which misreports. */
function costReport(cost: JsonValue | undefined): CostReport | null {
  if (cost === undefined) {
    return null;
  }
  const units = isObject(cost) ? asU64(member(cost, "units")) : undefined;
  const currency = isObject(cost) ? asText(member(cost, "currency")) : undefined;
  return { units: units ?? -1n, currency: currency ?? "" };
}

function allowed(
  allowance: Allowance,
  output: JsonValue,
  outputRedacted: boolean,
  cost: CostOutcome | null,
): CallEnd {
  return { outcome: { kind: "allowed", allowance, output, outputRedacted }, cost };
}

function denied(denial: Denial, cost: CostOutcome | null): CallEnd {
  return { outcome: { kind: "denied", denial }, cost };
}

export function kernelDenial(code: Denial["code"], reason: string): Denial {
  return { code, guard: "kernel", reason, pointer: null };
}
