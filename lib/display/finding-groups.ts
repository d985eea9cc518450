import { FINDINGS, type FindingGroup } from "@/kernel/findings.ts";
import type { Finding } from "@/lib/verification/report.ts";

/** One thing that happened, with what it brought about. */
export interface FindingCause {
  readonly finding: Finding;
  /** Findings that point to this one, in the report's order; the cause itself is not among them. */
  readonly effects: readonly Finding[];
}

export interface FindingGroups {
  readonly here: readonly FindingCause[];
  readonly absent: readonly FindingCause[];
  readonly notes: readonly FindingCause[];
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

/**
 * Folds a report's findings into causes with their effects, under the heads of the page. A finding whose
 * cause is not listed (only so many are) stands for itself, and so does a remark that an error brought about:
 * the headline counts errors. Errors come first in their group.
 */
export function groupFindings(findings: readonly Finding[]): FindingGroups {
  const effects = new Map<string, Finding[]>();
  const severities = new Map(findings.map((finding) => [finding.id, finding.severity]));
  const causes: Finding[] = [];
  for (const finding of findings) {
    const causing = finding.cause === null ? undefined : severities.get(finding.cause);
    if (finding.cause === null || causing === undefined || RANK[finding.severity] > RANK[causing]) {
      causes.push(finding);
      continue;
    }
    const list = effects.get(finding.cause);
    if (list === undefined) effects.set(finding.cause, [finding]);
    else list.push(finding);
  }
  const groups: Record<FindingGroup, FindingCause[]> = { here: [], absent: [], note: [] };
  for (const finding of causes) {
    groups[groupOf(finding)].push({ finding, effects: effects.get(finding.id) ?? [] });
  }
  return {
    here: bySeverity(groups.here),
    absent: bySeverity(groups.absent),
    notes: bySeverity(groups.note),
  };
}

/** A finding that was lowered to a remark (an absence is never one) is listed with the notes. */
function groupOf(finding: Finding): FindingGroup {
  const { group } = FINDINGS[finding.code];
  return group === "here" && finding.severity !== "error" ? "note" : group;
}

function bySeverity(causes: readonly FindingCause[]): readonly FindingCause[] {
  return [...causes].sort((a, b) => RANK[a.finding.severity] - RANK[b.finding.severity]);
}
