import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { leftOutCause } from "./left-out.ts";

function denied(guard: string, reason: string, urn?: string): JsonObject {
  const metadata = urn === undefined ? {} : { chio_explorer: { reason_code: urn } };
  return { decision: { verdict: "deny", guard, reason }, metadata };
}

const KERNEL = "urn:chio:error:kernel:";

describe("what denied a call and is not looked at again", () => {
  it.each([
    ["velocity", denied("velocity", "too many")],
    ["agent-velocity", denied("kernel", 'guard "agent-velocity" denied the request')],
    ["data-flow", denied("", 'guard "pipeline" denied: guard "data-flow" denied the request: x')],
    ["revocation", denied("kernel", "Capability has been revoked: cap-1")],
    ["revocation", denied("kernel", "", "urn:chio:error:delegation:chain-revoked")],
    ["proof of possession", denied("kernel", "DPoP proof is missing")],
    ["budget", denied("budget", "")],
    ["budget", denied("kernel", "no more", `${KERNEL}budget-exhausted`)],
    ["emergency stop", denied("kernel", "kernel emergency stop active")],
    ["registration", denied("kernel", 'tool not registered: server "s" / tool "t"')],
    ["tool server", denied("kernel", "tool server timed out")],
    ["output scan", denied("kernel", "output blocked: a secret")],
    ["output scan", denied("kernel", "output blocked: a secret", "urn:chio:error:guard:denied")],
    ["internal error", denied("kernel", "internal error: token: x")],
    ["another guard", denied("human-in-loop", "nobody agreed")],
  ])("is %s", (cause, receipt) => {
    expect(leftOutCause(receipt, false)).toBe(cause);
  });

  it.each([
    denied("kernel", "requested tool budget_revoked on server dpop is not in capability scope"),
    denied("scope-match", "topic not granted"),
    denied("forbidden-path", "the budget was revoked"),
    denied("kernel", 'guard "forbidden-path" denied the request: emergency stop'),
    denied("kernel", "a budget", "urn:chio:error:capability:scope-exceeded"),
    denied("kernel", "a request agent does not match capability subject b"),
    { decision: "deny" },
    {},
  ])("is nothing where all of it is judged again: %j", (receipt) => {
    expect(leftOutCause(receipt, false)).toBeNull();
  });

  it("is the subject only where the agent was taken from the capability", () => {
    const words = denied("kernel", "request agent a does not match capability subject b");
    const urn = denied("kernel", "no", "urn:chio:error:capability:subject-mismatch");
    expect(leftOutCause(words, true)).toBe("subject");
    expect(leftOutCause(urn, true)).toBe("subject");
    expect(leftOutCause(urn, false)).toBeNull();
    expect(leftOutCause(denied("kernel", "topic not granted"), true)).toBeNull();
  });
});
