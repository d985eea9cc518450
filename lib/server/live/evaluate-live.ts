import type { Capability } from "@/kernel/capability/model.ts";
import { type Denial, type Evaluation, STEPS } from "@/kernel/evaluation/model.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { lineageRow } from "../lineage.ts";
import { receiptNonce } from "../receipt-nonce.ts";
import { ShellFailure } from "../shell-failure.ts";
import { type CallLedger, callLedger } from "./call-ledger.ts";
import { type Judged, judge } from "./judge.ts";
import type { JudgedAnswer, LiveAnswer, LiveParts, LiveRequest } from "./model.ts";
import { type CallEnd, kernelDenial, reversed, runCall } from "./run-call.ts";
import { type Written, writeReceipts } from "./write-receipts.ts";

/**
 * Judges a call, runs it where that is asked for, signs the receipt and waits until it is durable. Whatever
 * fails on the way becomes a signed deny; where nothing can be signed or stored there is no answer at all.
 *
 * @throws ShellFailure where the receipt cannot be signed or did not become durable
 */
export async function evaluateLive(request: LiveRequest, parts: LiveParts): Promise<LiveAnswer> {
  const nonce = receiptNonce(parts.clock());
  const ledger = callLedger(parts);
  const { evaluation, end, met, written } = await signedAnswer(request, nonce, ledger, parts);
  const { receipt, reconciliation } = written;
  const answer = { evaluation, outcome: end.outcome, receipt, reconciliation };
  const beside = signedBeside(request, answer, parts);
  try {
    await parts.log.append({
      receipt,
      beside: reconciliation === null ? beside : [reconciliation, ...beside],
      lineage: met === null ? [] : [lineageRow(met)],
      ...ledger.drain(),
    });
  } catch (problem) {
    parts.report(problem);
    throw new ShellFailure("not-durable");
  }
  if (met !== null) {
    parts.lineage.met(met.id);
  }
  return { ...answer, beside };
}

function signedBeside(
  { beside }: LiveRequest,
  answer: JudgedAnswer,
  parts: LiveParts,
): readonly JsonObject[] {
  try {
    return beside?.(answer) ?? [];
  } catch (problem) {
    parts.report(problem);
    throw new ShellFailure("signing-failed");
  }
}

interface Signed {
  readonly evaluation: Evaluation;
  readonly end: CallEnd;
  readonly met: Capability | null;
  readonly written: Written;
}

async function signedAnswer(
  request: LiveRequest,
  nonce: string,
  ledger: CallLedger,
  parts: LiveParts,
): Promise<Signed> {
  let judged: Judged | null = null;
  try {
    judged = judge(request, nonce, ledger, parts);
    const end = await runCall(request, judged, ledger, parts);
    const { evaluation, met } = judged;
    const written = writeReceipts(request, evaluation, end, nonce, parts);
    return { evaluation, end, met, written };
  } catch (problem) {
    parts.report(problem);
    return lastResort(request, judged, problem, nonce, ledger, parts);
  }
}

/**
 * The outermost catch: a minimal deny of its own, made of as little as can be. Nothing of a half-made answer
 * goes into it; a hold that is still open is given back.
 */
function lastResort(
  request: LiveRequest,
  judged: Judged | null,
  problem: unknown,
  nonce: string,
  ledger: CallLedger,
  parts: LiveParts,
): Signed {
  try {
    reversed(judged?.evaluation.hold ?? null, ledger);
  } catch (second) {
    parts.report(second);
  }
  const denial = kernelDenial("internal-error", `internal error: ${nameOf(problem)}`);
  const end: CallEnd = { outcome: { kind: "denied", denial }, cost: null };
  try {
    const evaluation = unjudged(request, denial);
    const written = writeReceipts(request, evaluation, end, nonce, parts);
    return { evaluation, end, met: null, written };
  } catch (second) {
    parts.report(second);
    throw new ShellFailure("signing-failed");
  }
}

/** Its kind alone: the message of a failed read or write names files. */
function nameOf(problem: unknown): string {
  return problem instanceof Error ? problem.name : "unknown";
}

function unjudged({ call }: LiveRequest, denial: Denial): Evaluation {
  return {
    verdict: { kind: "deny", denial },
    trace: STEPS.map((step) => ({
      step,
      outcome: "not-reached",
      detail: null,
      milliseconds: null,
    })),
    evidence: [],
    capability: null,
    grant: null,
    hold: null,
    arguments: call.arguments,
    redacted: false,
    boundary: call.boundary,
  };
}
