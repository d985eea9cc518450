"use client";

import { CodeXml } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import type { ReceiptFilter, ReceiptSort } from "@/lib/queries/model.ts";
import { receiptSql } from "@/lib/queries/receipt-sql.ts";
import { openInWorkbench } from "@/lib/session/workbench-drafts.ts";
import { visibleText } from "./visible-text.ts";

interface SqlDialogProps {
  readonly filter: ReceiptFilter;
  readonly sort: ReceiptSort;
}

/** What the table shows, as one statement that runs in the workbench as it stands. */
export function SqlDialog({ filter, sort }: SqlDialogProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)} aria-label="Show SQL" className="max-sm:px-2">
        <CodeXml aria-hidden size={15} />
        <span className="max-sm:hidden">Show SQL</span>
      </Button>
      <Modal title="The question behind this table" isOpen={open} onClose={() => setOpen(false)}>
        <Statement sql={receiptSql(filter, { kind: "table", sort })} title="Receipts" />
      </Modal>
    </>
  );
}

function Statement({ sql, title }: { readonly sql: string; readonly title: string }): ReactNode {
  const router = useRouter();
  const open = () => {
    openInWorkbench(sql, title);
    router.push("/sql");
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-fact">
        It runs as it stands. Values from the filter are quoted, so that none can be read as SQL.
      </p>
      <pre className="max-h-[50vh] overflow-auto whitespace-pre-wrap rounded-card bg-sunken p-3 font-mono text-12 [overflow-wrap:anywhere]">
        {sql.trimEnd().split("\n").map(visibleText).join("\n")}
      </pre>
      <div className="flex gap-2">
        <CopyButton text={sql} label="Copy statement" />
        <Button onPress={open}>Open in SQL</Button>
      </div>
    </div>
  );
}
