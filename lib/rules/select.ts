import { type DecisionEvents, EVIDENCE } from "@/lib/denials/model.ts";
import { eventTest } from "./conditions.ts";
import { countedTable } from "./evidence.ts";
import type { RuleCondition, RuleEvidence } from "./model.ts";

export interface Selection {
  /** Indexes of the events that count, in their order. */
  readonly chosen: Int32Array;
  /** How many of them are denials. */
  readonly denials: number;
  /** Denials that fulfil the conditions and do not count as evidence. */
  readonly notCounted: { readonly unverified: number; readonly claims: number };
}

const CLAIM = EVIDENCE.indexOf("claim");

/**
 * The events that a rule looks at: those with a time that fulfil the conditions and count as evidence. Denials
 * alone, or allowed decisions too.
 *
 * @throws RangeError on a pattern that is not valid
 */
export function selectEvents(
  events: DecisionEvents,
  wanted: {
    readonly conditions: readonly RuleCondition[];
    readonly evidence: RuleEvidence;
    readonly allowed: boolean;
  },
): Selection {
  const counted = countedTable(wanted.evidence);
  const holds = eventTest(wanted.conditions, events);
  const chosen = new Int32Array(events.count);
  let size = 0;
  let denials = 0;
  let unverified = 0;
  let claims = 0;
  for (let event = 0; event < events.count; event += 1) {
    const isDenied = events.isDenied[event] === 1;
    const second = events.second[event] ?? Number.NaN;
    if ((!isDenied && !wanted.allowed) || Number.isNaN(second) || !holds(event)) {
      continue;
    }
    const evidence = events.evidence[event] ?? 0;
    if (counted[evidence] === 1) {
      chosen[size] = event;
      size += 1;
      denials += isDenied ? 1 : 0;
    } else if (isDenied) {
      claims += evidence === CLAIM ? 1 : 0;
      unverified += evidence === CLAIM ? 0 : 1;
    }
  }
  return { chosen: chosen.subarray(0, size), denials, notCounted: { unverified, claims } };
}
