import { expect, it } from "vitest";
import { contextWith, requestWith } from "../testing/evaluation.ts";
import type { Progress } from "./progress.ts";
import { budget } from "./spending-steps.ts";

it("denies where the guards left no decision about the budget", () => {
  const progress: Progress = {
    capability: null,
    arguments: {},
    redacted: false,
    grants: [],
    budget: null,
    hold: null,
    evidence: [],
  };
  expect(budget(requestWith(), contextWith(), progress)).toEqual({
    kind: "denied",
    denial: {
      code: "internal-error",
      guard: "kernel",
      reason: "internal error: budget: no decision",
      pointer: null,
    },
  });
  expect(progress.hold).toBeNull();
});
