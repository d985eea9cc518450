import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, bench } from "@/lib/cli/testing/run-in.ts";
import type { WalkthroughTruth } from "@/lib/demo/storm/model.ts";
import { STORM_RULES } from "@/lib/demo/storm/model.ts";
import {
  type WrittenWalkthrough,
  writeWalkthrough,
} from "@/lib/demo/storm/testing/write-walkthrough.ts";
import type { Rule } from "@/lib/rules/model.ts";
import { writeRuleFile } from "@/lib/rules/rule-file.ts";
import { writeSigma } from "@/lib/rules/sigma.ts";
import { ruleOf } from "@/lib/rules/testing/rules.ts";

/** A day that is much smaller: what fires is the same. */
const SCALE = 0.04;

function scopesRule(threshold: number): Rule {
  return ruleOf({
    id: `scopes-${threshold}`,
    name: `${threshold} scopes of one agent`,
    groupBy: ["agent"],
    measure: { kind: "distinct", field: "scope" },
    ...STORM_RULES.scopes,
    threshold,
  });
}

interface Alerts {
  readonly headline: string;
  readonly rules: readonly {
    readonly id: string;
    readonly fired: number;
    readonly denials: number;
    readonly not_counted: { readonly claims: number };
  }[];
  readonly alerts: readonly {
    readonly rule: string;
    readonly at: number;
    readonly group: readonly { readonly field: string; readonly value: string }[];
  }[];
}

describe("chio rules run on the analyst's day", () => {
  let on: Bench;
  let written: WrittenWalkthrough;
  let truth: WalkthroughTruth;
  beforeAll(async () => {
    on = await bench({
      "rules.json": writeRuleFile([
        ...[3, 4, 5].map(scopesRule),
        { ...scopesRule(3), id: "everything", evidence: "everything" },
      ]),
      "four.yml": writeSigma([scopesRule(4)]).text,
    });
    written = await writeWalkthrough(`${on.folder}/day`, { scale: SCALE });
    ({ truth } = written);
    await rm(`${on.folder}/day/truth.json`);
    await rm(written.granted);
  });
  afterAll(() => on.remove());

  const run = async (rules: string): Promise<{ readonly code: number; readonly found: Alerts }> => {
    const words = ["rules", "run", rules, ...written.evidence, "--trust", written.trust, "--json"];
    const { code, text } = await on.chio(words);
    return { code, found: JSON.parse(text) };
  };
  const firings = (threshold: number) =>
    truth.scopeRule
      .find((each) => each.threshold === threshold)
      ?.firings.map(({ agent, at }) => ({ agent, at }));
  const fired = ({ alerts }: Alerts, of: string) =>
    alerts
      .filter(({ rule }) => rule === of)
      .map(({ at, group }) => ({ agent: group[0]?.value, at }));

  test("fires as the page does: twice at three scopes, once at four, not at five, and exits 4", async () => {
    const { code, found } = await run("rules.json");
    expect([code, found.headline]).toEqual([4, "verified"]);
    const verified = {
      denials: truth.denials - truth.claims,
      not_counted: { unverified: 0, claims: truth.claims },
    };
    expect(found.rules).toMatchObject([
      { id: "scopes-3", fired: 2, ...verified },
      { id: "scopes-4", fired: 1, ...verified },
      { id: "scopes-5", fired: 0, ...verified },
      // Claims are among the events only where the rule says so.
      {
        id: "everything",
        fired: 2,
        denials: truth.denials,
        not_counted: { unverified: 0, claims: 0 },
      },
    ]);
    for (const threshold of [3, 4]) {
      expect(fired(found, `scopes-${threshold}`)).toEqual(firings(threshold));
    }
  });

  test("fires the same from the rule as Sigma", async () => {
    const { code, found } = await run("four.yml");
    expect([code, found.rules.map((rule) => rule.fired)]).toEqual([4, [1]]);
    expect(fired(found, found.rules[0]?.id ?? "")).toEqual(firings(4));
  });
});
