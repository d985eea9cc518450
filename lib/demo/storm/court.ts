import { signToken } from "@/kernel/capability/sign.ts";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { NO_USAGE, type Usage } from "@/kernel/economics/model.ts";
import { evaluate } from "@/kernel/evaluate.ts";
import type { ToolCall } from "@/kernel/evaluation/call.ts";
import type { Evaluation, KernelContext, LoadedPolicy } from "@/kernel/evaluation/model.ts";
import { type CallOutcome, receiptBody } from "@/kernel/evaluation/receipt.ts";
import { mapMemory } from "@/kernel/guards/memory.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";
import { type DemoKey, demoKey } from "../keys.ts";
import { handleAt } from "../receipt.ts";
import { isEvent, requestOf, type StormCall, secondOf } from "./call.ts";
import { GROUP_BUDGET, policyAfter, policyBefore } from "./policies.ts";
import { CALLS_PER_MINUTE } from "./templates.ts";

/** The capabilities of a storm, by id: what each grants, to whom, and until when. */
export interface StormCapability {
  readonly id: string;
  readonly agent: string;
  readonly grants: readonly JsonObject[];
  /** Unix seconds. */
  readonly from: number;
  readonly until: number;
}

export const authority = (): DemoKey => demoKey("capability authority");

export interface CourtOptions {
  readonly capabilities: readonly StormCapability[];
  /** Unix seconds from which the second policy is in force. */
  readonly policyChange: number;
  readonly primitives: Primitives;
}

/**
 * The kernel of a storm. It judges the first call of each kind for real, the guards that remember included,
 * and refuses to go on where its answer is not what the template says. Further calls of the kind are decided
 * by that answer, and their receipts are written by the same code.
 */
export class StormCourt {
  readonly tokens: readonly JsonObject[];
  readonly policies: readonly [LoadedPolicy, LoadedPolicy];
  readonly #options: CourtOptions;
  readonly #byId: ReadonlyMap<string, JsonObject>;
  readonly #precedents = new Map<string, Evaluation>();

  constructor(options: CourtOptions) {
    this.#options = options;
    this.policies = [policyBefore(options.primitives), policyAfter(options.primitives)];
    this.tokens = options.capabilities.map(({ id, agent, grants, from, until }) =>
      signToken(
        {
          id,
          subject: demoKey(agent).key,
          scope: { grants: [...grants] },
          issued_at: from,
          expires_at: until,
        },
        authority().seed,
      ),
    );
    this.#byId = new Map(options.capabilities.map(({ id }, at) => [id, this.tokens[at] ?? {}]));
  }

  policyAt(second: number): LoadedPolicy {
    return this.policies[second < this.#options.policyChange ? 0 : 1];
  }

  /** The body of the call's receipt, its draft id in it. */
  body(call: StormCall, handle: string): JsonObject {
    const second = secondOf(call.ms);
    const evaluation = this.#judge(call, second);
    const body = receiptBody({
      call: toolCall(call),
      evaluation,
      outcome: outcomeOf(call, evaluation),
      timestamp: BigInt(second),
      policyHash: this.policyAt(second).hash,
      nonce: handleAt(second, handle),
      parent: null,
      metadata: {},
      demo: true,
      primitives: this.#options.primitives,
    });
    return withCaller(body, call);
  }

  #judge(call: StormCall, second: number): Evaluation {
    const { denied, by, server, tool } = call;
    const kind = `${by.capability}\n${server}\n${tool}\n${denied?.template.name ?? ""}`;
    const precedent = this.#precedents.get(kind);
    if (precedent !== undefined) {
      return { ...precedent, arguments: call.parameters };
    }
    const token = this.#byId.get(by.capability);
    if (token === undefined) {
      throw new RangeError(`no capability ${by.capability}`);
    }
    const context = this.#context(call, second);
    const request = {
      capability: { kind: "token", token },
      call: toolCall(call),
      dpop: null,
    } as const;
    if (denied?.template.name === "velocity") {
      // The bucket is emptied by calls that are allowed: the guard itself says when it is enough.
      for (let made = 0; made < CALLS_PER_MINUTE; made += 1) {
        expectVerdict(evaluate(request, context), null, kind);
      }
    }
    const evaluation = evaluate(request, context);
    expectVerdict(evaluation, denied?.template.judged ?? null, kind);
    this.#precedents.set(kind, evaluation);
    return evaluation;
  }

  #context({ denied }: StormCall, second: number): KernelContext {
    const spent: Usage = { ...NO_USAGE, realized: GROUP_BUDGET, currency: "EUR" };
    return {
      policy: this.policyAt(second),
      trustedIssuers: new Set([authority().key]),
      isRevoked: () => false,
      lineage: () => null,
      takeNonce: () => true,
      usage: () => (denied?.template.name === "budget" ? spent : NO_USAGE),
      memory: mapMemory(),
      isRegistered: null,
      emergencyStop: null,
      now: BigInt(second) * 1000n,
      compile: compileRe2,
      verify: verifySignature,
      primitives: this.#options.primitives,
      meter: null,
    };
  }
}

function expectVerdict(
  { verdict }: Evaluation,
  expected: { readonly guard: string; readonly code: string } | null,
  kind: string,
): void {
  const denial = verdict.kind === "deny" ? verdict.denial : null;
  if (denial?.guard !== expected?.guard || denial?.code !== expected?.code) {
    throw new RangeError(
      `the kernel's answer is ${denial === null ? "allow" : `${denial.guard}: ${denial.reason}`}, for ${kind}`,
    );
  }
}

function toolCall({ by, server, tool, parameters, source }: StormCall): ToolCall {
  return {
    requestId: requestOf(by, source),
    agentId: demoKey(by.agent).key,
    serverId: server,
    toolName: tool,
    arguments: parameters,
    boundary: isEvent(tool) ? "consume" : "tool",
    sessionId: null,
    model: null,
    roots: null,
  };
}

function outcomeOf({ denied }: StormCall, { verdict }: Evaluation): CallOutcome {
  if (verdict.kind === "allow") {
    return { kind: "allowed", allowance: verdict, output: null, outputRedacted: false };
  }
  const { template, reason } = denied ?? { template: null, reason: verdict.denial.reason };
  return {
    kind: "denied",
    denial: { ...verdict.denial, guard: template?.guard ?? verdict.denial.guard, reason },
  };
}

/** Names the agent, and words the row of the guard that said no as its receipt does. */
function withCaller(body: JsonObject, { by, denied }: StormCall): JsonObject {
  const metadata = objectOf(body["metadata"]);
  const evidence = body["evidence"];
  return {
    ...body,
    ...(Array.isArray(evidence)
      ? {
          evidence: evidence.map((row) =>
            objectOf(row)["verdict"] === false && denied !== null
              ? { ...objectOf(row), details: denied.reason }
              : row,
          ),
        }
      : {}),
    metadata: {
      ...metadata,
      chio_explorer: {
        ...objectOf(metadata["chio_explorer"]),
        service: by.service,
        agent: by.agent,
        ...(by.group === "" ? {} : { consumer_group: by.group }),
      },
    },
  };
}

function objectOf(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
