import type { FieldRow, ReceiptDetail } from "@/lib/queries/model.ts";

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
  /** The value with which the signature fits, where one was found. */
  readonly wouldFit: { readonly pointer: string; readonly value: string } | null;
}

/** What the checks and findings say about single fields. Where one value repairs all, the others are as signed. */
export function readFields(
  detail: Pick<ReceiptDetail, "fields" | "checks" | "findings">,
): FieldReading {
  const known = new Set(detail.fields.map((field) => inner(field.pointer)));
  const named = new Set<string>();
  for (const { name, outcome } of detail.checks) {
    if (outcome.kind === "failed" && name !== "signature") named.add(inner(outcome.pointer));
  }
  const repair = detail.findings.find(
    (each) =>
      each.code === "SIG-002" && each.expected !== null && known.has(inner(each.place.pointer)),
  );
  if (repair !== undefined) named.add(inner(repair.place.pointer));
  const stateOf = (field: FieldRow): FieldState => {
    if (named.has(inner(field.pointer))) return "differs";
    return field.fits || repair !== undefined ? "fits" : "unvouched";
  };
  return {
    stateOf,
    differing: detail.fields
      .filter((field) => stateOf(field) === "differs")
      .map((field) => field.pointer),
    wouldFit:
      repair === undefined || repair.expected === null
        ? null
        : { pointer: repair.place.pointer, value: repair.expected },
  };
}

/** Pointers inside the receipt, whether or not it stands in a wrapper. */
function inner(pointer: string): string {
  return pointer.startsWith("/receipt/") ? pointer.slice("/receipt".length) : pointer;
}
