"use client";

import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { plural } from "@/lib/display/numbers.ts";
import type { ResultRows } from "@/lib/workbench/result-rows.ts";

/** Characters that are drawn; all of them can be copied. */
const SHOWN = 100_000;

interface CellDialogProps {
  readonly rows: ResultRows;
  readonly cell: { readonly row: number; readonly column: number } | null;
  readonly onClose: () => void;
}

/** One value in full. */
export function CellDialog({ rows, cell, onClose }: CellDialogProps): ReactNode {
  const name = cell === null ? "" : (rows.result.columns[cell.column]?.name ?? "");
  const text = cell === null ? null : rows.text(cell.row, cell.column);
  return (
    <Modal title={visibleText(name)} isOpen={cell !== null} onClose={onClose}>
      {text === null ? (
        <p className="text-13 text-muted italic">null</p>
      ) : (
        <>
          <div className="flex items-center gap-2 text-12 text-muted">
            {plural(text.length, "character")}
            <CopyButton text={text} label="Copy the value" />
          </div>
          <pre className="mt-2 max-h-[50vh] overflow-auto whitespace-pre-wrap rounded-card bg-sunken p-3 font-mono text-12 [overflow-wrap:anywhere]">
            {text.slice(0, SHOWN).split("\n").map(visibleText).join("\n")}
          </pre>
          {text.length > SHOWN && (
            <p className="mt-2 text-12 text-muted">
              The first {plural(SHOWN, "character")} are shown; all are copied.
            </p>
          )}
        </>
      )}
    </Modal>
  );
}
