import type { EventField } from "@/lib/denials/model.ts";
import { formatCount, joinWords, plural } from "@/lib/display/numbers.ts";
import { formatDateTime, formatTime } from "@/lib/display/time.ts";
import type {
  Alert,
  Rule,
  RuleEvidence,
  RuleMeasure,
  RuleOperator,
  RulePreview,
  RuleSeverity,
} from "@/lib/rules/model.ts";

export const FIELD_WORDS: Readonly<Record<EventField, { one: string; many: string }>> = {
  agent: { one: "agent", many: "agents" },
  service: { one: "service", many: "services" },
  tool: { one: "tool", many: "tools" },
  scope: { one: "scope", many: "scopes" },
  topic: { one: "topic", many: "topics" },
  guard: { one: "guard", many: "guards" },
  reason: { one: "reason", many: "reasons" },
  capability: { one: "capability", many: "capabilities" },
  policy: { one: "policy", many: "policies" },
  key: { one: "record key", many: "record keys" },
  group: { one: "consumer group", many: "consumer groups" },
};

export const SEVERITY_WORDS: Readonly<Record<RuleSeverity, string>> = {
  informational: "Informational",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

export const OPERATOR_WORDS: Readonly<Record<RuleOperator, string>> = {
  is: "is",
  "is-not": "is not",
  "starts-with": "starts with",
  "ends-with": "ends with",
  contains: "contains",
  matches: "matches (RE2)",
};

export const EVIDENCE_CHOICES: Readonly<Record<RuleEvidence, { word: string; note: string }>> = {
  verified: { word: "Verified denials", note: "signed by a key you pinned" },
  signed: { word: "Self-consistent ones too", note: "the signature fits, the key may be anyone’s" },
  everything: {
    word: "Everything, claims too",
    note: "anyone who may write to the topic can add to it",
  },
};

export const MEASURE_WORDS: Readonly<Record<RuleMeasure["kind"], string>> = {
  count: "Number of denials",
  distinct: "Number of distinct values",
  ratio: "Share of decisions denied",
};

const UNITS = [
  { seconds: 86_400, one: "day" },
  { seconds: 3_600, one: "hour" },
  { seconds: 60, one: "minute" },
  { seconds: 1, one: "second" },
] as const;

/** A length of time in the largest unit that divides it: `10 minutes`, `90 seconds`. */
export function lengthWords(seconds: number): string {
  const unit = UNITS.find((each) => seconds >= each.seconds && seconds % each.seconds === 0);
  return unit === undefined ? plural(seconds, "second") : plural(seconds / unit.seconds, unit.one);
}

/** The rule as one sentence: `3 or more distinct scopes per agent in 10 minutes`. */
export function ruleSentence(rule: Rule): string {
  const per =
    rule.groupBy.length === 0
      ? ""
      : ` per ${joinWords(rule.groupBy.map((field) => FIELD_WORDS[field].one))}`;
  return `${measureSentence(rule)}${per} in ${lengthWords(rule.windowSeconds)}`;
}

function measureSentence({ measure, threshold }: Rule): string {
  switch (measure.kind) {
    case "count":
      return `${formatCount(threshold)} or more denials`;
    case "distinct":
      return `${formatCount(threshold)} or more distinct ${FIELD_WORDS[measure.field].many}`;
    case "ratio":
      return `${shareWords(threshold)} or more of at least ${plural(measure.minimum, "decision")} denied`;
  }
}

/** A share of 0 to 1 as a percentage with at most one decimal. */
export function shareWords(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/** What a window reached, in the measure's own words. */
export function measureWords(measure: RuleMeasure, value: number): string {
  switch (measure.kind) {
    case "count":
      return plural(value, "denial");
    case "distinct": {
      const { one, many } = FIELD_WORDS[measure.field];
      return plural(value, one, many);
    }
    case "ratio":
      return `${shareWords(value)} denied`;
  }
}

/** `2 times`, `once`, `not once`. */
export function timesWords(count: number): string {
  if (count === 0) return "not once";
  return count === 1 ? "once" : `${formatCount(count)} times`;
}

/** `12 more held until 14:20:00 UTC`; the date only where it is not the day of the alert. */
export function heldWords({
  held,
  at,
  heldUntil,
}: Pick<Alert, "held" | "at" | "heldUntil">): string {
  const until = formatDateTime(heldUntil);
  const isSameDay = until.slice(0, 10) === formatDateTime(at).slice(0, 10);
  return `${formatCount(held)} more held until ${isSameDay ? formatTime(heldUntil) : until} UTC`;
}

/** Denials that a preview did not count, and of what kinds; null where there are none. */
export function notCountedWords({ unverified, claims }: RulePreview["notCounted"]): string | null {
  const total = unverified + claims;
  if (total === 0) return null;
  const parts = [
    ...(claims > 0 ? [plural(claims, "claim")] : []),
    ...(unverified > 0 ? [`${formatCount(unverified)} not verified`] : []),
  ];
  return `${plural(total, "denial")} not counted: ${parts.join(", ")}`;
}

/** The group of an alert in words: `agent research-agent, scope events:consume:payments`. */
export function groupWords(group: Alert["group"]): string {
  return group.length === 0
    ? "all denials together"
    : group
        .map(({ field, value }) => `${FIELD_WORDS[field].one} ${value === "" ? "(none)" : value}`)
        .join(", ");
}
