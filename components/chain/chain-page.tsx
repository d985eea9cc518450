"use client";

import type { ReactNode } from "react";
import { LoadedPage } from "@/components/receipts/loaded-page.tsx";
import { ChainDesk } from "./chain-desk.tsx";

const EMPTY =
  "Load a log, and Kafka records of its topics where you have them. What led to what is walked here, forward and backward.";

/** The Chains page: what brought a receipt about, and what came of it. */
export function ChainPage(): ReactNode {
  return (
    <LoadedPage title="Chains" empty={EMPTY}>
      <ChainDesk />
    </LoadedPage>
  );
}
