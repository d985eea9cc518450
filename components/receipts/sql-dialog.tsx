"use client";

import { CodeXml } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { orderQuestion, receiptSql } from "@/lib/queries/ask-receipts.ts";
import type { ReceiptFilter, ReceiptSort } from "@/lib/queries/model.ts";
import { visibleText } from "./visible-text.ts";

interface SqlDialogProps {
  readonly filter: ReceiptFilter;
  readonly sort: ReceiptSort;
}

/** The very statements behind the table, with the values that are bound to them. */
export function SqlDialog({ filter, sort }: SqlDialogProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)} aria-label="Show SQL" className="max-sm:px-2">
        <CodeXml aria-hidden size={15} />
        <span className="max-sm:hidden">Show SQL</span>
      </Button>
      <Modal title="The question behind this table" isOpen={open} onClose={() => setOpen(false)}>
        <Statements filter={filter} sort={sort} />
      </Modal>
    </>
  );
}

function Statements({ filter, sort }: SqlDialogProps): ReactNode {
  const statements = receiptSql(orderQuestion(filter, sort));
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-fact">
        These texts run as they stand. Values are bound to them and never become part of a text.
      </p>
      {statements.map((statement) => (
        <div key={statement.text} className="rounded-card bg-sunken p-3">
          <div className="flex items-start gap-2">
            <pre className="min-w-0 flex-1 whitespace-pre-wrap font-mono text-12 [overflow-wrap:anywhere]">
              {statement.text.trim()}
            </pre>
            <CopyButton text={statement.text} label="Copy statement" />
          </div>
          {statement.parameters.length > 0 && (
            <ol className="mt-2 list-decimal border-border border-t pt-2 pl-6 font-mono text-12 text-fact">
              {statement.parameters.map((value, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a parameter is its position.
                <li key={at} className="[overflow-wrap:anywhere]">
                  {value === null ? "null" : visibleText(JSON.stringify(value))}
                </li>
              ))}
            </ol>
          )}
        </div>
      ))}
    </div>
  );
}
