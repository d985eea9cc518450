import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { err, ok } from "../result.ts";
import type { ResolvePolicy } from "./extends.ts";
import { compiled, problemsOf } from "./testing/compiled.ts";

const base: JsonObject = {
  hushspec: "0.1.0",
  name: "base",
  metadata: { author: "a" },
  rules: {
    shell_commands: { forbidden_patterns: ["base"] },
    tool_access: { default: "block", allow: ["a", "b"], max_args_size: 5 },
  },
};

const library = (entries: Readonly<Record<string, JsonValue>>): ResolvePolicy => {
  const known = new Map(Object.entries(entries));
  return (name) => {
    const found = known.get(name);
    return found === undefined ? err("there is no such policy") : ok(found);
  };
};

function child(strategy: string | null, members: JsonObject = {}): JsonObject {
  return {
    hushspec: "0.1.0",
    extends: "base",
    ...(strategy === null ? {} : { merge_strategy: strategy }),
    rules: { tool_access: { allow: ["c"] } },
    ...members,
  };
}

describe("a policy that extends another", () => {
  const resolve = library({ base });

  it.each([null, "deep_merge"])(
    "by %s changes member by member, and lists as a whole",
    (strategy) => {
      const { guards } = compiled(child(strategy), resolve);
      expect(guards.shellCommand).toEqual({ forbiddenPatterns: ["base"] });
      expect(guards.mcpTool).toMatchObject({
        allow: ["c"],
        defaultAction: "block",
        maxArgsSize: 5n,
      });
    },
  );

  it("by merge changes rule by rule", () => {
    const { guards } = compiled(child("merge"), resolve);
    expect(guards.shellCommand).toEqual({ forbiddenPatterns: ["base"] });
    expect(guards.mcpTool).toMatchObject({
      allow: ["c"],
      defaultAction: "allow",
      maxArgsSize: 1_048_576n,
    });
  });

  it("by merge goes down no further than to the rule", () => {
    const patterns = { a: { pattern: "x" } };
    const nested = library({
      base: { hushspec: "0.1.0", rules: { egress: { unknown: patterns } } },
    });
    const document = child("merge", { rules: { egress: { unknown: { b: 1 } } } });
    expect(problemsOf(document, nested)).toHaveLength(1);
    const elsewhere = child("merge", { rules: { egress: { allow: ["a"] } } });
    expect(problemsOf(elsewhere, nested)).toEqual([]);
    expect(problemsOf({ ...elsewhere, merge_strategy: "deep_merge" }, nested)).toHaveLength(1);
  });

  it("by replace changes everything", () => {
    const { guards } = compiled(child("replace"), resolve);
    expect(guards.shellCommand).toBeNull();
    expect(guards.mcpTool).toMatchObject({ allow: ["c"], defaultAction: "allow" });
  });

  it("replaces what is no object", () => {
    const problems = problemsOf(child(null, { rules: null }), resolve);
    expect(problems).toEqual([
      { pointer: "/rules", kind: "wrong-type", detail: "expected an object" },
    ]);
    const object = library({ base: { hushspec: "0.1.0", rules: { tool_access: "x" } } });
    expect(compiled(child(null), object).guards.mcpTool).toMatchObject({ allow: ["c"] });
  });

  it("does not inherit what describes the base", () => {
    const odd = { ...base, hushspec: "9", name: 1, description: 1, metadata: 1, merge_strategy: 1 };
    expect(compiled(child(null), library({ base: odd })).guards.shellCommand).not.toBeNull();
  });

  it("takes on the mistakes of the base", () => {
    const odd = { ...base, surprise: 1 };
    expect(problemsOf(child(null), library({ base: odd }))).toEqual([
      { pointer: "/surprise", kind: "unknown-key", detail: "is not known" },
    ]);
  });

  it("goes through several", () => {
    const chain = library({
      base: { hushspec: "0.1.0", extends: "root", rules: { egress: { allow: ["x"] } } },
      root: base,
    });
    const { guards } = compiled(child(null), chain);
    expect(guards).toMatchObject({
      shellCommand: { forbiddenPatterns: ["base"] },
      egressAllowlist: { allow: ["x"] },
      mcpTool: { allow: ["c"] },
    });
  });
});

describe("a base that cannot be had", () => {
  const unresolved = (detail: string) => [{ pointer: "/extends", kind: "unresolved", detail }];

  it("refuses the policy", () => {
    expect(problemsOf(child(null))).toEqual(
      unresolved("extends base, which cannot be read from here"),
    );
    expect(problemsOf(child("replace"), library({}))).toEqual(
      unresolved("extends base: there is no such policy"),
    );
    const headless = { extends: "root", rules: {} };
    expect(problemsOf(child(null), library({ base: headless, root: base }))).toEqual(
      unresolved("extends base, which is no HushSpec policy"),
    );
    for (const other of [{ guards: {} }, [], "hushspec"]) {
      expect(problemsOf(child(null), library({ base: other }))).toEqual(
        unresolved("extends base, which is no HushSpec policy"),
      );
    }
  });

  it("refuses it where it goes in a circle, or on without end", () => {
    const link = (name: string): JsonObject => ({ hushspec: "0.1.0", extends: name });
    expect(problemsOf(child(null), library({ base: link("base") }))).toEqual(
      unresolved("extends base, which extends it"),
    );
    expect(problemsOf(child(null), library({ base: link("b"), b: link("base") }))).toEqual(
      unresolved("extends base, which extends it"),
    );
    const chain = (length: number) =>
      library(
        Object.fromEntries(
          Array.from({ length }, (_, index): [string, JsonValue] => [
            index === 0 ? "base" : `${index}`,
            index === length - 1 ? base : link(`${index + 1}`),
          ]),
        ),
      );
    expect(problemsOf(child(null), chain(8))).toEqual([]);
    expect(problemsOf(child(null), chain(9))).toEqual(unresolved("extends more than 8 policies"));
  });

  it("is a text", () => {
    expect(problemsOf(child(null, { extends: ["base"] }), library({ base }))).toEqual([
      { pointer: "/extends", kind: "wrong-type", detail: "expected a text" },
    ]);
  });
});
