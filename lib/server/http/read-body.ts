import { parseJson } from "@/kernel/json/parse.ts";
import { isArray, isObject, type JsonValue } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { MIB } from "./limits.ts";
import type { HttpProblem } from "./problem.ts";

export interface BodyBounds {
  /** Octets. */
  readonly limit: number;
  readonly milliseconds: number;
}

/** Octets beyond the limit that are read and dropped, so that an honest client that sends too much can read why. */
const DROPPED_AT_MOST = 16 * MIB;

/**
 * Nested containers of a body. What a caller sends stands deeper in its receipt, and that deeper again in an export
 * or an answer: a receipt at the limit of the parser could be stored, and never be read again.
 */
export const DEEPEST_BODY = 100;

/**
 * The body of a POST as JSON, read strictly: a text that two readers could read differently is refused. The
 * octets are counted as they come, whatever Content-Length says, and none beyond the limit is kept.
 */
export async function readJsonBody(
  request: Request,
  bounds: BodyBounds,
): Promise<Result<JsonValue, HttpProblem>> {
  const problem = contentProblem(request, bounds);
  if (problem !== null) {
    return err(problem);
  }
  const octets = await readBounded(request, bounds);
  if (!octets.ok) {
    return octets;
  }
  const text = decode(octets.value);
  const parsed = text === null ? null : parseJson(text);
  if (parsed === null) {
    return err({ code: "bad-json", message: "The body is not UTF-8." });
  }
  if (!parsed.ok) {
    const { kind, offset, pointer } = parsed.error;
    const message = `The body is not strict JSON: ${kind} at character ${offset}.`;
    return err({ code: "bad-json", message, where: pointer });
  }
  const { value } = parsed.value;
  return isDeeper(value, DEEPEST_BODY)
    ? err({ code: "bad-json", message: `The body is nested more than ${DEEPEST_BODY} levels.` })
    : ok(value);
}

function isDeeper(value: JsonValue, levels: number): boolean {
  if (!isObject(value) && !isArray(value)) {
    return false;
  }
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function contentProblem(request: Request, { limit }: BodyBounds): HttpProblem | null {
  const type = request.headers.get("content-type") ?? "";
  const [media = "", ...parameters] = type
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const plain = parameters.every((one) => one === "charset=utf-8" || one === 'charset="utf-8"');
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (media !== "application/json" || !plain || encoding !== "identity") {
    return {
      code: "not-json",
      message: "The body must be application/json in UTF-8, without a content encoding.",
      where: media === "application/json" && plain ? "Content-Encoding" : "Content-Type",
    };
  }
  const announced = Number(request.headers.get("content-length") ?? 0);
  return announced > limit + DROPPED_AT_MOST ? tooLarge(limit) : null;
}

async function readBounded(
  request: Request,
  { limit, milliseconds }: BodyBounds,
): Promise<Result<Uint8Array, HttpProblem>> {
  const reader = request.body?.getReader();
  if (reader === undefined) {
    return ok(new Uint8Array());
  }
  const late = timer(milliseconds);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const next = await Promise.race([reader.read(), late.expired]);
      if (next === "late") {
        return err({ code: "body-timeout", message: "The body did not arrive in time." });
      }
      if (next.done) {
        return size > limit ? err(tooLarge(limit)) : ok(joined(chunks, size));
      }
      size += next.value.byteLength;
      if (size > limit + DROPPED_AT_MOST) {
        return err(tooLarge(limit));
      }
      if (size <= limit) {
        chunks.push(next.value);
      }
    }
  } catch {
    return err({ code: "bad-request", message: "The body could not be read." });
  } finally {
    late.stop();
  }
}

function timer(milliseconds: number): {
  readonly expired: Promise<"late">;
  readonly stop: () => void;
} {
  let handle: NodeJS.Timeout | undefined;
  const expired = new Promise<"late">((resolve) => {
    handle = setTimeout(() => resolve("late"), milliseconds);
  });
  return { expired, stop: () => clearTimeout(handle) };
}

function tooLarge(limit: number): HttpProblem {
  return { code: "body-too-large", message: `The body may have ${limit} octets.` };
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function decode(octets: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return null;
  }
}
