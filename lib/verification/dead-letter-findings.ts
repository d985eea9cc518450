import { FINDINGS, type FindingCode } from "@/kernel/findings.ts";
import { cutText } from "./cut-text.ts";
import type { Comparison, ComparisonName } from "./dead-letter-checks.ts";
import type { UnitFinding } from "./unit-result.ts";

const CODES: Readonly<Record<ComparisonName, FindingCode>> = {
  ids: "DLQ-002",
  verdicts: "DLQ-003",
  coordinates: "DLQ-004",
  headers: "DLQ-005",
  payload: "DLQ-006",
};

/** Reasons and headers of a megabyte are repeated by no finding. */
const LONGEST = 300;

/**
 * A difference between what a dead letter carries and what its receipt says. Nobody signs a record: it is a
 * warning about the record, and leaves the receipt as it is.
 *
 * @param pointer where the record stands inside its row
 */
export function differenceIn(
  { name, said }: Comparison,
  place: { readonly line: number; readonly offset: number },
  pointer: string,
  receiptId: string,
): UnitFinding {
  const code = CODES[name];
  const [first] = said;
  const other = said.find(({ value }) => value !== first?.value);
  return {
    code,
    severity: FINDINGS[code].severity,
    subject: { kind: "dead-letter", id: clip(receiptId === "" ? String(place.line) : receiptId) },
    row: -1,
    line: place.line,
    offset: place.offset,
    record: "",
    pointer,
    expected: first === undefined ? null : clip(`${first.by}: ${first.value}`),
    actual: other === undefined ? null : clip(`${other.by}: ${other.value}`),
  };
}

function clip(text: string): string {
  return text.length > LONGEST ? `${cutText(text, LONGEST)}…` : text;
}
