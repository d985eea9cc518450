import { EVIDENCE } from "@/lib/denials/model.ts";
import { EVIDENCE_WORDS } from "@/lib/display/evidence-words.ts";
import { formatDate, formatRange, formatTime } from "@/lib/display/time.ts";
import type { DenialFacet } from "@/lib/queries/denial-model.ts";
import type { FilterPart } from "./filter-values.ts";
import { logWords, policyHash } from "./log-words.ts";

export const FACET_TITLES: Readonly<Record<DenialFacet, string>> = {
  guard: "Guard",
  agent: "Agent",
  scope: "Scope",
  tool: "Tool",
  topic: "Topic",
  evidence: "Evidence",
  policy: "Policy",
  reason: "Reason",
  group: "Consumer group",
  service: "Service",
  file: "File",
};

/** The facets that are offered to choose from; the others come from pressing a value. */
export const OFFERED_FACETS: readonly DenialFacet[] = [
  "guard",
  "agent",
  "scope",
  "topic",
  "evidence",
];

/** A facet's value as a person reads it. */
export function facetValueWords(name: DenialFacet, value: string): string {
  if (name === "policy") return value === "" ? "(none)" : policyHash(value);
  if (name !== "evidence") return logWords(value);
  const evidence = EVIDENCE.find((each) => each === value);
  return evidence === undefined ? logWords(value) : EVIDENCE_WORDS[evidence];
}

/** A part of a filter as its name and value: `time` `02:00 to 02:30`. */
export function partWords(part: FilterPart): { readonly name: string; readonly value: string } {
  if (part.kind === "time") return { name: "time", value: timeWords(part.from, part.to) };
  const title = FACET_TITLES[part.name].toLowerCase();
  return {
    name: part.kind === "include" ? title : `${title} not`,
    value: facetValueWords(part.name, part.value),
  };
}

function timeWords(from: number, to: number): string {
  if (formatDate(from) !== formatDate(to - 1)) return formatRange({ from, to });
  const round = from % 60 === 0 && to % 60 === 0;
  const clock = (at: number) => formatTime(at).slice(0, round ? 5 : 8);
  return `${clock(from)} to ${clock(to)} UTC`;
}
