import { isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import type { ReceiptForm } from "./detect.ts";
import { objectAt, text, textOrNull } from "./read.ts";

export type DecisionName = "allow" | "deny" | "cancelled" | "incomplete" | "none";

export interface Decision {
  readonly name: DecisionName;
  readonly guard: string | null;
  readonly reason: string | null;
}

const NO_DECISION: Decision = { name: "none", guard: null, reason: null };

/** The label of the reference verifier. It ignores signature and trust: never show it alone. */
export function resultLabel(
  decision: DecisionName,
  kind: string | null,
  boundary: string | null,
): string {
  if (kind === "trace_observation") {
    return "Observed";
  }
  if (kind === "advisory_evaluation") {
    return "Advisory";
  }
  switch (decision) {
    case "allow":
      return kind === "mediated_decision" && boundary === "prevent" ? "Authorized" : "Allowed";
    case "deny":
      return "Denied";
    case "cancelled":
      return "Cancelled";
    case "incomplete":
      return "Incomplete";
    case "none":
      return "Invalid";
  }
}

/** The decision of any form; a child request shows how it ended, an HTTP receipt its verdict. */
export function decisionOf(receipt: JsonObject, form: ReceiptForm): Decision {
  switch (form) {
    case "child":
      return terminalDecision(member(receipt, "terminal_state"));
    case "http":
      return decisionFrom(member(receipt, "verdict"));
    case "documentation":
    case "pre-v1":
    case "v1":
      return decisionFrom(member(receipt, "decision"));
  }
}

/** Reads `"allow"`, `{verdict, reason?, guard?}` and the externally tagged `{deny: {reason, guard}}`. */
function decisionFrom(value: JsonValue | undefined): Decision {
  if (typeof value === "string") {
    return { ...NO_DECISION, name: decisionName(value) };
  }
  if (!isObject(value)) {
    return NO_DECISION;
  }
  const verdict = member(value, "verdict");
  if (typeof verdict === "string") {
    return {
      name: decisionName(verdict),
      guard: textOrNull(value, "guard"),
      reason: textOrNull(value, "reason"),
    };
  }
  const [only, ...others] = Object.keys(value);
  if (only === undefined || others.length > 0) {
    return NO_DECISION;
  }
  const inner = objectAt(value, only);
  return {
    name: decisionName(only),
    guard: inner && textOrNull(inner, "guard"),
    reason: inner && textOrNull(inner, "reason"),
  };
}

function decisionName(text: string): DecisionName {
  switch (text) {
    case "allow":
    case "deny":
    case "cancelled":
    case "incomplete":
      return text;
    case "cancel":
      return "cancelled";
    default:
      return "none";
  }
}

/** A child request has no decision of its own; how it ended is shown where a decision would be. */
function terminalDecision(value: JsonValue | undefined): Decision {
  if (!isObject(value)) {
    return NO_DECISION;
  }
  const state = text(value, "state");
  if (state !== "cancelled" && state !== "incomplete") {
    return NO_DECISION;
  }
  return { name: state, guard: null, reason: textOrNull(value, "reason") };
}
