"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { DecisionPill } from "@/components/seal/marks.tsx";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { asText, member } from "@/kernel/json/value.ts";
import { layOutJson } from "@/lib/playground/json-layout.ts";
import { DemoTag } from "./demo-tag.tsx";
import { useDesk } from "./use-desk.ts";

interface DemoReceiptDrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The demo receipt in full, at the right of the page. It never reaches the receipts that were loaded. */
export function DemoReceiptDrawer({ isOpen, onClose }: DemoReceiptDrawerProps): ReactNode {
  const outcome = useDesk((state) => state.outcome);
  const judged = outcome?.kind === "judged" ? outcome : null;
  return (
    <ModalOverlay
      isOpen={isOpen && judged !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
      className="fixed inset-0 z-50 flex justify-end bg-scrim"
    >
      <Modal className="h-full w-[clamp(448px,36vw,640px)] border-border border-l bg-surface shadow-popover max-sm:w-full max-sm:border-0">
        <Dialog className="flex h-full min-h-0 flex-col outline-none">
          <div className="hatch-demo keeps-colour h-3 shrink-0" aria-hidden="true" />
          <header className="flex shrink-0 flex-col gap-1.5 border-border border-b px-4 pt-3 pb-2.5">
            <div className="flex items-center gap-2">
              <Heading slot="title" className="min-w-0 flex-1 font-semibold text-16">
                Receipt made here
              </Heading>
              <Button variant="icon" aria-label="Close receipt" onPress={onClose}>
                <X aria-hidden size={16} />
              </Button>
            </div>
            <div className="flex flex-wrap items-center gap-2 text-12 text-fact">
              <DecisionPill decision={judged?.denial === null ? "allow" : "deny"} />
              <DemoTag />
              Signed with a throw-away key. Not evidence.
            </div>
          </header>
          {judged === null ? null : (
            <div className="min-h-0 flex-1 overflow-y-auto p-4">
              <div className="flex items-center gap-2 pb-2">
                <bdi className="min-w-0 flex-1 truncate font-mono text-12 text-muted">
                  {asText(member(judged.receipt, "id"))}
                </bdi>
                <CopyButton text={canonicalize(judged.receipt)} label="Copy the demo receipt" />
              </div>
              <pre
                dir="ltr"
                className="whitespace-pre-wrap rounded-card border border-strong border-dashed bg-sunken p-3 font-mono text-12 leading-[18px] [word-break:break-all]"
              >
                {layOutJson(judged.receipt).split("\n").map(visibleText).join("\n")}
              </pre>
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
