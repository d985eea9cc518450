import { describe, expect, it } from "vitest";
import { asText, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { readObject } from "../testing/read-objects.ts";
import { REPLAY_CASES } from "../testing/replay-cases.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import type { DenyCode } from "./deny-codes.ts";
import type { Evaluation } from "./model.ts";

/** The corpus sorts failures more coarsely than the kernel does. */
const CLASSES: Partial<Record<DenyCode, readonly string[]>> = {
  expired: ["expired"],
  "not-yet-valid": ["expired"],
  "lifetime-exceeded": ["expired"],
  revoked: ["revoked"],
  "ancestor-revoked": ["revoked"],
  "issuer-revoked": ["revoked"],
  "out-of-scope": ["scope_mismatch"],
  "dpop-replayed": ["replay"],
  "invalid-signature": ["tampered_signature", "tampered_canonical_json"],
  "capability-unreadable": ["tampered_signature", "tampered_canonical_json"],
};
const NO_FAILURE: readonly (string | null)[] = [null, "none"];

function classesOf({ verdict }: Evaluation): readonly (string | null)[] {
  return verdict.kind === "allow" ? NO_FAILURE : (CLASSES[verdict.denial.code] ?? []);
}

function scenarios(): readonly (readonly [string, JsonObject])[] {
  if (vectorsDirectory() === null) {
    return [];
  }
  const list = member(readObject("evaluation/replay-corpus/index.json"), "scenarios");
  return (isArray(list) ? list.filter(isObject) : []).map(
    (one) => [asText(member(one, "name")) ?? "", one] as const,
  );
}

describe.skipIf(vectorsDirectory() === null)("the replay corpus", () => {
  it.each(scenarios())("%s", (name, scenario) => {
    const clock = Date.parse(asText(member(scenario, "clock")) ?? "") / 1000;
    const evaluation = REPLAY_CASES[name]?.(clock);
    expect(evaluation?.verdict.kind).toBe(member(scenario, "expected_verdict"));
    expect(evaluation && classesOf(evaluation)).toContain(
      member(scenario, "expected_failure_class") ?? null,
    );
  });
});
