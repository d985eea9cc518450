import type { Denial } from "@/kernel/evaluation/model.ts";
import { locate } from "@/kernel/json/pointer.ts";
import { isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { DecidingLine } from "./model.ts";

/** The names under which a request may carry what the kernel reads (the first that is there counts). */
const SPELLINGS = {
  agent: ["agent_id", "agent"],
  tool: ["tool_name", "tool", "topic"],
  arguments: ["arguments", "parameters", "params"],
} as const;

interface Texts {
  readonly capability: string;
  readonly request: string;
  readonly requestValue: JsonValue;
  /** The grant without room for the call, and the member that limits it. */
  readonly exhausted: { readonly index: number; readonly limit: string } | null;
}

/**
 * The line that a denial turns on: the argument that a guard names, the tool that no grant covers, the date
 * that has passed. Null where it is no single line, as with a missing token.
 */
export function decidingLine(denial: Denial, texts: Texts): DecidingLine | null {
  const place = placeOf(denial, texts);
  if (place === null) {
    return null;
  }
  const found = locate(texts[place.input], place.pointer);
  return found === null
    ? null
    : { input: place.input, line: lineAt(texts[place.input], found.start) };
}

/** The number of the line in which a UTF-16 index stands, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
  }
  return line;
}

interface Place {
  readonly input: "capability" | "request";
  readonly pointer: string;
}

function placeOf(denial: Denial, texts: Texts): Place | null {
  const { requestValue } = texts;
  switch (denial.code) {
    case "untrusted-issuer":
      return { input: "capability", pointer: "/issuer" };
    case "invalid-signature":
      return { input: "capability", pointer: "/signature" };
    case "not-yet-valid":
      return { input: "capability", pointer: "/issued_at" };
    case "expired":
    case "lifetime-exceeded":
      return { input: "capability", pointer: "/expires_at" };
    case "delegation-invalid":
    case "ancestor-revoked":
      return { input: "capability", pointer: "/delegation_chain" };
    case "subject-mismatch":
      return inRequest(requestValue, "agent", "");
    case "out-of-scope":
      return inRequest(requestValue, "tool", "");
    case "budget-exhausted":
      return texts.exhausted === null
        ? null
        : {
            input: "capability",
            pointer: `/scope/grants/${texts.exhausted.index}/${texts.exhausted.limit}`,
          };
    default:
      return denial.pointer === null ? null : inRequest(requestValue, "arguments", denial.pointer);
  }
}

function inRequest(
  request: JsonValue,
  what: keyof typeof SPELLINGS,
  pointer: string,
): Place | null {
  if (!isObject(request)) {
    return null;
  }
  const name = SPELLINGS[what].find((spelling) => member(request, spelling) !== undefined);
  return name === undefined ? null : { input: "request", pointer: `/${name}${pointer}` };
}
