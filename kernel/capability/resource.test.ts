import { describe, expect, it } from "vitest";
import type { Operation, Scope } from "./model.ts";
import { matchesPrompt, matchesResource } from "./resource.ts";

function scopeWith(pattern: string, ...operations: readonly Operation[]): Scope {
  const grant = { pattern, operations };
  return { grants: [], resourceGrants: [grant], promptGrants: [grant] };
}

describe("resource and prompt access", () => {
  it.each([
    ["*", "file:///a", true],
    ["*", "", true],
    ["file:///a", "file:///a", true],
    ["file:///*", "file:///a", true],
    ["file:///*", "file:///", true],
    ["file:///a", "file:///ab", false],
    ["file:///a*", "file:///", false],
    ["*a", "ba", false],
    ["*a", "*a", true],
    ["File:///a", "file:///a", false],
    ["", "a", false],
  ])("%j and %j: %s", (pattern, name, matches) => {
    expect(matchesResource(scopeWith(pattern, "read"), name, "read")).toBe(matches);
    expect(matchesPrompt(scopeWith(pattern, "get"), name)).toBe(matches);
  });

  it("asks for the operation", () => {
    expect(matchesResource(scopeWith("*", "read"), "a", "subscribe")).toBe(false);
    expect(matchesResource(scopeWith("*", "subscribe"), "a", "subscribe")).toBe(true);
    expect(matchesResource(scopeWith("*", "subscribe", "get", "invoke"), "a", "read")).toBe(false);
    expect(matchesPrompt(scopeWith("*", "read", "invoke"), "a")).toBe(false);
  });

  it("does not take one kind for the other", () => {
    const scope = scopeWith("*", "read", "get");
    expect(matchesResource({ ...scope, resourceGrants: [] }, "a", "read")).toBe(false);
    expect(matchesPrompt({ ...scope, promptGrants: [] }, "a")).toBe(false);
  });
});
