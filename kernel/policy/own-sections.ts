import { DEFAULT_DATA_FLOW } from "../guards/data-flow.ts";
import { DEFAULT_OUTPUT } from "./defaults.ts";
import type { DataFlowConfig, OutputConfig, RewriteConfig } from "./effective-policy.ts";
import type { Section } from "./section.ts";

/** Sections of chio.yaml that upstream does not have. */

const DETECTIONS = ["email", "ssn", "secret"] as const;
const FLOWS = ["secret-read", "outbound-write"] as const;

export function readDataFlow(section: Section): DataFlowConfig {
  const written = section.sections("forbidden_transitions").map((transition) => {
    const read = {
      from: transition.choice("from", FLOWS, "secret-read"),
      to: transition.choice("to", FLOWS, "outbound-write"),
    };
    transition.end();
    return read;
  });
  return {
    maxBytesRead: section.limit("max_bytes_read", DEFAULT_DATA_FLOW.maxBytesRead),
    maxBytesWritten: section.limit("max_bytes_written", DEFAULT_DATA_FLOW.maxBytesWritten),
    maxBytesTotal: section.limit("max_bytes_total", DEFAULT_DATA_FLOW.maxBytesTotal),
    forbiddenTransitions: section.has("forbidden_transitions")
      ? written
      : DEFAULT_DATA_FLOW.forbiddenTransitions,
  };
}

/** One element of `rewrites`: `kind` says which members it may have. */
export function readRewrite(section: Section): readonly RewriteConfig[] {
  const kind = section.required("kind");
  const config = rewriteOf(section, kind);
  if (config === null) {
    section.problem("kind", "out-of-range", "must be redact, normalize-url or clamp-number");
    return [];
  }
  section.end();
  return [config];
}

function rewriteOf(section: Section, kind: string): RewriteConfig | null {
  switch (kind) {
    case "redact":
      return {
        kind,
        action: section.choice("action", ["mask", "drop", "deny"], "mask"),
        detect: section.choices("detect", DETECTIONS, []),
        names: section.texts("names", []),
      };
    case "normalize-url":
      return { kind, names: section.texts("names", []) };
    case "clamp-number":
      return {
        kind,
        name: section.required("name"),
        minimum: section.bound("minimum"),
        maximum: section.bound("maximum"),
      };
    default:
      return null;
  }
}

/**
 * `output` of the policy. Where it is absent, results are searched for secrets if arguments are, as the
 * section for secret patterns brings it along upstream (kernel semantics 7.3).
 */
export function readOutput(section: Section | null, guardsSecrets: boolean): OutputConfig | null {
  if (section === null) {
    return guardsSecrets ? DEFAULT_OUTPUT : null;
  }
  const enabled = section.flag("enabled", true);
  const config = {
    action: section.choice("action", ["redact", "block"], DEFAULT_OUTPUT.action),
    detect: section.choices("detect", DETECTIONS, DEFAULT_OUTPUT.detect),
    names: section.texts("names", DEFAULT_OUTPUT.names),
  };
  section.end();
  return enabled ? config : null;
}
