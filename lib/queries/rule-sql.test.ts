import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import type { Connection } from "@/lib/database/engine.ts";
import { fillDenials, type TestCall, type TestLetter } from "@/lib/database/testing/denial-rows.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import type { Evidence } from "@/lib/denials/model.ts";
import { testOf } from "@/lib/rules/conditions.ts";
import { countsAs } from "@/lib/rules/evidence.ts";
import { OPERATORS, RULE_EVIDENCE, type Rule } from "@/lib/rules/model.ts";
import { ruleOf } from "@/lib/rules/testing/rules.ts";
import { ruleSql } from "./rule-sql.ts";
import { calls, HOSTILE, letters } from "./testing/hostile-calls.ts";

/** The fields that the calls of these tests vary. */
const FIELDS = ["agent", "scope", "guard"] as const;
type Field = (typeof FIELDS)[number];

interface Decision {
  readonly second: number;
  readonly isDenied: boolean;
  readonly evidence: Evidence;
  readonly agent: string;
  readonly scope: string;
  readonly guard: string;
}

interface TestRule {
  readonly rule: Rule;
  readonly by: readonly Field[];
}

/** Any rule over those fields; patterns are plain texts, which both engines read alike. */
const rules: fc.Arbitrary<TestRule> = fc
  .record({
    conditions: fc.array(
      fc.record({
        field: fc.constantFrom(...FIELDS),
        operator: fc.constantFrom(...OPERATORS.filter((operator) => operator !== "matches")),
        values: fc.uniqueArray(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 1 },
    ),
    by: fc.subarray([...FIELDS]),
    measure: fc.constantFrom<Rule["measure"]>(
      { kind: "count" },
      { kind: "distinct", field: "scope" },
      { kind: "ratio", minimum: 2 },
    ),
    windowSeconds: fc.constantFrom(1, 10, 120),
    count: fc.integer({ min: 1, max: 3 }),
    evidence: fc.constantFrom(...RULE_EVIDENCE),
  })
  .map(({ by, count, ...given }) => {
    const threshold = given.measure.kind === "ratio" ? count / 3 : count;
    return { by, rule: ruleOf({ ...given, groupBy: by, threshold }) };
  });

describe("a rule as SQL", () => {
  let connection: Connection;
  beforeAll(async () => {
    const engine = await nodeEngine();
    await Database.lay(engine);
    connection = await engine.connect();
  });

  const shown = async (sql: string): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const batch of await connection.send(sql)) {
      for (let at = 0; at < batch.numRows; at += 1) {
        const cells = batch.schema.fields.map(({ name }) => batch.getChild(name)?.get(at));
        const measure = Number(cells.pop());
        found.push(JSON.stringify([Number(cells[0]), ...cells.slice(1), measure.toFixed(9)]));
      }
    }
    return found.sort();
  };

  it("finds the seconds at which a slow reading of the windows reaches the threshold", async () => {
    await fc.assert(
      fc.asyncProperty(
        calls,
        letters,
        fc.array(rules, { minLength: 6, maxLength: 6 }),
        async (own, claims, asked) => {
          await fillDenials(connection, own, claims);
          const decisions = [...own.flatMap(ofCall), ...claims.map(ofLetter)];
          for (const each of asked) {
            expect(await shown(ruleSql(each.rule)), ruleSql(each.rule)).toEqual(
              slowly(each, decisions),
            );
          }
        },
      ),
      { numRuns: 4, seed: 7, endOnFailure: true },
    );
  });

  it("reads a pattern as the rule does", async () => {
    await fillDenials(connection, [], []);
    const conditions = [
      { field: "agent", operator: "matches", values: ["^re.*\\d{2}$", "'"] },
    ] as const;
    expect(await shown(ruleSql(ruleOf({ conditions })))).toEqual([]);
  });
});

function ofCall(call: TestCall): readonly Decision[] {
  if (call.copyOf !== null || call.timestamp === null) return [];
  const evidence: Readonly<Record<TestCall["integrity"], Evidence>> = {
    verified: "verified",
    "verified-not-checkpointed": "verified",
    "self-consistent": "self-consistent",
    "does-not-verify": "does-not-verify",
    "not-checked": "not-checked",
    unsigned: "claim",
  };
  const { agent, scope, guard, timestamp, decision, integrity } = call;
  const isDenied = decision === "deny";
  return [{ agent, scope, guard, second: timestamp, isDenied, evidence: evidence[integrity] }];
}

function ofLetter({ agent, scope, guard, second }: TestLetter): Decision {
  return { agent, scope, guard, second: second ?? Number.NaN, isDenied: true, evidence: "claim" };
}

/** Every second of every group, its window counted from nothing. */
function slowly({ rule, by }: TestRule, decisions: readonly Decision[]): readonly string[] {
  const tests = rule.conditions.map((condition) => ({ condition, test: testOf(condition) }));
  const counted = decisions.filter(
    (each) =>
      (each.isDenied || rule.measure.kind === "ratio") &&
      countsAs(each.evidence, rule.evidence) &&
      tests.every(({ condition, test }) => {
        const field = FIELDS.find((name) => name === condition.field) ?? "agent";
        return test.ok && test.value(each[field]);
      }),
  );
  const found = new Set<string>();
  for (const { second, ...last } of counted) {
    const window = counted.filter(
      (each) =>
        by.every((field) => each[field] === last[field]) &&
        each.second <= second &&
        each.second > second - rule.windowSeconds,
    );
    const measure = measured(rule, window);
    if (measure >= rule.threshold) {
      found.add(JSON.stringify([second, ...by.map((field) => last[field]), measure.toFixed(9)]));
    }
  }
  return [...found].sort();
}

function measured({ measure }: Rule, window: readonly Decision[]): number {
  switch (measure.kind) {
    case "count":
      return window.length;
    case "distinct":
      return new Set(window.flatMap(({ scope }) => (scope === "" ? [] : [scope]))).size;
    case "ratio":
      return window.length < measure.minimum
        ? 0
        : window.filter(({ isDenied }) => isDenied).length / window.length;
  }
}
