import type { Primitives } from "@/kernel/primitives.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime, formatTime } from "@/lib/display/time.ts";
import { alertName } from "@/lib/rules/alert-name.ts";
import type { RuleResult } from "@/lib/rules/evaluate.ts";
import { type Alert, PREVIEW_ALERTS, type Rule } from "@/lib/rules/model.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";
import type { VerificationReport } from "@/lib/verification/report.ts";
import { safeText } from "./safe-text.ts";

/** What a run of rules found, and on what. */
export interface RulesRun {
  readonly report: VerificationReport;
  readonly decisions: number;
  /** With the evidence that was asked for. */
  readonly results: readonly { readonly rule: Rule; readonly result: RuleResult }[];
  /** Switched off. */
  readonly skipped: readonly Rule[];
  readonly dataset: Dataset;
  readonly primitives: Primitives;
}

/** Receipts of an alert that are named in a line. */
const NAMED = 3;

/** All rules together, by time: at most {@link PREVIEW_ALERTS}. */
function firstAlerts({ results }: RulesRun): readonly Alert[] {
  return results
    .flatMap(({ result }) => result.alerts)
    .sort((one, other) => one.at - other.at)
    .slice(0, PREVIEW_ALERTS);
}

/** The document `chio-explorer.alerts.v1`, described in docs/rules.md. */
export function alertsJson(run: RulesRun): string {
  const { report, decisions, results, skipped, dataset, primitives } = run;
  const alerts = firstAlerts(run);
  const document = {
    schema: "chio-explorer.alerts.v1",
    headline: report.headline,
    trust_mode: report.trust_mode,
    decisions,
    rules: results.map(({ rule, result }) => ({
      id: rule.id,
      name: rule.name,
      severity: rule.severity,
      evidence: rule.evidence,
      fired: result.fired,
      held: result.held,
      denials: result.events,
      groups: result.groups,
      not_counted: result.notCounted,
      peak: result.peak,
      threshold: rule.threshold,
    })),
    switched_off: skipped.map(({ id }) => id),
    alerts_left_out: results.reduce((sum, { result }) => sum + result.fired, 0) - alerts.length,
    alerts: alerts.map((alert) => ({
      id: alertName(alert, primitives),
      rule: alert.rule,
      severity: alert.severity,
      at: alert.at,
      since: alert.since,
      group: alert.group,
      measure: alert.measure,
      threshold: alert.threshold,
      events: alert.events,
      receipts: alert.rows.map((row) => receiptId(dataset, row)),
      claims: alert.records.map((record) => claimId(dataset, record)),
      held: alert.held,
      held_until: alert.heldUntil,
    })),
  };
  return JSON.stringify(document, null, 2);
}

function receiptId({ rows }: Dataset, number: number): string {
  return rows.idOf(rows.find(number));
}

/** The id of the receipt that a claim names; empty where it names none. */
function claimId({ deadLetters }: Dataset, record: number): string {
  const found = deadLetters.find(record);
  return found === null
    ? ""
    : (found.unit.columns.texts[found.unit.columns.id[found.at] ?? -1] ?? "");
}

/** The same for people: each rule with its alerts. Times are UTC. */
export function renderRules(run: RulesRun): string {
  const { results, skipped, decisions } = run;
  const shown = new Set(firstAlerts(run));
  const lines: string[] = [];
  for (const { rule, result } of results) {
    const times = result.fired === 0 ? "did not fire" : `fired ${plural(result.fired, "time")}`;
    const held = result.held === 0 ? "" : `, ${formatCount(result.held)} more held back`;
    lines.push(`${safeText(rule.name, 200)} (${rule.severity}): ${times}${held}`);
    if (result.fired === 0) {
      lines.push(`  counted ${plural(result.events, "denial")}; ${peakText(rule, result)}`);
    }
    const alerts = result.alerts.filter((alert) => shown.has(alert));
    lines.push(...alerts.flatMap((alert) => alertLines(rule, alert, run)));
    if (alerts.length < result.fired) {
      lines.push(`  and ${plural(result.fired - alerts.length, "more alert")}`);
    }
  }
  const off = skipped.length === 0 ? "" : `; ${plural(skipped.length, "rule")} switched off`;
  lines.push(`${plural(results.length, "rule")} over ${plural(decisions, "decision")}${off}`);
  return `${lines.join("\n")}\n`;
}

function peakText({ threshold, measure }: Rule, { peak }: RuleResult): string {
  const said = (value: number): string =>
    measure.kind === "ratio" ? `${(value * 100).toFixed(1)} %` : formatCount(value);
  return `at most ${said(peak)} in a window, ${said(threshold)} would fire`;
}

function alertLines(rule: Rule, alert: Alert, run: RulesRun): readonly string[] {
  const group = alert.group.map(
    ({ field, value }) => `${field} ${safeText(value || "(none)", 100)}`,
  );
  const held =
    alert.held === 0
      ? ""
      : `; ${formatCount(alert.held)} more held until ${formatTime(alert.heldUntil)}`;
  const ids = [
    ...alert.rows.slice(0, NAMED).map((row) => receiptId(run.dataset, row)),
    ...alert.records.slice(0, NAMED).map((record) => `claim ${claimId(run.dataset, record)}`),
  ];
  const more = alert.events - Math.min(ids.length, NAMED);
  const named = ids.slice(0, NAMED).map((id) => safeText(id, 80));
  const rest = more > 0 ? ` and ${formatCount(more)} more` : "";
  return [
    `  ${formatDateTime(alert.at)} UTC  ${[...group, measureText(rule, alert)].join("  ")}  since ${formatTime(alert.since)}${held}`,
    `    ${alertName(alert, run.primitives)}: ${named.join(", ")}${rest}`,
  ];
}

function measureText({ measure }: Rule, { measure: value, events }: Alert): string {
  switch (measure.kind) {
    case "count":
      return plural(events, "denial");
    case "distinct":
      return `${formatCount(value)} different of ${measure.field} in ${plural(events, "denial")}`;
    case "ratio":
      return `${(value * 100).toFixed(1)} % of ${plural(events, "decision")} denied`;
  }
}
