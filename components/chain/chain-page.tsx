"use client";

import type { ReactNode } from "react";
import { NoReceipts, NothingLoaded } from "@/components/receipts/empty-states.tsx";
import { useSession } from "@/lib/queries/session.ts";
import { ChainDesk } from "./chain-desk.tsx";

/** The Chains page: what brought a receipt about, and what came of it. */
export function ChainPage(): ReactNode {
  const phase = useSession((state) => state.phase);
  switch (phase) {
    case "empty":
      return <NothingLoaded />;
    case "refused":
      return (
        <>
          <h1 className="sr-only">Chains</h1>
          <NoReceipts
            title="No verdict is given here"
            text="A known answer was not met in this browser, so nothing that it computes can be relied on."
          />
        </>
      );
    case "running":
    case "done":
    case "stopped":
      return <ChainDesk />;
  }
}
