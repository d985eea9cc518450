import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonValue } from "@/kernel/json/value.ts";

const URN = "urn:chio:error:";
const SHAPE = [`${URN}transport:invalid-request-shape`, 1002] as const;
const CREDENTIAL = [`${URN}transport:auth-missing-or-invalid`, 1100] as const;
const INTERNAL = [`${URN}kernel:internal-error`, 6100] as const;
const INCOMPLETE = [`${URN}kernel:request-incomplete`, 1002] as const;

/** Every way in which a request is refused before or instead of a decision: status, registry name, registry number. */
export const PROBLEMS = {
  "bad-request": [400, ...SHAPE],
  "bad-json": [400, ...SHAPE],
  "policy-refused": [400, `${URN}policy:compile-failed`, 1002],
  "policy-not-allowed": [400, `${URN}policy:decision-denied`, 1002],
  unauthorized: [401, ...CREDENTIAL],
  "host-not-allowed": [403, ...CREDENTIAL],
  "origin-not-allowed": [403, ...CREDENTIAL],
  "not-found": [404, ...SHAPE],
  "method-not-allowed": [405, ...SHAPE],
  "body-timeout": [408, ...INCOMPLETE],
  conflict: [409, ...SHAPE],
  "body-too-large": [413, ...SHAPE],
  "not-json": [415, ...SHAPE],
  "scope-refused": [422, `${URN}capability:scope-exceeded`, 2100],
  "too-many-requests": [429, ...INCOMPLETE],
  "headers-too-large": [431, ...SHAPE],
  internal: [500, ...INTERNAL],
  "signing-failed": [500, `${URN}attest:receipt-signing-failed`, 6100],
  "not-durable": [503, ...INTERNAL],
  "not-ready": [503, ...INTERNAL],
  timeout: [503, ...INCOMPLETE],
} as const satisfies Record<string, readonly [status: number, urn: string, number: number]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** An expected refusal; `where` is an RFC 6901 pointer into the body, or the name of a header or parameter. */
export interface HttpProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly where?: string;
}

/** The house's answers, or the shape that clients of the sidecar read (kernel semantics 5.2). */
export type ErrorShape = "house" | "sidecar";

/** Sent with every answer of a route: none may be kept, sniffed into a page, or read by another origin. */
const HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;

/** An answer in canonical JSON, 64-bit integers exact. */
export function answer(
  value: JsonValue,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(canonicalize(value), {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8", ...HEADERS, ...headers },
  });
}

/** A streamed answer of another type, with the same protections. */
export function streamed(
  body: ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(body, { headers: { ...HEADERS, ...headers } });
}

/** A refusal as an answer. Holds what the caller did, never what the server holds. */
export function refusal(problem: HttpProblem, shape: ErrorShape = "house"): Response {
  const [status, urn, number] = PROBLEMS[problem.code];
  const where = problem.where === undefined ? {} : { where: problem.where };
  const headers = BESIDE[problem.code] ?? {};
  if (shape === "sidecar") {
    const error = SIDECAR[problem.code] ?? (status < 500 ? "chio_bad_request" : FAILED);
    // Clients of the sidecar read two members: the place goes into the sentence.
    const place = problem.where === undefined ? "" : `${problem.where}: `;
    return answer({ error, message: place + problem.message }, status, headers);
  }
  const error = { code: problem.code, message: problem.message, urn, number, ...where };
  return answer({ error }, status, headers);
}

/** A body that was not read to its end cannot be followed by another request on its connection. */
const BESIDE: Partial<Record<ProblemCode, Readonly<Record<string, string>>>> = {
  unauthorized: { "WWW-Authenticate": "Bearer" },
  "too-many-requests": { "Retry-After": "1" },
  "body-too-large": { Connection: "close" },
  "body-timeout": { Connection: "close" },
};

const FAILED = "chio_evaluation_failed";
const SIDECAR: Partial<Record<ProblemCode, string>> = {
  unauthorized: "chio_control_forbidden",
  "signing-failed": "chio_receipt_sign_failed",
  "not-durable": "chio_receipt_persistence_failed",
};
