import { DECISION_WORDS, STATUS_WORDS } from "@/lib/display/status.ts";
import type { FacetName } from "@/lib/queries/model.ts";
import { visibleText } from "./visible-text.ts";

const TITLES: Readonly<Record<FacetName, string>> = {
  decision: "Decision",
  integrity: "Integrity",
  guard: "Guard that denied",
  agent: "Agent",
  tool: "Tool",
  service: "Service",
  form: "Form",
  file: "File",
};

const FORMS: Readonly<Record<string, string>> = {
  documentation: "Documentation form",
  "pre-v1": "Before v1",
  v1: "Version 1",
  child: "Child receipt",
  http: "HTTP receipt",
};

export function facetTitle(name: FacetName): string {
  return TITLES[name];
}

/** A facet's value as a person reads it. Values from a file are shown as they are. */
export function facetWords(name: FacetName, value: string): string {
  if (value === "") return name === "integrity" ? "Checking" : "(none)";
  const words = knownWords(name);
  return words !== null && Object.hasOwn(words, value)
    ? (words[value] ?? value)
    : visibleText(value);
}

function knownWords(name: FacetName): Readonly<Record<string, string>> | null {
  if (name === "decision") return DECISION_WORDS;
  if (name === "integrity") return STATUS_WORDS;
  return name === "form" ? FORMS : null;
}
