import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { JudgedOutcome, PlaygroundInput } from "./model.ts";

/** `dry-run`: the caller's policy, nothing is kept. `live`: the server's policy, and the receipt is for ever. */
export type SendMode = "dry-run" | "live";

export type ServerAnswer =
  | {
      readonly kind: "verdict";
      readonly verdict: string;
      readonly guard: string;
      readonly reason: string;
      readonly receiptId: string;
      readonly receipt: JsonObject | null;
    }
  | { readonly kind: "error"; readonly code: string; readonly message: string };

/** What is sent: the texts, and the token as this page signed it. */
export interface Sent extends Pick<PlaygroundInput, "capability" | "request" | "policy"> {
  readonly presented: JudgedOutcome["presented"];
}

/**
 * The body of `POST /api/evaluate`; null where the request is no JSON. The authorities that are trusted here
 * go along in a dry run alone: a live call is judged by the server's policy and issuers.
 */
export function requestBody(sent: Sent, mode: SendMode): string | null {
  const request = parseJson(sent.request);
  if (!request.ok) {
    return null;
  }
  const { token, trustedIssuers } = sent.presented;
  const capability = token ?? (sent.capability.trim() === "" ? null : sent.capability);
  const dry = mode === "dry-run";
  return canonicalize({
    mode,
    request: request.value.value,
    ...(capability === null ? {} : { capability }),
    ...(dry && sent.policy !== null ? { policy: policyValue(sent.policy) } : {}),
    ...(dry && trustedIssuers.length > 0 ? { trusted_issuers: trustedIssuers } : {}),
  });
}

/** A policy written as JSON goes as JSON, one written as YAML as its text. */
function policyValue(text: string): JsonValue {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value.value : text;
}

/** Asks the server that this page came from. Never throws: what goes wrong is an answer too. */
export async function sendToServer(sent: Sent, mode: SendMode): Promise<ServerAnswer> {
  const body = requestBody(sent, mode);
  if (body === null) {
    return error("not-json", "The request is not JSON, so nothing was sent.");
  }
  try {
    const response = await fetch("/api/evaluate", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "error",
      credentials: "same-origin",
    });
    return readAnswer(response.status, await response.text());
  } catch {
    return error(
      "no-answer",
      "The server did not answer. Without one, the page itself still evaluates.",
    );
  }
}

/** What a status and a body mean. A body that is not understood is an error with the status as its code. */
export function readAnswer(status: number, body: string): ServerAnswer {
  const parsed = parseJson(body);
  const value = parsed.ok ? parsed.value.value : null;
  if (!isObject(value)) {
    return error(`http-${status}`, "The server’s answer could not be read.");
  }
  const problem = member(value, "error");
  if (status >= 400 || problem !== undefined) {
    return readError(status, value, problem);
  }
  const receipt = member(value, "receipt");
  const verdict = member(value, "verdict");
  const told = isObject(verdict) ? verdict : value;
  const word = isObject(verdict) ? member(verdict, "verdict") : verdict;
  if (typeof word !== "string") {
    return error(`http-${status}`, "The server’s answer names no verdict.");
  }
  return {
    kind: "verdict",
    verdict: word,
    guard: text(told, "guard"),
    reason: text(told, "reason"),
    receiptId: isObject(receipt) ? text(receipt, "id") : text(value, "receipt_id"),
    receipt: isObject(receipt) ? receipt : null,
  };
}

function readError(
  status: number,
  value: JsonObject,
  problem: JsonValue | undefined,
): ServerAnswer {
  const inner = isObject(problem) ? problem : value;
  const code = text(inner, "code") || asText(problem) || `http-${status}`;
  const message = text(inner, "message") || text(value, "message");
  return error(code, message === "" ? `The server answered ${status}.` : message);
}

function text(object: JsonObject, name: string): string {
  return asText(member(object, name)) ?? "";
}

function error(code: string, message: string): ServerAnswer {
  return { kind: "error", code, message };
}
