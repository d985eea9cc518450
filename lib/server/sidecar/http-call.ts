import { asText, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { Result } from "@/kernel/result.ts";
import { MemberReader, objectBody } from "../http/members.ts";
import type { HttpProblem } from "../http/problem.ts";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
export type HttpMethod = (typeof METHODS)[number];

/** An HTTP request that a client's middleware asks about (kernel semantics 5.2). */
export interface HttpCall {
  readonly requestId: string;
  readonly method: HttpMethod;
  readonly routePattern: string;
  readonly path: string;
  readonly query: JsonObject;
  /** Those that the client took from the request it asks about. */
  readonly headers: JsonObject;
  /** As it is hashed into the receipt: optional members left out, `verified` always there. */
  readonly caller: JsonObject;
  readonly bodyHash: string | null;
  readonly sessionId: string | null;
  readonly capabilityId: string | null;
  readonly toolServer: string | null;
  readonly toolName: string | null;
  readonly arguments: JsonValue;
  readonly model: JsonObject | null;
  readonly dpop: JsonValue | null;
}

/** The members that each way of authenticating has. */
const AUTH_METHODS: ReadonlyMap<string, readonly string[]> = new Map([
  ["bearer", ["token_hash"]],
  ["api_key", ["key_name", "key_hash"]],
  ["cookie", ["cookie_name", "cookie_hash"]],
  ["mtls_certificate", ["subject_dn", "fingerprint"]],
  ["anonymous", []],
]);

/** Reads the body of `POST /chio/evaluate`. Clients send members of their own: those are ignored, as upstream does. */
export function readHttpCall(body: JsonValue): Result<HttpCall, HttpProblem> {
  const object = objectBody(body);
  if (!object.ok) {
    return object;
  }
  const reader = new MemberReader(object.value);
  const method = METHODS.find((one) => one === member(object.value, "method"));
  if (method === undefined) {
    reader.refuse("method", METHODS.join(", "));
  }
  if (reader.optionalInteger("timestamp") === null) {
    reader.refuse("timestamp", "Unix seconds");
  }
  reader.optionalInteger("body_length");
  const caller = readCaller(reader.object("caller"));
  const call: HttpCall = {
    requestId: reader.text("request_id"),
    method: method ?? "POST",
    routePattern: reader.text("route_pattern"),
    path: reader.text("path"),
    query: texts(reader, "query"),
    headers: texts(reader, "headers"),
    caller: caller.ok ? caller.value : {},
    bodyHash: hash(reader, "body_hash"),
    sessionId: reader.optionalText("session_id"),
    capabilityId: reader.optionalText("capability_id"),
    toolServer: reader.optionalText("tool_server"),
    toolName: reader.optionalText("tool_name"),
    arguments: member(object.value, "arguments") ?? {},
    model: reader.optionalObject("model_metadata"),
    dpop: member(object.value, "dpop") ?? null,
  };
  const read = reader.done(call);
  return read.ok && !caller.ok ? caller : read;
}

function readCaller(caller: JsonObject): Result<JsonObject, HttpProblem> {
  const reader = new MemberReader(caller, "/caller");
  const auth = new MemberReader(reader.object("auth_method"), "/caller/auth_method");
  const method = auth.text("method");
  const names = AUTH_METHODS.get(method);
  if (names === undefined) {
    auth.refuse("method", [...AUTH_METHODS.keys()].join(", "));
  }
  const verified = member(caller, "verified") ?? false;
  if (typeof verified !== "boolean") {
    reader.refuse("verified", "true or false");
  }
  const tenant = reader.optionalText("tenant");
  const agentId = reader.optionalText("agent_id");
  const read = auth.done({
    subject: reader.text("subject"),
    auth_method: Object.fromEntries([
      ["method", method],
      ...(names ?? []).map((name) => [name, auth.text(name)]),
    ]),
    verified,
    ...(tenant === null ? {} : { tenant }),
    ...(agentId === null ? {} : { agent_id: agentId }),
  });
  const whole = reader.done(null);
  return whole.ok ? read : whole;
}

/** An object of texts; absent is empty. */
function texts(reader: MemberReader, name: string): JsonObject {
  const object = reader.optionalObject(name) ?? {};
  if (!Object.values(object).every((value) => typeof value === "string")) {
    reader.refuse(name, "an object of texts");
  }
  return object;
}

function hash(reader: MemberReader, name: string): string | null {
  const text = reader.optionalText(name);
  if (text !== null && !/^[0-9a-f]{64}$/.test(text)) {
    reader.refuse(name, "64 lower-case hexadecimal digits");
  }
  return text;
}

/**
 * The capability that came with the call: the header of the question itself, its address, then the header and
 * the query that the client took from the request it asks about.
 */
export function presentedText(
  headers: Headers,
  address: URLSearchParams,
  call: Pick<HttpCall, "headers" | "query">,
): string | null {
  return (
    headers.get(HEADER) ??
    address.get(PARAMETER) ??
    headerOf(call.headers) ??
    asText(member(call.query, PARAMETER)) ??
    null
  );
}

export const HEADER = "x-chio-capability";
const PARAMETER = "chio_capability";

function headerOf(headers: JsonObject): string | undefined {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === HEADER);
  return asText(found?.[1]);
}

/** A member of a presented token, before anything of it was verified. */
export function claimedText(token: JsonValue | undefined, name: string): string | null {
  return isObject(token) ? (asText(member(token, name)) ?? null) : null;
}
