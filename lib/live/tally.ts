import { type LiveCounts, type LiveRow, NO_COUNTS } from "./model.ts";

/** The counts with these rows added; a copy of a receipt counts as a row and as a copy, and nowhere else. */
export function tally(before: LiveCounts, rows: readonly LiveRow[]): LiveCounts {
  const counts: { -readonly [Name in keyof LiveCounts]: number } = { ...NO_COUNTS, ...before };
  for (const row of rows) {
    counts.rows += 1;
    switch (row.kind) {
      case "receipt":
        if (row.isCopy) counts.copies += 1;
        else countReceipt(counts, row);
        break;
      case "claim":
        counts.claims += 1;
        break;
      case "failure":
        counts.failures += 1;
        break;
      case "not-understood":
        counts.notUnderstood += 1;
        break;
    }
  }
  return counts;
}

function countReceipt(
  counts: { -readonly [Name in keyof LiveCounts]: number },
  { status, decision }: LiveRow,
): void {
  const isSigned = status !== "unsigned";
  counts.receipts += isSigned ? 1 : 0;
  counts.denials += isSigned && decision === "deny" ? 1 : 0;
  switch (status) {
    case "verified":
    case "verified-not-checkpointed":
      counts.verified += 1;
      return;
    case "self-consistent":
      counts.selfConsistent += 1;
      return;
    case "does-not-verify":
      counts.doesNotVerify += 1;
      return;
    case "not-checked":
    case null:
      counts.notChecked += 1;
      return;
    case "unsigned":
      // Nobody signed it: it claims a denial, and stands with the claims.
      counts.claims += 1;
      return;
  }
}
