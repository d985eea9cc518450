import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signDpopProof } from "../capability/dpop.ts";
import { evaluate } from "../evaluate.ts";
import { sanitizeOutput } from "../guards/output.ts";
import { parseJson } from "../json/parse.ts";
import {
  asText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import type { OutputConfig, RewriteConfig } from "../policy/effective-policy.ts";
import {
  AGENT_SEED,
  contextWith,
  policyWith,
  requestWith,
  START,
  tokenWith,
} from "../testing/evaluation.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import type { ToolCall } from "./call.ts";
import type { DenyCode } from "./deny-codes.ts";
import type { Evaluation } from "./model.ts";
import { type CallOutcome, reasonUrn } from "./receipt.ts";

const FOLDER = "evaluation/verdict-matrix";

interface Result {
  readonly verdict: string;
  readonly reason_code: string;
  readonly scope_set: readonly string[];
}

/**
 * Plays one scenario: a capability with one grant for each scope, a call that needs the required one, and the
 * surroundings that the script names. A scope is the server of a grant on any tool.
 */
function play(script: JsonObject): Result {
  const scopes = texts(member(script, "capability_scopes"));
  const proof = asText(member(script, "replay_nonce_status"));
  const input = parsed(textOf(script, "input_json"));
  const token = tokenWith({
    scope: {
      grants: scopes.map((scope) => ({
        server_id: scope,
        tool_name: "*",
        operations: ["invoke"],
        ...(proof === undefined ? {} : { dpop_required: true }),
      })),
    },
  });
  const call = {
    serverId: textOf(script, "required_scope"),
    toolName: textOf(script, "tool"),
    arguments: input,
  };
  const isShown = proof !== undefined && proof !== "missing";
  const base = requestWith(token, call, isShown ? proofFor(call, input) : null);
  const context = contextWith({
    isRevoked: (id) => member(script, "revoked") === true && id === "cap-1",
    takeNonce: () => proof === "fresh",
    policy: policyWith((policy) => ({
      ...policy,
      rewrites: phase(script, "input") ? rewrites(script, input) : [],
    })),
  });
  const evaluation = evaluate(base, context);
  const outcome = outcomeOf(evaluation, phase(script, "output") ? output(script, input) : null);
  return {
    verdict: outcome.kind === "allowed" ? "allow" : "deny",
    reason_code: reasonUrn(evaluation, outcome),
    scope_set: (evaluation.capability?.scope.grants ?? []).map((grant) => grant.serverId).sort(),
  };
}

function phase(script: JsonObject, name: string): boolean {
  const action = asText(member(script, "redaction_action")) ?? "none";
  return action !== "none" && member(script, "redaction_phase") === name;
}

/** The first member is what the tool is asked for; the scenario's finding is in what comes beside it. */
function sensitive(input: JsonValue): readonly string[] {
  const names = isObject(input) ? Object.keys(input) : [];
  return names.length > 1 ? names.slice(1) : names;
}

function rewrites(script: JsonObject, input: JsonValue): readonly RewriteConfig[] {
  const action = textOf(script, "redaction_action");
  if (action !== "mask" && action !== "drop" && action !== "deny") {
    throw new Error(`no such redaction: ${action}`);
  }
  return [{ kind: "redact", action, detect: [], names: sensitive(input) }];
}

function output(script: JsonObject, input: JsonValue): OutputConfig {
  const action = textOf(script, "redaction_action") === "deny" ? "block" : "redact";
  return { action, detect: [], names: sensitive(input) };
}

/** The tool echoes what it was given. */
function outcomeOf(evaluation: Evaluation, config: OutputConfig | null): CallOutcome {
  const { verdict } = evaluation;
  if (verdict.kind === "deny") {
    return { kind: "denied", denial: verdict.denial };
  }
  const echo = evaluation.arguments;
  const scanned = config === null ? null : sanitizeOutput(echo, config);
  if (scanned?.kind === "blocked") {
    const code: DenyCode = "output-blocked";
    const denial = { code, guard: "secret-leak", reason: scanned.reason, pointer: null };
    return { kind: "denied", denial };
  }
  const outputRedacted = scanned?.kind === "redacted";
  return { kind: "allowed", allowance: verdict, output: echo, outputRedacted };
}

function proofFor(
  call: Pick<ToolCall, "serverId" | "toolName" | "arguments">,
  input: JsonValue,
): JsonObject {
  const nonce = (isObject(input) ? asText(member(input, "nonce")) : undefined) ?? "nonce";
  const issuedAt = BigInt(START + 10);
  return signDpopProof({ capabilityId: "cap-1", call, nonce, issuedAt }, AGENT_SEED);
}

function parsed(text: string): JsonValue {
  const result = parseJson(text);
  if (!result.ok) {
    throw new Error("input_json is no JSON");
  }
  return result.value.value;
}

function textOf(object: JsonObject, name: string): string {
  const text = asText(member(object, name));
  if (text === undefined) {
    throw new Error(`no ${name}`);
  }
  return text;
}

function texts(value: JsonValue | undefined): readonly string[] {
  return isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function scenarios(): readonly (readonly [string, JsonObject])[] {
  const directory = vectorsDirectory();
  if (directory === null) {
    return [];
  }
  return readdirSync(join(directory, FOLDER), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .sort()
    .map((path) => [path, readObject(`${FOLDER}/${path}`)] as const);
}

describe.skipIf(vectorsDirectory() === null)("the verdict matrix", () => {
  it.each(scenarios())("%s", (_, scenario) => {
    const script = member(scenario, "script");
    expect(isObject(script) && play(script)).toEqual(member(scenario, "expected"));
  });
});
