import { describe, expect, it } from "vitest";
import type { ReadingEvidence, ReadingFact } from "@/lib/queries/denial-readings-model.ts";
import { evidenceSentence } from "./reading-words.ts";

const first = Date.UTC(2026, 3, 16, 2, 9, 14) / 1000;
const said = (
  fact: ReadingFact,
  reading: ReadingEvidence["reading"] = "misconfiguration",
  sign: ReadingEvidence["sign"] = "for",
) => evidenceSentence({ reading, sign, fact, sql: "" }, { first, agents: 1 });

describe("both readings in sentences", () => {
  it("tells when the policy changed", () => {
    expect(said({ kind: "policy-change", policy: "9b07", at: first - 74, secondsBefore: 74 })).toBe(
      "Policy changed at 02:08, 74 s before the first denial.",
    );
    expect(said({ kind: "no-policy-change", withinSeconds: 3600 })).toBe(
      "No policy changed in the hour before the first denial.",
    );
  });

  it("tells of retries, and of their regularity", () => {
    const retries = {
      kind: "retries",
      keys: 14,
      gaps: 30_990,
      medianMs: 500,
      regular: 0.99,
      precision: "millisecond",
    } as const;
    expect(said(retries)).toBe("The same 14 keys, retried every 500 ms.");
    expect(said(retries, "attack", "against")).toBe(
      "A retry loop this regular is rarely a person: 99.0% of gaps alike.",
    );
    expect(said({ ...retries, keys: 1, regular: 0.25 })).toBe(
      "The same one key, retried unevenly: 25.0% of gaps near 500 ms.",
    );
    expect(said({ ...retries, keys: 2, medianMs: 0, precision: "second" })).toBe(
      "The same 2 keys, retried within the same second.",
    );
  });

  it("tells who asked, and for what else", () => {
    const actors = {
      kind: "actors",
      agents: 1,
      groups: 1,
      capabilities: 1,
      newCapabilities: 0,
      keys: 14,
    } as const;
    expect(said(actors)).toBe("One agent, one consumer group, no new capability.");
    expect(said({ ...actors, agents: 7, groups: 0, capabilities: 3, newCapabilities: 2 })).toBe(
      "7 agents, no consumer group, 2 of 3 capabilities new.",
    );
    const tools = { kind: "other-tools", tools: 3, otherTools: 2, scopes: 3, order: [] } as const;
    expect(said(tools, "misconfiguration", "against")).toBe(
      "Does not explain the other 2 tools that were denied.",
    );
    expect(said(tools, "attack")).toBe("This agent tried 3 tools in widening order.");
    expect(said({ ...tools, otherTools: 0 }, "attack", "against")).toBe(
      "This agent tried no other tool in that time.",
    );
  });

  it("tells what came before and after", () => {
    expect(said({ kind: "asked-before", before: 0, allowedBefore: 0 }, "attack")).toBe(
      "This scope was never asked for before 02:09.",
    );
    expect(said({ kind: "asked-before", before: 9, allowedBefore: 1 })).toBe(
      "This scope was allowed once before, of 9.",
    );
    expect(said({ kind: "asked-before", before: 9, allowedBefore: 0 })).toBe(
      "This scope was asked for 9 times before, and never allowed.",
    );
    expect(said({ kind: "allowed-after", count: 0 })).toBe("No denied call was later allowed.");
    expect(said({ kind: "allowed-after", count: 1 })).toBe(
      "1 call for the same was allowed after a denial.",
    );
  });
});
