import { describe, expect, it } from "vitest";
import { DENY, type DenyCode } from "@/kernel/evaluation/deny-codes.ts";
import type { ExhaustedGrant, JudgedOutcome } from "@/lib/playground/model.ts";
import { verdictText } from "./verdict-words.ts";

function said(
  code: DenyCode | null,
  more: Partial<JudgedOutcome> = {},
  reason = "the reason",
): string {
  return verdictText({
    kind: "judged",
    denial: code === null ? null : { code, guard: "egress-allowlist", reason, pointer: null },
    trace: [],
    evidence: [],
    guards: [],
    asked: { serverId: "streams", toolName: "pay" },
    capability: null,
    signing: { kind: "none" },
    presented: { token: null, trustedIssuers: [] },
    exhausted: null,
    grants: [],
    deciding: null,
    policyHash: "",
    receipt: {},
    milliseconds: 1,
    ...more,
  });
}

describe("the sentence of a verdict", () => {
  it("names what was asked", () => {
    expect(said(null)).toBe(
      "Allowed. A grant covers pay on streams, and every guard lets it pass.",
    );
    expect(said("out-of-scope")).toBe("Denied. No grant covers pay on streams.");
  });

  it("gives a guard’s own words without the kernel’s around them", () => {
    const reason = 'guard "egress-allowlist" denied the request: host: a.b is not listed.';
    expect(said("guard-denied", {}, reason)).toBe(
      "Denied. The guard egress-allowlist refuses: host: a.b is not listed.",
    );
  });

  it("says when a capability ended, where that is known", () => {
    const capability = { id: "c", issuer: "i", issuedAt: 0n, expiresAt: 1_776_384_000n };
    expect(said("expired", { capability })).toBe(
      "Denied. The capability ended at 2026-04-17 00:00:00 UTC.",
    );
    expect(said("expired")).toContain("past its end");
  });

  it.each<[ExhaustedGrant | null, string]>([
    [{ kind: "invocations", limit: 1200n }, "The grant’s 1,200 calls are used up."],
    [
      { kind: "cost", total: { units: 500_000n, currency: "EUR" }, left: 8_000n, perCall: 15_000n },
      "Of the grant’s total, 8,000 of 500,000 EUR minor units are left; this call may cost 15,000.",
    ],
    [
      { kind: "cost", total: { units: 5n, currency: "EUR" }, left: 0n, perCall: null },
      "Of the grant’s total, 0 of 5 EUR minor units are left.",
    ],
    [null, "What is left of the grant’s budget does not cover this call."],
  ])("says what ended a budget", (exhausted, words) => {
    expect(said("budget-exhausted", { exhausted })).toBe(`Denied. ${words}`);
  });

  it("is a sentence for every code, and never only a code", () => {
    for (const code of Object.keys(DENY) as DenyCode[]) {
      expect(said(code), code).toMatch(/^Denied\. [A-Z].*\.$/);
    }
  });

  it("says why nothing was evaluated", () => {
    expect(
      verdictText({
        kind: "unreadable",
        problems: [{ input: "request", message: "The request is not JSON, line 2.", offset: 4 }],
      }),
    ).toBe("Not evaluated. The request is not JSON, line 2.");
  });
});
