import type { Difference, RepairView } from "@/lib/verification/repair.ts";
import { formatCount } from "./numbers.ts";

/** The one difference that decides, or null where several do together. */
export function decidingDifference(repair: RepairView | null): Difference | null {
  const [first, second] = repair?.differences ?? [];
  return first === undefined || second !== undefined ? null : first;
}

/**
 * What the found reading proves, as one sentence: that the signature fits it. It never says how the
 * record came to differ.
 */
export function fitSentence(repair: RepairView): string {
  const deciding = decidingDifference(repair);
  if (deciding === null) {
    return `With these ${formatCount(repair.differences.length)} values together the signature fits.`;
  }
  if (repair.copy === null)
    return "With this key, which the data names elsewhere, the signature fits.";
  return deciding.wouldFit === null
    ? "Without this member the signature fits."
    : "With this value the signature fits.";
}

/** `line 303`, or nothing where the copy is a file of its own. */
export function copyLine(copy: NonNullable<RepairView["copy"]>): string {
  return copy.line === null ? "" : `line ${formatCount(copy.line)}`;
}
