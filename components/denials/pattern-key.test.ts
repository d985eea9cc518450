import { expect, it } from "vitest";
import type { PatternRow } from "@/lib/queries/denial-model.ts";
import { keyText, patternTitle, patternWords } from "./pattern-key.ts";

const row: PatternRow = {
  key: { guard: "scope", tool: "events:consume:payments", reason: "" },
  denials: 5,
  share: 1,
  verified: 5,
  claims: 0,
  agents: 3,
  scopes: 1,
  tools: 1,
  topGuard: "scope",
  topAgent: "research",
  topTool: "events:consume:payments",
  topScope: "payments",
  first: null,
  last: null,
  spark: [],
  trend: { earlier: 0, later: 0 },
};

it("gives every key a text of its own", () => {
  expect(keyText({ guard: "a" })).not.toBe(keyText({ tool: "a" }));
  expect(keyText({ guard: "" })).not.toBe(keyText({}));
  expect(keyText({ guard: 'a","b' })).not.toBe(keyText({ guard: "a", tool: "b" }));
  expect(keyText({ tool: "t", guard: "g" })).toBe(keyText({ guard: "g", tool: "t" }));
});

it("says who asked for what", () => {
  expect(patternWords(row)).toEqual({
    agent: "research",
    otherAgents: 2,
    target: "events:consume:payments",
    guard: "scope",
    reason: "",
  });
  expect(patternWords({ ...row, key: { agent: "one" } })).toMatchObject({
    agent: "one",
    otherAgents: 0,
    reason: null,
  });
  expect(patternTitle(row)).toBe("research and 2 more asked for events:consume:payments");
});
