import { financialMetadata } from "@/kernel/economics/metadata.ts";
import { settle } from "@/kernel/economics/reconcile.ts";
import type { ToolCall } from "@/kernel/evaluation/call.ts";
import type { Evaluation } from "@/kernel/evaluation/model.ts";
import { type CallOutcome, type ParentLink, receiptBody } from "@/kernel/evaluation/receipt.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { demoKey } from "../keys.ts";
import { handleAt } from "../receipt.ts";
import type { Names } from "./cast.ts";
import type { Court } from "./court.ts";
import { CURRENCY, EVENTS_SERVER } from "./grants.ts";
import type { OrderState } from "./order-state.ts";
import { supplierCents } from "./parameters.ts";
import type { EvidenceClass, Step } from "./story.ts";

/** What is said of a step's cause: nothing for a root. */
export interface CauseLink {
  readonly receiptId: string;
  readonly requestId: string;
  readonly evidence: EvidenceClass;
}

export interface StepReceiptInput {
  readonly step: Step;
  readonly state: OrderState;
  readonly requestId: string;
  readonly parameters: JsonObject;
  readonly cause: CauseLink | null;
  /** Unix seconds. */
  readonly timestamp: number;
}

/** The body of a step's receipt: the kernel's verdict, in the kernel's own words. */
export function stepReceipt(
  input: StepReceiptInput,
  court: Court,
  names: Names,
  primitives: Primitives,
): { readonly body: JsonObject; readonly verdict: "allow" | "deny" | "incomplete" } {
  const { step, state, timestamp } = input;
  const member = names.cast[step.by];
  const capability = step.denial === "over-budget" ? names.groupCapability : member.capability;
  const call = callOf(input, names);
  const kind = `${capability} ${call.serverId} ${call.toolName} ${step.denial ?? ""}`;
  const evaluation = court.judge(call, capability, kind, timestamp);
  if ((evaluation.verdict.kind === "deny") !== (step.denial !== null)) {
    throw new RangeError(`the kernel's answer to ${kind} is not what the story goes on from`);
  }
  const outcome = outcomeOf(step, state, evaluation);
  const parent: ParentLink | null =
    input.cause === null
      ? null
      : {
          receiptId: input.cause.receiptId,
          requestId: input.cause.requestId,
          chainId: `chain-${state.id}`,
        };
  const body = receiptBody({
    call,
    evaluation,
    outcome,
    timestamp: BigInt(timestamp),
    policyHash: court.policyHash,
    nonce: handleAt(timestamp, state.random.hex(20)),
    parent,
    metadata: costMetadata(step, state, evaluation, court),
    demo: true,
    primitives,
  });
  return {
    body: inItsPlace(body, input, names),
    verdict:
      outcome.kind === "denied" ? "deny" : outcome.kind === "allowed" ? "allow" : "incomplete",
  };
}

function callOf({ step, requestId, parameters, state }: StepReceiptInput, names: Names): ToolCall {
  const { act, by, denial } = step;
  const member = names.cast[by];
  const elsewhere = denial === "charge-scope" || denial === "sms-scope";
  return {
    requestId,
    agentId: demoKey(member.agent).key,
    serverId: act.kind === "tool" ? `${member.server}${elsewhere ? "-us" : ""}` : EVENTS_SERVER,
    toolName: act.kind === "tool" ? act.tool : `events:${act.kind}:${names.topic(act.topic)}`,
    arguments: parameters,
    boundary: act.kind,
    sessionId: `chain-${state.id}`,
    model: null,
    roots: null,
  };
}

function outcomeOf(step: Step, state: OrderState, { verdict }: Evaluation): CallOutcome {
  if (verdict.kind === "deny") {
    return { kind: "denied", denial: verdict.denial };
  }
  if (step.attempt === "failed") {
    return { kind: "incomplete", reason: "the tool server closed the connection" };
  }
  const output = step.act.kind === "tool" ? { order_id: state.id, status: "done" } : null;
  return { kind: "allowed", allowance: verdict, output, outputRedacted: false };
}

/** What the call cost, or what was asked where the budget was spent. */
function costMetadata(
  step: Step,
  state: OrderState,
  { grant, hold, capability, verdict }: Evaluation,
  court: Court,
): JsonObject {
  if (grant === null || capability === null) {
    return {};
  }
  const holder = { delegationDepth: 0, rootBudgetHolder: capability.issuer };
  if (verdict.kind === "deny") {
    const attempted = grant.grant.maxCostPerInvocation;
    const outcome = { kind: "exhausted", grant, attempted } as const;
    const financial = step.denial === "over-budget" ? financialMetadata(outcome, holder) : null;
    return financial === null ? {} : { financial };
  }
  if (hold === null || hold.currency === null || step.act.kind !== "tool") {
    return {};
  }
  const units = BigInt(step.attempt === "failed" ? 0 : centsOf(step.act.tool, state));
  const committedAfter = court.spend(capability.id, grant.index, units) - units + hold.units;
  const now = { ...hold, committedAfter };
  const settlement = settle(now, { units, currency: CURRENCY });
  const financial = financialMetadata({ kind: "settled", hold: now, settlement }, holder);
  return financial === null ? {} : { financial };
}

function centsOf(tool: string, state: OrderState): number {
  switch (tool) {
    case "pay_supplier":
      return supplierCents(state);
    case "buy_label":
      return 390 + (state.order % 700);
    default:
      return state.cents;
  }
}

/** Adds where the step stands in the shop, and how much stands behind the link that it names. */
function inItsPlace(body: JsonObject, { cause, step }: StepReceiptInput, names: Names): JsonObject {
  const metadata = body["metadata"];
  const given = isObject(metadata) ? metadata : {};
  const explorer = given["chio_explorer"];
  const governed = given["governed_transaction"];
  const chain = isObject(governed) ? governed["call_chain"] : undefined;
  const { service, agent } = names.cast[step.by];
  return {
    ...body,
    metadata: {
      ...given,
      ...(isObject(chain) && cause !== null
        ? { governed_transaction: { call_chain: { ...chain, evidenceClass: cause.evidence } } }
        : {}),
      chio_explorer: { ...(isObject(explorer) ? explorer : {}), service, agent },
    },
  };
}
