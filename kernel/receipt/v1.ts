import type { Check } from "../check.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";

interface Kind {
  readonly boundary: string;
  readonly trust: string;
  readonly decides: boolean;
}

const KINDS: ReadonlyMap<JsonValue | undefined, Kind> = new Map([
  ["mediated_decision", { boundary: "prevent", trust: "mediated", decides: true }],
  ["trace_observation", { boundary: "detect_only", trust: "verified", decides: false }],
  ["advisory_evaluation", { boundary: "advisory_only", trust: "advisory", decides: false }],
]);
const VERDICTS: ReadonlySet<JsonValue | undefined> = new Set([
  "allow",
  "deny",
  "cancelled",
  "incomplete",
]);
const OBSERVATIONS: ReadonlySet<JsonValue | undefined> = new Set([
  "observed",
  "evaluated",
  "dropped",
]);
const BBS_VERSION = "chio.bbs-projection.receipt.v1";

/**
 * Whether kind, boundary, trust level, decision and observation belong together (wire format 2.3). A
 * signature over an incoherent receipt counts for nothing: an advisory signer could otherwise mint
 * something that reads like an authorisation.
 */
export function coherenceCheck(receipt: JsonObject): Check {
  const kind = KINDS.get(member(receipt, "receipt_kind"));
  if (kind === undefined) {
    return failed(receipt, "receipt_kind", [...KINDS.keys()].join(" | "));
  }
  if (member(receipt, "boundary_class") !== kind.boundary) {
    return failed(receipt, "boundary_class", kind.boundary);
  }
  if (member(receipt, "trust_level") !== kind.trust) {
    return failed(receipt, "trust_level", kind.trust);
  }
  const decision = member(receipt, "decision");
  const observation = member(receipt, "observation_outcome");
  if (kind.decides) {
    if (!isObject(decision) || !VERDICTS.has(member(decision, "verdict"))) {
      return failed(receipt, "decision", "a decision");
    }
    if (isPresent(observation)) {
      return failed(receipt, "observation_outcome", null);
    }
  } else {
    if (isPresent(decision)) {
      return failed(receipt, "decision", null);
    }
    if (!OBSERVATIONS.has(observation)) {
      return failed(receipt, "observation_outcome", "observed | evaluated | dropped");
    }
  }
  return bbsCheck(receipt);
}

/** The BBS projection's version and signature come both or not at all. */
function bbsCheck(receipt: JsonObject): Check {
  const version = member(receipt, "bbs_projection_version");
  const hasSignature = isPresent(member(receipt, "bbs_signature"));
  if (isPresent(version) !== hasSignature) {
    return failed(
      receipt,
      hasSignature ? "bbs_projection_version" : "bbs_signature",
      "both or none",
    );
  }
  return hasSignature && version !== BBS_VERSION
    ? failed(receipt, "bbs_projection_version", BBS_VERSION)
    : { name: "coherence", outcome: { kind: "passed" } };
}

function isPresent(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

function failed(receipt: JsonObject, name: string, expected: string | null): Check {
  const value = member(receipt, name);
  const actual =
    value === undefined || value === null
      ? null
      : typeof value === "string"
        ? value
        : isObject(value)
          ? shownVerdict(value)
          : "another type";
  return {
    name: "coherence",
    outcome: { kind: "failed", code: "SIG-003", pointer: `/${name}`, expected, actual },
  };
}

function shownVerdict(decision: JsonObject): string {
  const verdict = member(decision, "verdict");
  return typeof verdict === "string" ? verdict : "a nested value";
}
