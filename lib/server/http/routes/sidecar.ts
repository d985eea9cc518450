import { presentedCapability } from "@/kernel/evaluation/read-request.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import type { KernelShell } from "../../kernel-shell.ts";
import { evaluateLive } from "../../live/evaluate-live.ts";
import type { JudgedAnswer } from "../../live/model.ts";
import { ShellFailure } from "../../shell-failure.ts";
import { decideRoute } from "../../sidecar/decide-route.ts";
import { decisionOf, heldToHint, toolCallOf } from "../../sidecar/decide-tool.ts";
import { type HttpCall, presentedText, readHttpCall } from "../../sidecar/http-call.ts";
import { type HttpDecision, httpReceipt, httpVerdict } from "../../sidecar/http-receipt.ts";
import { verifies } from "../../verify-receipt.ts";
import { MIB } from "../limits.ts";
import { answer, refusal } from "../problem.ts";
import type { Route } from "../route.ts";

/**
 * `POST /chio/evaluate`: the question of the shipped clients' middleware and tool wrappers (kernel semantics
 * 5.2). Where a tool is named the whole kernel decides, and always over a token: upstream lets a GET that names
 * a tool pass without one. The caller runs what is allowed.
 */
export const sidecarEvaluateRoute: Route = {
  method: "POST",
  path: "/chio/evaluate",
  access: "data",
  rate: "evaluate",
  bodyLimit: 10 * MIB,
  errors: "sidecar",
  async handle({ body, headers, query }, shell) {
    const read = readHttpCall(body);
    if (!read.ok) {
      return refusal(read.error, "sidecar");
    }
    const call = read.value;
    const presented = heldToHint(
      presentedCapability(presentedText(headers, query, call)),
      call.capabilityId,
    );
    const { toolServer, toolName } = call;
    if (toolServer === null || toolName === null) {
      return await answerRoute(call, decideRoute(call, presented, shell.live), shell);
    }
    const tool = toolCallOf(call, { server: toolServer, name: toolName }, presented);
    const live = await evaluateLive(
      {
        capability: presented,
        call: tool,
        dpop: call.dpop,
        parent: null,
        dispatch: false,
        metadata: {},
        beside: (judged: JudgedAnswer) => [signed(call, decisionOf(judged), shell)],
      },
      shell.live,
    );
    const [receipt = {}] = live.beside;
    return decided(decisionOf(live), receipt);
  },
};

/** `POST /chio/verify`: whether an HTTP receipt is one of this server's, whole. */
export const sidecarVerifyRoute: Route = {
  method: "POST",
  path: "/chio/verify",
  access: "data",
  rate: "evaluate",
  bodyLimit: MIB,
  errors: "sidecar",
  async handle({ body }, shell) {
    return isObject(body)
      ? answer({ valid: verifies(body, ["http"], shell) })
      : refusal({ code: "bad-request", message: "Expected an HTTP receipt." }, "sidecar");
  },
};

/** `GET /chio/health`. */
export const healthRoute: Route = {
  method: "GET",
  path: "/chio/health",
  access: "open",
  rate: "read",
  bodyLimit: 0,
  errors: "sidecar",
  handle: async (_request, shell) => answer({ status: shell.health(), version: shell.version }),
};

async function answerRoute(
  call: HttpCall,
  decision: HttpDecision,
  shell: KernelShell,
): Promise<Response> {
  let receipt: JsonObject;
  try {
    receipt = signed(call, decision, shell);
  } catch (problem) {
    shell.report(problem);
    throw new ShellFailure("signing-failed");
  }
  try {
    await shell.live.log.append({ receipt });
  } catch (problem) {
    shell.report(problem);
    throw new ShellFailure("not-durable");
  }
  return decided(decision, receipt);
}

function signed(call: HttpCall, decision: HttpDecision, { live }: KernelShell): JsonObject {
  return httpReceipt(call, decision, {
    policyHash: live.policy.hash,
    signer: live.signer(),
    primitives: live.primitives,
    now: live.clock(),
  });
}

function decided(decision: HttpDecision, receipt: JsonObject): Response {
  return answer({ verdict: httpVerdict(decision), receipt, evidence: decision.evidence });
}
