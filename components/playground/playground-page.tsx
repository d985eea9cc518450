"use client";

import { type ReactNode, useEffect, useState } from "react";
import { CompactVerdictBar } from "@/components/verify/compact-verdict-bar.tsx";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { CapabilityPane } from "./capability-pane.tsx";
import { DemoReceiptDrawer } from "./demo-receipt-drawer.tsx";
import { DemoRibbon } from "./demo-ribbon.tsx";
import { PlaygroundHead } from "./playground-head.tsx";
import { PolicyDialog } from "./policy-dialog.tsx";
import { RequestPane } from "./request-pane.tsx";
import { useStartFromReceipt } from "./use-start-from-receipt.ts";
import { VerdictAnnouncer } from "./verdict-announcer.tsx";
import { VerdictLink } from "./verdict-link.tsx";
import { VerdictPane } from "./verdict-pane.tsx";

/** The Playground page: one call, judged by the kernel in this page while it is edited. */
export function PlaygroundPage(): ReactNode {
  const [policyOpen, setPolicyOpen] = useState(false);
  const [receiptOpen, setReceiptOpen] = useState(false);
  useStartFromReceipt();

  useEffect(() => {
    const desk = currentDesk();
    if (desk.snapshot().outcome === null) desk.evaluate();
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
        event.preventDefault();
        desk.evaluate();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  return (
    <div className="flex min-h-full flex-col">
      <CompactVerdictBar />
      <DemoRibbon />
      <PlaygroundHead />
      <VerdictLink />
      <div className="grid flex-1 gap-3 px-[18px] pb-[18px] max-sm:px-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,0.9fr)] xl:grid-cols-[minmax(0,1.33fr)_minmax(0,1fr)_minmax(0,1.18fr)]">
        <CapabilityPane />
        <RequestPane onPolicy={() => setPolicyOpen(true)} onReceipt={() => setReceiptOpen(true)} />
        <VerdictPane />
      </div>
      <PolicyDialog isOpen={policyOpen} onClose={() => setPolicyOpen(false)} />
      <DemoReceiptDrawer isOpen={receiptOpen} onClose={() => setReceiptOpen(false)} />
      <VerdictAnnouncer />
    </div>
  );
}
