import type { Capability } from "@/kernel/capability/model.ts";
import { presentedCapability } from "@/kernel/evaluation/read-request.ts";
import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { DEFAULT_TTL } from "@/kernel/policy/defaults.ts";
import { err, type Result } from "@/kernel/result.ts";
import { type Attenuated, attenuateToken, type Issued, issueToken } from "../../issuance/issue.ts";
import type { KernelShell } from "../../kernel-shell.ts";
import { lineageRow } from "../../lineage.ts";
import { decideRoute } from "../../sidecar/decide-route.ts";
import { MIB } from "../limits.ts";
import { MemberReader, objectBody } from "../members.ts";
import { answer, type HttpProblem, refusal } from "../problem.ts";
import type { Route } from "../route.ts";

const SHARED = {
  method: "POST",
  bodyLimit: MIB,
  errors: "sidecar",
} as const;

/** `POST /v1/capabilities {subject, scope?, ttl_seconds?}`: a token by this server's authority. */
export const issueRoute: Route = {
  ...SHARED,
  path: "/v1/capabilities",
  access: "control",
  rate: "control",
  async handle({ body }, shell) {
    const issued = issueOf(body, shell);
    return issued.ok ? keep(issued.value, [], shell) : refusal(issued.error, "sidecar");
  },
};

/** `POST /v1/capabilities/attenuate {parent_token, new_scope}`: a token inside another one. */
export const attenuateRoute: Route = {
  ...SHARED,
  path: "/v1/capabilities/attenuate",
  access: "control",
  rate: "control",
  async handle({ body }, shell) {
    const issued = attenuationOf(body, shell);
    return issued.ok
      ? keep(issued.value, issued.value.origins, shell)
      : refusal(issued.error, "sidecar");
  },
};

/** `POST /v1/capabilities/validate`: whether a token is in force here and now; the body is the token. */
export const validateRoute: Route = {
  ...SHARED,
  path: "/v1/capabilities/validate",
  access: "data",
  rate: "evaluate",
  async handle({ body }, shell) {
    const token = isObject(body) && isObject(member(body, "token")) ? member(body, "token") : body;
    const presented = presentedCapability(token ?? null);
    const { verdict } = decideRoute(ANY_WRITE, presented, shell.live);
    return answer(
      verdict.kind === "allow" ? { valid: true } : { valid: false, reason: verdict.reason },
    );
  },
};

/** A request that nothing but a token in force carries. */
const ANY_WRITE = {
  requestId: "validate",
  method: "POST",
  routePattern: "/",
  path: "/",
  query: {},
  headers: {},
  caller: {},
  bodyHash: null,
  sessionId: null,
  capabilityId: null,
  toolServer: null,
  toolName: null,
  arguments: {},
  model: null,
  dpop: null,
} as const;

function issueOf(body: JsonValue, shell: KernelShell): Result<Issued, HttpProblem> {
  const object = objectBody(body);
  if (!object.ok) {
    return object;
  }
  const reader = new MemberReader(object.value);
  const scope = reader.optionalObject("scope") ?? shell.live.policy.effective.defaultScope;
  const ttl = reader.optionalInteger("ttl_seconds");
  const request = reader.done({
    subject: reader.text("subject"),
    scope,
    ttlSeconds: ttl ?? defaultTtl(shell),
  });
  return request.ok ? issueToken(request.value, issuerOf(shell)) : request;
}

/** 64-bit integers have no `Math.min`. */
function defaultTtl({ maxTtl }: KernelShell): bigint {
  if (maxTtl < DEFAULT_TTL) {
    return maxTtl;
  }
  return DEFAULT_TTL;
}

function attenuationOf(body: JsonValue, shell: KernelShell): Result<Attenuated, HttpProblem> {
  const object = objectBody(body);
  if (!object.ok) {
    return object;
  }
  const reader = new MemberReader(object.value);
  const parent = reader.object("parent_token");
  const scope = reader.object("new_scope");
  const read = reader.done(null);
  if (!read.ok) {
    return read;
  }
  const { verdict } = decideRoute(ANY_WRITE, presentedCapability(parent), shell.live);
  return verdict.kind === "deny"
    ? err({ code: "scope-refused", message: verdict.reason, where: "/parent_token" })
    : attenuateToken(parent, scope, {
        ...issuerOf(shell),
        trustedIssuers: shell.live.trustedIssuers(),
        verify: shell.live.verify,
        primitives: shell.live.primitives,
      });
}

function issuerOf({ keyring, maxTtl, live }: KernelShell) {
  return { signer: keyring.signer("capability_authority"), maxTtl, now: live.clock() };
}

function keep(
  { token, capability }: { readonly token: JsonObject; readonly capability: Capability },
  origins: readonly string[],
  shell: KernelShell,
): Response {
  shell.issued.record(capability.id, token, origins);
  shell.lineage.record(lineageRow(capability));
  return answer(token);
}
