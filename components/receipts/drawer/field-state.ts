import type { FieldRow, ReceiptDetail } from "@/lib/queries/model.ts";
import type { RepairView } from "@/lib/verification/repair.ts";

/**
 * - `fits`: as it was signed, or nothing is claimed of it.
 * - `differs`: a check or a finding names this very field.
 * - `unvouched`: covered by a signature that does not fit, and nothing tells whether this field is why.
 */
export type FieldState = "fits" | "differs" | "unvouched";

export interface FieldReading {
  readonly stateOf: (field: FieldRow) => FieldState;
  /** Names of the fields that differ, in the order of the record. */
  readonly differing: readonly string[];
  /** With what the signature fits, where that was found. */
  readonly repair: RepairView | null;
}

/** What the checks and the repair say about single fields. Where a repair is known, the others are as signed. */
export function readFields(
  detail: Pick<ReceiptDetail, "fields" | "checks" | "repair">,
): FieldReading {
  const { repair } = detail;
  const checked = detail.checks.flatMap(({ name, outcome }) =>
    outcome.kind === "failed" && name !== "signature" ? [outcome.pointer] : [],
  );
  const repaired = repair?.differences.map(({ pointer }) => pointer) ?? [];
  const stateOf = (field: FieldRow): FieldState => {
    if (checked.some((pointer) => holds(field, pointer))) return "differs";
    if (isSigned(field) && repaired.some((pointer) => holds(field, pointer))) return "differs";
    return field.fits || repair !== null ? "fits" : "unvouched";
  };
  return {
    stateOf,
    differing: detail.fields
      .filter((field) => stateOf(field) === "differs")
      .map((field) => field.pointer),
    repair,
  };
}

/** A row may stand for a whole member, and the place that differs lie deeper inside it. */
function holds(field: FieldRow, pointer: string): boolean {
  return pointer === field.pointer || pointer.startsWith(`${field.pointer}/`);
}

/** What the signature does not cover may differ freely, the signature itself apart. */
function isSigned(field: FieldRow): boolean {
  return field.coverage !== "not-covered" || field.pointer === "/signature";
}
