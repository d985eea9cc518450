import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isObject, member } from "@/kernel/json/value.ts";
import { resolveInside } from "@/lib/ingest/kafka/forms.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import type { KnownCapability } from "@/lib/verification/known-capability.ts";
import { type Draft, draftOfReceipt } from "./draft.ts";

/** The draft of a receipt as the drawer holds it; null where its record holds none. */
export async function draftOfDetail(
  detail: ReceiptDetail,
  capabilityOf: (id: string) => Promise<KnownCapability | null>,
): Promise<Draft | null> {
  const parsed = parseJson(detail.rowText ?? detail.rawText);
  const receipt = parsed.ok ? resolveInside(parsed.value.value, detail.place.pointer) : undefined;
  if (!isObject(receipt)) {
    return null;
  }
  const { row } = detail;
  const id = asText(member(receipt, "capability_id")) ?? "";
  return draftOfReceipt(
    receipt,
    {
      row: row.row,
      name: row.seq === null ? row.id.slice(0, 24) : `#${row.seq}`,
      denied: row.decision === "deny",
      guard: row.guard,
      reason: row.reason,
      timestamp: row.timestamp,
    },
    id === "" ? null : await capabilityOf(id),
  );
}
