import { parsePublicKey } from "../crypto/key.ts";
import { parseJson } from "../json/parse.ts";
import { childPointer } from "../json/pointer.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { err, ok, type Result } from "../result.ts";
import { BOUNDARIES, type Boundary, type ModelMetadata, type ToolCall } from "./call.ts";
import type { PresentedCapability } from "./model.ts";

export interface RequestProblem {
  readonly pointer: string;
  readonly expected: string;
}

export interface CallRequest {
  readonly call: ToolCall;
  readonly dpop: JsonValue | null;
}

/** Spellings under which the surfaces of the protocol name one member. */
const MEMBERS = {
  requestId: ["request_id", "id"],
  agentId: ["agent_id", "agent"],
  serverId: ["server_id", "tool_server", "server"],
  toolName: ["tool_name", "tool"],
  arguments: ["arguments", "parameters", "params"],
  boundary: ["boundary"],
  topic: ["topic"],
  sessionId: ["session_id"],
  model: ["model_metadata"],
  roots: ["roots"],
  dpop: ["dpop"],
} as const;
const KNOWN: ReadonlySet<string> = new Set(Object.values(MEMBERS).flat());
const TIERS = ["low", "standard", "high", "restricted"] as const;
const LONGEST_NAME = 512;

/**
 * Reads a call from JSON: `{agent_id, server_id, tool_name, arguments, request_id?, boundary?, topic?,
 * session_id?, model_metadata?, roots?, dpop?}`. All problems come at once, unknown members among them: a
 * misspelt member must not be taken for an absent one. A consume or produce call may name its `topic`
 * instead of the tool `events:<boundary>:<topic>`. `requestId` stands in where the request brings none.
 */
export function readCallRequest(
  value: JsonValue,
  requestId: string,
): Result<CallRequest, readonly RequestProblem[]> {
  if (!isObject(value)) {
    return err([{ pointer: "", expected: "an object" }]);
  }
  const problems: RequestProblem[] = Object.keys(value)
    .filter((name) => !KNOWN.has(name))
    .map((name) => ({ pointer: childPointer("", name), expected: "no member of this name" }));
  const reader = new Reader(value, problems);
  const boundary = reader.oneOf("boundary", BOUNDARIES) ?? boundaryOf(reader.peek("toolName"));
  const call: ToolCall = {
    requestId: reader.optionalName("requestId") ?? requestId,
    agentId: agentKey(reader.name("agentId")),
    serverId: reader.name("serverId"),
    toolName: toolName(reader, boundary),
    arguments: reader.peek("arguments") ?? {},
    boundary,
    sessionId: reader.optionalName("sessionId"),
    model: modelOf(reader),
    roots: reader.texts("roots"),
  };
  return problems.length === 0 ? ok({ call, dpop: reader.peek("dpop") ?? null }) : err(problems);
}

/** What was presented as a capability: a token as an object, or as its JSON text; nothing stays nothing. */
export function presentedCapability(value: JsonValue | undefined): PresentedCapability {
  if (value === undefined || value === null || value === "") {
    return { kind: "none" };
  }
  if (typeof value !== "string") {
    return isObject(value)
      ? { kind: "token", token: value }
      : { kind: "unreadable", problem: "a token is a JSON object" };
  }
  const parsed = parseJson(value);
  if (!parsed.ok) {
    const { kind, offset } = parsed.error;
    return { kind: "unreadable", problem: `not a JSON object (${kind} at ${offset})` };
  }
  return isObject(parsed.value.value)
    ? { kind: "token", token: parsed.value.value }
    : { kind: "unreadable", problem: "a token is a JSON object" };
}

type Name = keyof typeof MEMBERS;

class Reader {
  readonly #object: JsonObject;
  readonly #problems: RequestProblem[];

  constructor(object: JsonObject, problems: RequestProblem[]) {
    this.#object = object;
    this.#problems = problems;
    for (const spellings of Object.values(MEMBERS)) {
      const present = spellings.filter((spelling) => Object.hasOwn(object, spelling));
      for (const twice of present.slice(1)) {
        this.#say(twice, `not beside ${present[0]}`);
      }
    }
  }

  peek(name: Name): JsonValue | undefined {
    return member(this.#object, this.#spelling(name));
  }

  name(name: Name): string {
    const value = this.optionalName(name);
    if (value === null && (this.peek(name) ?? null) === null) {
      this.#say(this.#spelling(name), "a name");
    }
    return value ?? "";
  }

  optionalName(name: Name): string | null {
    const value = this.peek(name) ?? null;
    if (value === null) {
      return null;
    }
    if (typeof value === "string" && value !== "" && value.length <= LONGEST_NAME) {
      return value;
    }
    this.#say(this.#spelling(name), `a text of 1 to ${LONGEST_NAME} characters`);
    return null;
  }

  oneOf<T extends string>(name: Name, values: readonly T[]): T | null {
    const value = this.peek(name) ?? null;
    const found = values.find((one) => one === value) ?? null;
    if (value !== null && found === null) {
      this.#say(this.#spelling(name), values.join(" | "));
    }
    return found;
  }

  texts(name: Name): readonly string[] | null {
    const value = this.peek(name) ?? null;
    if (value === null) {
      return null;
    }
    const texts = isArray(value) ? value.filter((one) => typeof one === "string") : [];
    if (!isArray(value) || texts.length !== value.length) {
      this.#say(this.#spelling(name), "a list of texts");
    }
    return texts;
  }

  problem(name: Name, expected: string): void {
    this.#say(this.#spelling(name), expected);
  }

  #spelling(name: Name): string {
    const spellings: readonly string[] = MEMBERS[name];
    return (
      spellings.find((spelling) => Object.hasOwn(this.#object, spelling)) ?? spellings[0] ?? name
    );
  }

  #say(name: string, expected: string): void {
    this.#problems.push({ pointer: childPointer("", name), expected });
  }
}

/** A key in any spelling becomes its canonical one; a name that is no key stays and matches no subject. */
function agentKey(text: string): string {
  const key = parsePublicKey(text);
  return key.ok ? key.value.canonical : text;
}

/** The boundary that a tool's name stands for: `events:consume:<topic>`, `events:produce:<topic>`, else a tool call. */
export function boundaryOf(tool: JsonValue | undefined): Boundary {
  if (typeof tool === "string") {
    if (tool.startsWith(prefixOf("consume"))) {
      return "consume";
    }
    if (tool.startsWith(prefixOf("produce"))) {
      return "produce";
    }
  }
  return "tool";
}

function toolName(reader: Reader, boundary: Boundary): string {
  const topic = reader.optionalName("topic");
  if (boundary === "tool") {
    if (topic !== null) {
      reader.problem("topic", "absent for a tool call");
    }
    const tool = reader.name("toolName");
    // Under another boundary the guards would judge another act than the one that the receipt names.
    if (boundaryOf(tool) !== "tool") {
      reader.problem("toolName", "no event for a tool call");
    }
    return tool;
  }
  if (topic !== null && reader.peek("toolName") === undefined) {
    return prefixOf(boundary) + topic;
  }
  const name = reader.name("toolName");
  const fits =
    topic === null ? name.startsWith(prefixOf(boundary)) : name === prefixOf(boundary) + topic;
  if (!fits && name !== "") {
    reader.problem("toolName", `${prefixOf(boundary)}<topic>`);
  }
  return name;
}

function prefixOf(boundary: Boundary): string {
  return `events:${boundary}:`;
}

function modelOf(reader: Reader): ModelMetadata | null {
  const value = reader.peek("model") ?? null;
  if (value === null) {
    return null;
  }
  const id = isObject(value) ? member(value, "model_id") : undefined;
  const tier = isObject(value) ? (member(value, "safety_tier") ?? null) : null;
  const known = TIERS.find((one) => one === tier) ?? null;
  if (typeof id !== "string" || (tier !== null && known === null)) {
    reader.problem("model", `{model_id, safety_tier?: ${TIERS.join(" | ")}}`);
    return null;
  }
  return { modelId: id, safetyTier: known };
}
