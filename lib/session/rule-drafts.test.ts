import { expect, test } from "vitest";
import { draftRule, ruleOfDraft, takeRuleDraft } from "./rule-drafts.ts";

test("a draft is taken once, and a later one replaces it", () => {
  expect(takeRuleDraft()).toBeNull();
  draftRule({ name: "first" });
  draftRule({ name: "second", threshold: 3 });
  expect(takeRuleDraft()).toEqual({ name: "second", threshold: 3 });
  expect(takeRuleDraft()).toBeNull();
});

test("a rule of a draft keeps what the draft says and has an id of its own", () => {
  const rule = ruleOfDraft({ measure: { kind: "distinct", field: "scope" }, windowSeconds: 60 });
  expect(rule.measure).toEqual({ kind: "distinct", field: "scope" });
  expect(rule.windowSeconds).toBe(60);
  expect(rule.evidence).toBe("verified");
  expect(ruleOfDraft({}).id).not.toBe(rule.id);
});
