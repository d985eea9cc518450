import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/value.ts";
import { BODY, codes, inspect, KEY, notes } from "../testing/receipts.ts";

describe("synthetic denials", () => {
  const synthetic: JsonObject = {
    ...BODY,
    id: "chio-streaming-synth-0123456789",
    decision: { verdict: "deny", reason: "[unsigned] down", guard: "chio-streaming-sidecar" },
    kernel_key: "",
    signature: "",
    policy_hash: "",
    metadata: { chio_streaming_synthetic: true },
  };

  it("are a class of their own without a failing check", () => {
    const inspection = inspect(synthetic);
    expect(inspection.synthetic).toBe(true);
    expect(inspection.claim).toBeNull();
    expect(codes(inspection)).toEqual([]);
    expect(notes(inspection)).toEqual(["SIG-005 "]);
  });

  it.each<readonly [string, JsonObject]>([
    ["an authorisation", { decision: { verdict: "allow" } }],
    ["a damaged signature", { signature: "00", kernel_key: KEY }],
    ["an absent signature", { signature: null }],
    ["an unmarked row", { id: "rcpt-1", metadata: null }],
  ])("do not shelter %s", (_, change) => {
    const inspection = inspect({ ...synthetic, ...change });
    expect(inspection.synthetic).toBe(false);
    expect(codes(inspection)).toContain("SIG-001");
  });
});
