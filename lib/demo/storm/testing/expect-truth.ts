import { expect } from "vitest";
import { type DecisionEvents, EVIDENCE } from "@/lib/denials/model.ts";
import { evaluateRule } from "@/lib/rules/evaluate.ts";
import type { Rule, RuleEvidence } from "@/lib/rules/model.ts";
import { bursts } from "@/lib/rules/windows.ts";
import { STORM_RULES, type StormTruth } from "../model.ts";

const CLAIM = EVIDENCE.indexOf("claim");

interface Found {
  denials: number;
  claims: number;
  readonly agents: Set<string>;
  readonly scopes: Set<string>;
  first: number;
  last: number;
}

/** Holds patterns, bursts and firings of the events against what was counted while they were made. */
export function expectTruth(
  events: DecisionEvents,
  truth: StormTruth,
  evidence: RuleEvidence,
): void {
  expect(patternsOf(events)).toEqual(
    truth.patterns
      .map(({ keys: _, guard, tool, reason, ...counted }) => ({
        name: `${guard} ${tool} ${reason}`,
        ...counted,
      }))
      .sort(byName),
  );
  const { repeats, scopes } = STORM_RULES;
  const found = bursts(events, {
    windowSeconds: repeats.windowSeconds,
    least: repeats.threshold,
    by: ["agent", "scope"],
    evidence,
  });
  expect(
    found
      .map(({ group, start, end, denials }) => ({
        name: group.map(({ value }) => value).join(" "),
        start,
        end,
        denials,
      }))
      .sort(byName),
  ).toEqual(
    truth.bursts
      .map(({ agent, scope, first, last, denials }) => ({
        name: `${agent} ${scope}`,
        start: first,
        end: last,
        denials,
      }))
      .sort(byName),
  );
  expect(truth.firings.repeats.length).toBe(truth.bursts.length);
  expect(truth.firings.scopes.length).toBe(truth.widenings.length);
  expect(firings({ ...RULE, ...repeats, evidence }, events)).toEqual(sorted(truth.firings.repeats));
  const distinct = { kind: "distinct", field: "scope" } as const;
  expect(firings({ ...RULE, ...scopes, measure: distinct, evidence }, events)).toEqual(
    sorted(truth.firings.scopes),
  );
}

const RULE: Omit<Rule, "windowSeconds" | "threshold" | "cooldownSeconds" | "evidence"> = {
  id: "storm",
  name: "storm",
  description: "",
  severity: "high",
  isEnabled: true,
  conditions: [],
  groupBy: ["agent"],
  measure: { kind: "count" },
};

interface Fired {
  readonly name: string;
  readonly at: number;
  readonly held: number;
}

function firings(rule: Rule, events: DecisionEvents): readonly Fired[] {
  return evaluateRule(rule, events)
    .alerts.map(({ group, at, held }) => ({ name: group[0]?.value ?? "", at, held }))
    .sort(byTime);
}

function sorted(firings: StormTruth["firings"]["repeats"]): readonly Fired[] {
  return firings.map(({ agent, at, held }) => ({ name: agent, at, held })).sort(byTime);
}

/** Denials by guard, tool and masked reason, with who and what. */
function patternsOf({ count, fields, texts, isDenied, evidence, second }: DecisionEvents) {
  const found = new Map<string, Found>();
  const text = (column: Int32Array, at: number): string => texts[column[at] ?? 0] ?? "";
  for (let at = 0; at < count; at += 1) {
    if (isDenied[at] !== 1) {
      continue;
    }
    const time = second[at] ?? Number.NaN;
    const name = `${text(fields.guard, at)} ${text(fields.tool, at)} ${text(fields.reason, at)}`;
    const pattern = found.get(name) ?? {
      denials: 0,
      claims: 0,
      agents: new Set(),
      scopes: new Set(),
      first: time,
      last: time,
    };
    found.set(name, pattern);
    pattern.denials += 1;
    pattern.claims += evidence[at] === CLAIM ? 1 : 0;
    pattern.agents.add(text(fields.agent, at));
    pattern.scopes.add(text(fields.scope, at));
    pattern.first = Math.min(pattern.first, time);
    pattern.last = Math.max(pattern.last, time);
  }
  return [...found]
    .map(([name, { agents, scopes, ...counted }]) => ({
      name,
      ...counted,
      agents: [...agents].sort(),
      scopes: [...scopes].sort(),
    }))
    .sort(byName);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function byTime(a: Fired, b: Fired): number {
  return a.at - b.at || byName(a, b);
}
