import { expect, test } from "vitest";
import { ruleOf } from "@/lib/rules/testing/rules.ts";
import { heldWords, lengthWords, notCountedWords, ruleSentence } from "./rule-words.ts";

test("a rule is one sentence", () => {
  const rule = ruleOf({
    measure: { kind: "distinct", field: "scope" },
    groupBy: ["agent"],
    windowSeconds: 600,
    threshold: 3,
  });
  expect(ruleSentence(rule)).toBe("3 or more distinct scopes per agent in 10 minutes");
  const ratio = ruleOf({ measure: { kind: "ratio", minimum: 20 }, threshold: 0.5 });
  expect(ruleSentence(ratio)).toBe("50 % or more of at least 20 decisions denied in 10 seconds");
});

test("lengths are told in the largest unit that divides them", () => {
  expect([60, 90, 3600, 86_400 * 2, 1].map(lengthWords)).toEqual([
    "1 minute",
    "90 seconds",
    "1 hour",
    "2 days",
    "1 second",
  ]);
});

test("what is held back is counted, with the day only where it is another", () => {
  const at = Date.UTC(2026, 3, 16, 13, 50) / 1000;
  const words = heldWords({ held: 12, at, heldUntil: at + 1800 });
  expect(words).toBe("12 more held until 14:20:00 UTC");
  expect(heldWords({ held: 1, at, heldUntil: at + 86_400 })).toContain("2026-04-17 13:50:00 UTC");
});

test("what is not counted is told by its kind", () => {
  expect(notCountedWords({ unverified: 0, claims: 0 })).toBeNull();
  expect(notCountedWords({ unverified: 7, claims: 212 })).toBe(
    "219 denials not counted: 212 claims, 7 not verified",
  );
});
