import type { ReceiptOrigin } from "@/lib/playground/draft.ts";
import type { JudgedOutcome } from "@/lib/playground/model.ts";

/** Names that other kernels and routes give to what this one decides without a guard. */
const KERNEL_GUARDS: ReadonlySet<string> = new Set([
  "",
  "kernel",
  "scope-match",
  "budget",
  "capability",
  "token",
  "CapabilityGuard",
  "CapabilityRevocation",
]);

/** The decision and, of a denial, who made it. Reasons are worded freely and are not compared. */
export function compareWithReceipt(
  { denial }: Pick<JudgedOutcome, "denial">,
  signed: Pick<ReceiptOrigin, "denied" | "guard">,
): "same" | "other-reason" | "differs" {
  if ((denial !== null) !== signed.denied) {
    return "differs";
  }
  if (denial === null || denial.guard === signed.guard) {
    return "same";
  }
  return KERNEL_GUARDS.has(denial.guard) && KERNEL_GUARDS.has(signed.guard)
    ? "same"
    : "other-reason";
}
