import { describe, expect, it } from "vitest";
import type { ModelMetadata } from "../evaluation/call.ts";
import { asText, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { compileNative } from "../testing/native-regex.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import type { ConstraintMode } from "./constraints/outcome.ts";
import { resolveMatchingGrants } from "./scope.ts";
import { bodyWith, capabilityOf } from "./testing/capabilities.ts";

const FILE = "evaluation/scope-match.json";
const missing = vectorsDirectory() === null;

function cases(): readonly JsonObject[] {
  const list = missing ? [] : member(readObject(FILE), "cases");
  return isArray(list) ? list.filter(isObject) : [];
}

interface Matched {
  readonly kind: string;
  readonly order: readonly number[];
}

function match(one: JsonObject, mode: ConstraintMode): Matched {
  const { scope } = capabilityOf(bodyWith({ scope: { grants: member(one, "grants") ?? [] } }));
  const request = member(one, "request");
  const call = isObject(request) ? request : {};
  const result = resolveMatchingGrants(
    scope,
    {
      serverId: asText(member(call, "server_id")) ?? "",
      toolName: asText(member(call, "tool_name")) ?? "",
      arguments: member(call, "arguments") ?? null,
      model: modelOf(call),
    },
    { mode, compile: compileNative },
  );
  return {
    kind: result.kind,
    order: result.kind === "matched" ? result.grants.map(({ index }) => index) : [],
  };
}

function modelOf(call: JsonObject): ModelMetadata | null {
  const given = member(call, "model_metadata");
  const id = isObject(given) ? asText(member(given, "model_id")) : undefined;
  const tier = isObject(given) ? member(given, "safety_tier") : undefined;
  return id === undefined
    ? null
    : { modelId: id, safetyTier: TIERS.find((one) => one === tier) ?? null };
}

const TIERS = ["low", "standard", "high", "restricted"] as const;

/** How the file names an answer. */
const NAMES: Readonly<Record<string, string>> = {
  matched: "match",
  none: "no-match",
  "constraint-error": "constraint-error",
};

describe.skipIf(missing)(FILE, () => {
  it.each(cases().map((one) => [member(one, "id"), one] as const))("%s", (_, one) => {
    const portable = match(one, "portable");
    const full = match(one, "full");
    expect(NAMES[portable.kind]).toBe(member(one, "portable"));
    expect(NAMES[full.kind]).toBe(member(one, "full_kernel"));
    const order = member(one, "matched_order");
    for (const matched of [portable, full]) {
      if (order !== undefined && matched.kind === "matched") {
        expect(matched.order).toEqual(order);
      }
    }
  });
});
