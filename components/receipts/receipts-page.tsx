"use client";

import type { ReactNode } from "react";
import { useSession } from "@/lib/queries/session.ts";
import { NoReceipts, NothingLoaded } from "./empty-states.tsx";
import { ReceiptsBrowser } from "./receipts-browser.tsx";

/** The Receipts page: every receipt behind the verdict. */
export function ReceiptsPage(): ReactNode {
  const phase = useSession((state) => state.phase);
  switch (phase) {
    case "empty":
      return <NothingLoaded />;
    case "refused":
      return (
        <>
          <h1 className="sr-only">Receipts</h1>
          <NoReceipts
            title="No verdict is given here"
            text="A known answer was not met in this browser, so nothing that it computes can be relied on."
          />
        </>
      );
    case "running":
    case "done":
    case "stopped":
      return <ReceiptsBrowser />;
  }
}
