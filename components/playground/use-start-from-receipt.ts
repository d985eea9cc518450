import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { draftOfDetail } from "@/lib/playground/draft-of-detail.ts";
import { loadedCapability, receiptDetail } from "@/lib/queries/receipts.ts";
import { useSession } from "@/lib/queries/session.ts";
import { receiptRowOf } from "./page-address.ts";

/** Fills the page from the receipt that its address names (`#receipt=<row>`), once its files are read. */
export function useStartFromReceipt(): void {
  const client = useQueryClient();
  const ready = useSession(({ phase }) => phase === "done" || phase === "stopped");
  const revision = useSession((state) => state.revision);
  useEffect(() => {
    if (!ready) return;
    let left = false;
    const fill = async (): Promise<void> => {
      const row = receiptRowOf(window.location.hash);
      const { origin } = currentDesk().snapshot().draft;
      if (row === null || (origin.kind === "receipt" && origin.row === row)) return;
      const detail = await client.fetchQuery(receiptDetail(revision, row));
      const draft = await draftOfDetail(detail, (id) =>
        client.fetchQuery(loadedCapability(revision, id)),
      );
      if (!left && draft !== null) currentDesk().place(draft);
    };
    // A receipt that is not there leaves the page as it is.
    const listen = () => void fill().catch(() => undefined);
    listen();
    window.addEventListener("hashchange", listen);
    return () => {
      left = true;
      window.removeEventListener("hashchange", listen);
    };
  }, [ready, revision, client]);
}
