import { compareGrants } from "@/kernel/capability/compare.ts";
import type { Capability, ToolGrant } from "@/kernel/capability/model.ts";
import { readCapability } from "@/kernel/capability/read.ts";
import type { Usage } from "@/kernel/economics/model.ts";
import { evaluate } from "@/kernel/evaluate.ts";
import type {
  Evaluation,
  EvaluationRequest,
  KernelContext,
  PresentedCapability,
} from "@/kernel/evaluation/model.ts";
import { type CallRequest, readCallRequest } from "@/kernel/evaluation/read-request.ts";
import { receiptBody, signReceipt } from "@/kernel/evaluation/receipt.ts";
import { type JsonProblem, parseJson } from "@/kernel/json/parse.ts";
import { locate } from "@/kernel/json/pointer.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { evaluationContext } from "@/lib/evaluation/context.ts";
import { decidingLine, lineAt } from "./deciding-place.ts";
import type { DemoKeys } from "./demo-keys.ts";
import { loadPolicyText } from "./load-policy-text.ts";
import type {
  ComparedGrant,
  ExhaustedGrant,
  InputName,
  InputProblem,
  JudgedOutcome,
  PlaygroundInput,
  PlaygroundOutcome,
} from "./model.ts";
import { type Presented, presentCapability } from "./present-capability.ts";

/** What the worker lends beside the input. */
export interface HerePorts {
  readonly demo: DemoKeys;
  /** Milliseconds from any origin. */
  readonly meter: () => number;
  /** A fresh identifier of a receipt. */
  readonly nonce: () => string;
}

/** An input that was read: what the kernel is asked, and what it stands on. */
export interface Prepared {
  readonly request: EvaluationRequest;
  readonly context: KernelContext;
  readonly presented: Presented;
  readonly requestValue: JsonValue;
}

/**
 * Evaluates what the editors hold by the kernel in this page. Memory, budgets and nonces are fresh each time;
 * the only state is what the person says was used before. A text that cannot be read is a problem with its
 * place, never a verdict.
 */
export function evaluateHere(input: PlaygroundInput, ports: HerePorts): PlaygroundOutcome {
  const prepared = prepare(input, ports);
  if (!prepared.ok) {
    return { kind: "unreadable", problems: prepared.error };
  }
  const started = ports.meter();
  const { request, context } = prepared.value;
  const evaluation = evaluate(request, context);
  const receipt = demoReceipt(prepared.value, evaluation, ports);
  const milliseconds = ports.meter() - started;
  return judged(input, prepared.value, evaluation, receipt, milliseconds);
}

/** Reads the editors' texts; all problems come at once. */
export function prepare(
  input: PlaygroundInput,
  ports: HerePorts,
): Result<Prepared, readonly InputProblem[]> {
  const capability = input.capability.trim() === "" ? ok(undefined) : readCapabilityText(input);
  const request = readRequestText(input.request);
  const policy = loadPolicyText(input.policy);
  const clock = wholeNumber(input.clock, "clock", "The clock is Unix seconds, a whole number.");
  const usage = readUsage(input);
  if (!capability.ok || !request.ok || !policy.ok || !clock.ok || !usage.ok) {
    return err(
      [capability, request, policy, clock, usage].flatMap((part) => (part.ok ? [] : part.error)),
    );
  }
  const presented = presentCapability(capability.value, input, ports.demo);
  const { call, dpop } = request.value.read;
  return ok({
    request: { capability: presented.capability, call, dpop },
    context: evaluationContext({
      policy: policy.value,
      trustedIssuers: presented.trustedIssuers,
      now: clock.value * 1000n,
      usage: () => usage.value,
      meter: ports.meter,
    }),
    presented,
    requestValue: request.value.value,
  });
}

function judged(
  input: PlaygroundInput,
  prepared: Prepared,
  evaluation: Evaluation,
  receipt: JsonObject,
  milliseconds: number,
): JudgedOutcome {
  const { verdict, trace, evidence, grant } = evaluation;
  const capability = evaluation.capability ?? readable(prepared.request.capability);
  const { call, capability: presented } = prepared.request;
  const { policy } = prepared.context;
  const denial = verdict.kind === "deny" ? verdict.denial : null;
  const exhausted =
    denial?.code === "budget-exhausted" && grant !== null && capability !== null
      ? exhaustedGrant(grant.grant, prepared.context.usage(capability.id, grant.index))
      : null;
  return {
    kind: "judged",
    denial,
    trace,
    evidence,
    guards: policy.guards.map(({ name }) => name),
    asked: { serverId: call.serverId, toolName: call.toolName },
    capability:
      capability === null
        ? null
        : {
            id: capability.id,
            issuer: capability.issuer,
            issuedAt: capability.issuedAt,
            expiresAt: capability.expiresAt,
          },
    signing: prepared.presented.signing,
    presented: {
      token: presented.kind === "token" ? presented.token : null,
      trustedIssuers: [...prepared.presented.trustedIssuers],
    },
    exhausted,
    grants:
      capability === null ? [] : comparedGrants(input.capability, capability, prepared, evaluation),
    deciding:
      denial === null
        ? null
        : decidingLine(denial, {
            capability: input.capability,
            request: input.request,
            requestValue: prepared.requestValue,
            exhausted:
              grant === null || exhausted === null
                ? null
                : { index: grant.index, limit: LIMIT_MEMBERS[exhausted.kind] },
          }),
    policyHash: policy.hash,
    receipt,
    milliseconds,
  };
}

/** What a token says, where the kernel did not accept it: shown, and nothing else. */
function readable(presented: PresentedCapability): Capability | null {
  const read = presented.kind === "token" ? readCapability(presented.token) : null;
  return read?.ok ? read.value : null;
}

const LIMIT_MEMBERS = { invocations: "max_invocations", cost: "max_total_cost" } as const;

function exhaustedGrant(grant: ToolGrant, usage: Usage): ExhaustedGrant | null {
  const { maxInvocations, maxTotalCost: total, maxCostPerInvocation } = grant;
  if (maxInvocations !== null && usage.invocations >= maxInvocations) {
    return { kind: "invocations", limit: maxInvocations };
  }
  const spent = usage.exposed + usage.realized;
  return total === null
    ? null
    : {
        kind: "cost",
        total,
        left: total.units > spent ? total.units - spent : 0n,
        perCall: maxCostPerInvocation?.units ?? null,
      };
}

function comparedGrants(
  text: string,
  capability: Capability,
  { request, context }: Prepared,
  evaluation: Evaluation,
): readonly ComparedGrant[] {
  const call = { ...request.call, arguments: evaluation.arguments };
  const options = { mode: "full", compile: context.compile } as const;
  return compareGrants(capability.scope, call, options).map((comparison) => {
    const found = locate(text, `/scope/grants/${comparison.index}`);
    const lines =
      found === null ? null : { from: lineAt(text, found.start), to: lineAt(text, found.end - 1) };
    return { comparison, lines };
  });
}

/** A receipt of the verdict under the throw-away key, marked as a demo. Nothing ran, so it has no output. */
function demoReceipt(prepared: Prepared, evaluation: Evaluation, ports: HerePorts): JsonObject {
  const { verdict } = evaluation;
  const body = receiptBody({
    call: prepared.request.call,
    evaluation,
    outcome:
      verdict.kind === "deny"
        ? { kind: "denied", denial: verdict.denial }
        : { kind: "allowed", allowance: verdict, output: null, outputRedacted: false },
    timestamp: prepared.context.now / 1000n,
    policyHash: prepared.context.policy.hash,
    nonce: ports.nonce(),
    parent: null,
    metadata: {},
    demo: true,
  });
  return signReceipt(body, "v1", ports.demo.kernel);
}

function readCapabilityText(
  input: PlaygroundInput,
): Result<JsonValue | undefined, readonly InputProblem[]> {
  const parsed = parseJson(input.capability);
  return parsed.ok
    ? ok(parsed.value.value)
    : err([notJson("capability", input.capability, parsed.error)]);
}

interface ReadRequest {
  readonly read: CallRequest;
  readonly value: JsonValue;
}

function readRequestText(text: string): Result<ReadRequest, readonly InputProblem[]> {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return err([notJson("request", text, parsed.error)]);
  }
  const { value } = parsed.value;
  const read = readCallRequest(value, "playground");
  return read.ok
    ? ok({ read: read.value, value })
    : err(
        read.error.map(({ pointer, expected }) => ({
          input: "request",
          message: `${pointer === "" ? "The request" : pointer.slice(1)}: expected ${expected}.`,
          offset: locate(text, pointer)?.start ?? null,
        })),
      );
}

function readUsage({ used }: PlaygroundInput): Result<Usage, readonly InputProblem[]> {
  const says = "What was used before is a whole number.";
  const invocations = wholeNumber(used.invocations || "0", "used", says);
  const realized = wholeNumber(used.spent || "0", "used", says);
  if (!invocations.ok) {
    return invocations;
  }
  if (!realized.ok) {
    return realized;
  }
  return ok({
    invocations: invocations.value,
    realized: realized.value,
    exposed: 0n,
    // Null: whatever the grant counts in.
    currency: null,
  });
}

function wholeNumber(
  text: string,
  input: InputName,
  message: string,
): Result<bigint, readonly InputProblem[]> {
  return /^\d{1,18}$/.test(text.trim())
    ? ok(BigInt(text.trim()))
    : err([{ input, message, offset: null }]);
}

const PROBLEMS: Readonly<Record<JsonProblem["kind"], string>> = {
  syntax: "is not JSON",
  cut: "ends inside a value",
  "duplicate-key": "has a member twice",
  "lone-surrogate": "has half a character",
  number: "has a number that JSON lacks",
  depth: "is nested too deep",
};

function notJson(
  input: "capability" | "request",
  text: string,
  { kind, offset }: JsonProblem,
): InputProblem {
  const place = `line ${lineAt(text, offset)}`;
  return { input, message: `The ${input} ${PROBLEMS[kind]}, ${place}.`, offset };
}
