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
          {statement.parameters.length > 0 && <Bound values={statement.parameters} />}
        </div>
      ))}
    </div>
  );
}

/** The bound values by their place; those that are null restrict nothing and are only counted. */
function Bound({ values }: { readonly values: readonly (string | number | null)[] }): ReactNode {
  const given = values.flatMap((value, at) =>
    value === null ? [] : [{ name: `$${at + 1}`, value }],
  );
  const empty = values.length - given.length;
  return (
    <div className="mt-2 border-border border-t pt-2 font-mono text-12 text-fact">
      {given.map(({ name, value }) => (
        <p key={name} className="[overflow-wrap:anywhere]">
          {name} = {visibleText(JSON.stringify(value))}
        </p>
      ))}
      {empty > 0 && (
        <p className="text-muted">
          {given.length === 0 ? "All" : "The other"} {empty} are null: no restriction.
        </p>
      )}
    </div>
  );
}
