"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Modal as AriaModal, Dialog, Heading, ModalOverlay } from "react-aria-components";
import { Button } from "./button.tsx";

interface ModalProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page: traps focus, closes on Escape and outside press, a page of its own on a phone. */
export function Modal({ title, isOpen, onClose, children }: ModalProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim p-4 pt-[10vh] max-sm:p-0"
    >
      <AriaModal className="max-h-[80vh] w-full max-w-[560px] overflow-auto rounded-card border border-border bg-raised shadow-popover max-sm:h-full max-sm:max-h-full max-sm:rounded-none max-sm:border-0">
        <Dialog className="p-4 outline-none">
          <div className="mb-3 flex items-center gap-2">
            <Heading slot="title" className="min-w-0 flex-1 font-semibold text-16">
              {title}
            </Heading>
            <Button variant="icon" aria-label="Close" onPress={onClose}>
              <X aria-hidden size={16} />
            </Button>
          </div>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
