import { describe, expect, it } from "vitest";
import type { ReplayResult } from "@/lib/playground/replay/tally.ts";
import { LEFT_OUT_SENTENCE, outcomeWords, resultText } from "./replay-words.ts";

const RESULT: ReplayResult = {
  total: 31_004,
  done: 31_004,
  allowed: 30_988,
  denied: 16,
  notEvaluated: 0,
  reasons: [],
  agentsAssumed: 0,
  milliseconds: 900,
};

describe("words of a replay", () => {
  it("say by what a denial stands", () => {
    const denied = { kind: "denied", code: "out-of-scope", guard: "kernel" } as const;
    expect(outcomeWords({ ...denied, byConstraint: true })).toBe("an argument constraint");
    expect(outcomeWords({ ...denied, byConstraint: false })).toBe("no grant covers it");
    expect(
      outcomeWords({
        ...denied,
        code: "guard-denied",
        guard: "forbidden-path",
        byConstraint: false,
      }),
    ).toBe("the guard forbidden-path");
    expect(outcomeWords({ ...denied, code: "tool-server-error", byConstraint: false })).toBe(
      "tool-server-error",
    );
  });

  it("say why a denial was not judged", () => {
    expect(outcomeWords({ kind: "not-evaluated", why: "capability-not-loaded" })).toBe(
      "capability not loaded",
    );
    expect(outcomeWords({ kind: "not-evaluated", why: "cause-left-out", cause: "velocity" })).toBe(
      "denied then by what is not evaluated: velocity",
    );
  });

  it("name everything that is left out", () => {
    for (const name of [
      "revocation",
      "velocity",
      "agent-velocity",
      "data-flow",
      "budget",
      "proof of possession",
    ]) {
      expect(LEFT_OUT_SENTENCE).toContain(name);
    }
  });

  it("tell the result to someone who listens", () => {
    expect(resultText("done", RESULT)).toBe(
      "Replay ended: 30,988 would be allowed, 16 still denied, 0 not evaluated.",
    );
    expect(resultText("stopped", { ...RESULT, done: 250 })).toBe(
      "Replay stopped after 250 of 31,004 denials: 30,988 would be allowed, 16 still denied, 0 not evaluated.",
    );
    expect(resultText("stopped", null)).toBe("Replay stopped.");
    expect(resultText("done", null)).toBe("");
  });
});
