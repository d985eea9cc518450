import { describe, expect, it } from "vitest";
import { callWith } from "../testing/evaluation.ts";
import type { Guard, GuardAnswer, GuardRequest } from "./guard.ts";
import { mapMemory } from "./memory.ts";
import { runGuards } from "./pipeline.ts";

const request: GuardRequest = {
  call: callWith(),
  action: { kind: "mcp-tool", arguments: {} },
  capabilityId: "cap-1",
  grant: null,
  now: 0n,
  memory: mapMemory(),
};

function guard(name: string, check: () => unknown, ran: string[] = []): Guard {
  return {
    name,
    check: () => {
      ran.push(name);
      return check() as GuardAnswer;
    },
  };
}

const allow = () => ({ verdict: "allow" });
const deny = () => ({ verdict: "deny", reason: "no", pointer: "/path" });

describe("the pipeline", () => {
  it("allows when it is empty", () => {
    expect(runGuards([], request)).toEqual({ rows: [], denial: null });
  });

  it("runs every guard in order and keeps a row for each", () => {
    const ran: string[] = [];
    const outcome = runGuards(
      [guard("a", allow, ran), guard("b", () => ({ verdict: "allow", details: "seen" }), ran)],
      request,
    );
    expect(ran).toEqual(["a", "b"]);
    expect(outcome).toEqual({
      rows: [
        { guard: "a", verdict: true, details: null },
        { guard: "b", verdict: true, details: "seen" },
      ],
      denial: null,
    });
  });

  it("stops at the first guard that denies; those after it leave no row", () => {
    const ran: string[] = [];
    const outcome = runGuards(
      [guard("a", allow, ran), guard("b", deny, ran), guard("c", allow, ran)],
      request,
    );
    expect(ran).toEqual(["a", "b"]);
    expect(outcome.rows).toEqual([
      { guard: "a", verdict: true, details: null },
      { guard: "b", verdict: false, details: "no" },
    ]);
    expect(outcome.denial).toEqual({
      code: "guard-denied",
      guard: "b",
      reason: 'guard "b" denied the request: no',
      pointer: "/path",
    });
  });

  const throws = (value: unknown) => () => {
    throw value;
  };

  it.each([
    ["an exception", throws(new Error("boom")), "boom"],
    ["a thrown text", throws("boom"), "boom"],
    ["a thrown nothing", throws(undefined), "an error without a message"],
    ["a promise", () => Promise.resolve({ verdict: "allow" }), "the guard gave no verdict"],
    ["another verdict", () => ({ verdict: "pending" }), "the guard gave no verdict"],
    ["true", () => true, "the guard gave no verdict"],
  ])("takes %s for a deny that names the guard", (_, check, detail) => {
    const ran: string[] = [];
    const outcome = runGuards([guard("a", check, ran), guard("b", allow, ran)], request);
    const reason = `guard "a" error (fail-closed): ${detail}`;
    expect(ran).toEqual(["a"]);
    expect(outcome).toEqual({
      rows: [{ guard: "a", verdict: false, details: reason }],
      denial: { code: "guard-error", guard: "a", reason, pointer: null },
    });
  });

  it("takes no answer at all for a deny", () => {
    expect(runGuards([guard("a", () => undefined)], request).denial?.code).toBe("guard-error");
    expect(runGuards([guard("a", () => null)], request).denial?.code).toBe("guard-error");
  });
});
