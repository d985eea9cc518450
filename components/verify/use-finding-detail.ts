import { useQuery } from "@tanstack/react-query";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import { receiptDetail } from "@/lib/queries/receipts.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { FindingRow } from "@/lib/verification/report.ts";

export type FindingDetail =
  | { readonly kind: "none" | "reading" }
  | { readonly kind: "read"; readonly detail: ReceiptDetail }
  | { readonly kind: "failed"; readonly message: string };

/** The receipt that a finding is about, read again from its file once its card is open. */
export function useFindingDetail(about: FindingRow | null, isOpen: boolean): FindingDetail {
  const revision = useSession((state) => state.revision);
  const row = about?.row ?? -1;
  const { data, error } = useQuery({
    ...receiptDetail(revision, row),
    enabled: isOpen && about !== null,
  });
  if (data !== undefined) return { kind: "read", detail: data };
  if (error !== null) return { kind: "failed", message: error.message };
  return { kind: about !== null && isOpen ? "reading" : "none" };
}
