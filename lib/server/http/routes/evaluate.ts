import type { LoadedPolicy, PresentedCapability } from "@/kernel/evaluation/model.ts";
import type { CallRequest } from "@/kernel/evaluation/read-request.ts";
import { presentedCapability, readCallRequest } from "@/kernel/evaluation/read-request.ts";
import type { ParentLink } from "@/kernel/evaluation/receipt.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isArray, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { withMember } from "@/kernel/record-members.ts";
import type { CompilePattern } from "@/kernel/regex.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import {
  evidenceJson,
  recordHeaders,
  traceJson,
  verdictJson,
} from "@/lib/evaluation/evaluation-json.ts";
import { boundedRe2 } from "@/lib/regex/bounded-re2.ts";
import { canonicalKeys, dryRun } from "../../dry-run.ts";
import type { KernelShell } from "../../kernel-shell.ts";
import { evaluateLive } from "../../live/evaluate-live.ts";
import { policyOf } from "../../policy-source.ts";
import { uuid7 } from "../../receipt-nonce.ts";
import { MIB } from "../limits.ts";
import { MemberReader, objectBody } from "../members.ts";
import { answer, type HttpProblem, refusal } from "../problem.ts";
import type { Route } from "../route.ts";

const MEMBERS = [
  "capability",
  "request",
  "policy",
  "mode",
  "boundary",
  "parent_receipt_id",
  "trusted_issuers",
] as const;

/**
 * `POST /api/evaluate {capability, request, policy?, mode, boundary?, parent_receipt_id?, trusted_issuers?}`.
 * `live`: this server's policy, issuers and key; runs an allowed tool where a dispatcher is set up; the receipt
 * is in the log when the answer comes. `dry-run`: the caller's policy (an object, or the text of a policy file;
 * without one this server's), issuers that the caller names beside this server's, a throw-away key, no trace.
 */
export const evaluateRoute: Route = {
  method: "POST",
  path: "/api/evaluate",
  access: "data",
  rate: "evaluate",
  bodyLimit: 4 * MIB,
  errors: "house",
  async handle({ body }, shell) {
    const read = readEvaluateBody(body, shell);
    if (!read.ok) {
      return refusal(read.error);
    }
    return read.value.mode === "live"
      ? await answerLive(read.value, shell)
      : answerDry(read.value, shell);
  },
};

interface EvaluateBody extends CallRequest {
  readonly mode: "dry-run" | "live";
  readonly capability: PresentedCapability;
  readonly parent: ParentLink | null;
  readonly policy: JsonValue | undefined;
  readonly trustedIssuers: readonly string[];
}

async function answerLive(body: EvaluateBody, shell: KernelShell): Promise<Response> {
  const { call, dpop, capability, parent } = body;
  const live = await evaluateLive(
    { capability, call, dpop, parent, dispatch: true, metadata: {} },
    shell.live,
  );
  const { outcome, receipt, reconciliation } = live;
  const delivered = outcome.kind === "allowed" && outcome.output !== null;
  return answer({
    ...shared(body, live),
    ...(delivered ? { output: outcome.output } : {}),
    ...(reconciliation === null ? {} : { reconciliation }),
    receipt,
  });
}

/** Steps that the patterns of a dry run may take: a few seconds at the very worst, and far more than any real one. */
const PATTERN_STEPS = 2 ** 28;
/** Units of what rules a dry run, times those of what is ruled: each list of the one is tried on each text of the other. */
const MOST_WORK = 2 ** 32;

function answerDry(body: EvaluateBody, shell: KernelShell): Response {
  if (workOf(body) > MOST_WORK) {
    const message = "A policy of this size cannot be tried on arguments of this size.";
    return refusal({ code: "policy-refused", message, where: "/policy" });
  }
  const compile = boundedRe2(PATTERN_STEPS);
  const policy = policyFor(body, shell, compile);
  if (!policy.ok) {
    return refusal(policy.error);
  }
  const request = { ...body, policy: policy.value, compile };
  return answer(shared(body, dryRun(request, shell.demoSigner, shell.live)));
}

/** The caller may have written all three: the policy, the token by an issuer of its own, and the arguments. */
function workOf({ policy, capability, call }: EvaluateBody): number {
  const token = capability.kind === "token" ? capability.token : null;
  const rules = canonicalize(policy ?? null).length + canonicalize(token).length;
  return rules * canonicalize(call.arguments).length;
}

function shared(
  { mode, call }: EvaluateBody,
  { evaluation, outcome, receipt }: ReturnType<typeof dryRun>,
): JsonObject {
  return {
    mode,
    request_id: call.requestId,
    verdict: verdictJson(evaluation, outcome),
    trace: traceJson(evaluation.trace),
    evidence: evidenceJson(evaluation.evidence),
    receipt,
    ...(call.boundary === "produce"
      ? { headers: recordHeaders(receipt, outcome, call.requestId) }
      : {}),
  };
}

function policyFor(
  { policy }: EvaluateBody,
  { live }: KernelShell,
  compile: CompilePattern,
): Result<LoadedPolicy, HttpProblem> {
  if (policy === undefined) {
    return ok(live.policy);
  }
  const read = policyOf(policy, live.primitives, compile);
  return read.ok
    ? read
    : err({
        code: "policy-refused",
        message: read.error.message,
        where: `/policy${read.error.pointer}`,
      });
}

function readEvaluateBody(body: JsonValue, shell: KernelShell): Result<EvaluateBody, HttpProblem> {
  const object = objectBody(body);
  if (!object.ok) {
    return object;
  }
  const reader = new MemberReader(object.value);
  reader.only(MEMBERS);
  const mode = reader.text("mode");
  if (mode !== "dry-run" && mode !== "live") {
    reader.refuse("mode", "dry-run or live");
  }
  const policy = member(object.value, "policy");
  const issuers = readIssuers(object.value, reader);
  const call = reader.object("request");
  const parentId = reader.optionalText("parent_receipt_id");
  const boundary = reader.optionalText("boundary");
  const read = reader.done(null);
  if (!read.ok) {
    return read;
  }
  if (mode === "live" && (policy !== undefined || issuers.length > 0)) {
    const message = "A live evaluation is under this server's policy and issuers.";
    const where = policy === undefined ? "/trusted_issuers" : "/policy";
    return err({ code: "policy-not-allowed", message, where });
  }
  const request = readCall(call, boundary, shell);
  return request.ok
    ? ok({
        ...request.value,
        mode: mode === "live" ? "live" : "dry-run",
        capability: presentedCapability(member(object.value, "capability")),
        parent: parentId === null ? null : { receiptId: parentId, requestId: null, chainId: null },
        policy,
        trustedIssuers: issuers,
      })
    : request;
}

/** A boundary stands beside the request or in it; in both it must be the same. */
function readCall(
  request: JsonObject,
  boundary: string | null,
  { live }: KernelShell,
): Result<CallRequest, HttpProblem> {
  const inside = member(request, "boundary") ?? null;
  if (boundary !== null && inside !== null && inside !== boundary) {
    const message = "The request has another boundary.";
    return err({ code: "bad-request", message, where: "/boundary" });
  }
  const whole = boundary === null ? request : withMember(request, "boundary", boundary);
  const call = readCallRequest(whole, `req-${uuid7(live.clock())}`);
  if (call.ok) {
    return call;
  }
  const [first] = call.error;
  return err({
    code: "bad-request",
    message: `Expected ${first?.expected ?? "a call"}.`,
    where: `/request${first?.pointer ?? ""}`,
  });
}

function readIssuers(body: JsonObject, reader: MemberReader): readonly string[] {
  const given = member(body, "trusted_issuers") ?? [];
  const texts = isArray(given) ? given.filter((one) => typeof one === "string") : [];
  const keys = isArray(given) && texts.length === given.length ? canonicalKeys(texts) : null;
  if (keys === null || typeof keys === "number") {
    reader.refuse("trusted_issuers", "a list of public keys");
    return [];
  }
  return keys;
}
