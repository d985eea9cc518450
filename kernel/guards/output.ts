import { errorText } from "../evaluation/error-text.ts";
import type { JsonValue } from "../json/value.ts";
import type { OutputConfig } from "../policy/effective-policy.ts";
import { findingsText, redactValue } from "./redaction.ts";

/** `value` is what may be delivered, and what the receipt hashes. */
export type OutputAnswer =
  | { readonly kind: "clean"; readonly value: JsonValue; readonly details: null }
  | { readonly kind: "redacted"; readonly value: JsonValue; readonly details: string }
  | { readonly kind: "blocked"; readonly reason: string };

/**
 * Looks through the result of a call before it is delivered (kernel semantics 2.14). A result that cannot be
 * looked through is blocked.
 */
export function sanitizeOutput(value: JsonValue, config: OutputConfig): OutputAnswer {
  try {
    const redaction = redactValue(value, {
      detect: config.detect,
      names: config.names,
      action: "mask",
    });
    if (redaction.findings.length === 0) {
      return { kind: "clean", value, details: null };
    }
    const details = findingsText(redaction.findings);
    return config.action === "block"
      ? { kind: "blocked", reason: `the result holds ${details}` }
      : { kind: "redacted", value: redaction.value, details };
  } catch (error) {
    return { kind: "blocked", reason: `the result cannot be scanned: ${errorText(error)}` };
  }
}
