import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import type { Ledger } from "./ledger.ts";
import { type PlacedRecord, placeOf } from "./members.ts";

/**
 * Trust files met among the evidence are said to be there and pin nothing: whoever made the evidence could
 * have put them beside it. With keys pinned already, they need no confirming.
 */
export function noteOfferedTrust(
  receipts: number,
  others: readonly PlacedRecord[],
  trust: TrustBundle | null,
  ledger: Ledger,
): void {
  const offered = others.filter(({ kind }) => kind === "trust-file");
  if (trust !== null || receipts + others.length === offered.length) {
    return;
  }
  for (const record of offered) {
    ledger.add({
      code: "KEY-006",
      subject: { kind: "file", id: "trust file" },
      place: placeOf(record),
    });
  }
}
