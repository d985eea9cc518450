import { EVIDENCE, type Evidence } from "@/lib/denials/model.ts";
import type { RuleEvidence } from "./model.ts";

/**
 * Which decisions count at each level. What does not verify counts at none: a signature that does not fit says
 * that the text is not what was signed, so it is no denial of anybody. A claim never had a signature; it counts
 * where everything does.
 */
const COUNTED: Readonly<Record<RuleEvidence, ReadonlySet<Evidence>>> = {
  verified: new Set<Evidence>(["verified"]),
  signed: new Set<Evidence>(["verified", "self-consistent"]),
  everything: new Set<Evidence>(["verified", "self-consistent", "not-checked", "claim"]),
};

/** Is a decision of this worth counted by a rule of that level? */
export function countsAs(evidence: Evidence, level: RuleEvidence): boolean {
  return COUNTED[level].has(evidence);
}

/** {@link countsAs} for each index into {@link EVIDENCE}: 1 or 0. */
export function countedTable(level: RuleEvidence): Uint8Array {
  return Uint8Array.from(EVIDENCE, (evidence) => (countsAs(evidence, level) ? 1 : 0));
}
