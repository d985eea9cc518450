"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "@/components/ui/button.tsx";
import { saveFile } from "@/components/ui/save-file.ts";
import { formatCount, plural, wholePercent } from "@/lib/display/numbers.ts";
import { receiptPage } from "@/lib/queries/receipts.ts";
import { type ExportFormat, exportHead, exportLine } from "./export-text.ts";

const CHUNK = 500;

interface ExportMenuProps {
  readonly revision: number;
  readonly order: ArrayLike<number>;
}

type ExportState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly done: number }
  | { readonly kind: "problem"; readonly message: string };

/** Saves every matching row, in the order shown, as CSV or NDJSON; written in pieces, stopped on request. */
export function ExportMenu({ revision, order }: ExportMenuProps): ReactNode {
  const client = useQueryClient();
  const [state, setState] = useState<ExportState>({ kind: "idle" });
  const stopped = useRef(false);

  const save = async (format: ExportFormat) => {
    stopped.current = false;
    const parts: Blob[] = [new Blob([exportHead(format)])];
    for (let at = 0; at < order.length; at += CHUNK) {
      setState({ kind: "running", done: at });
      const numbers = Array.from(
        { length: Math.min(CHUNK, order.length - at) },
        (_, next) => order[at + next] ?? 0,
      );
      const rows = await client.fetchQuery({ ...receiptPage(revision, numbers), gcTime: 0 });
      parts.push(new Blob([rows.map((row) => exportLine(row, format)).join("")]));
      if (stopped.current) return setState({ kind: "idle" });
    }
    const type = format === "csv" ? "text/csv;charset=utf-8" : "application/x-ndjson";
    saveFile(new Blob(parts, { type }), `receipts.${format}`);
    setState({ kind: "idle" });
  };
  const start = (format: ExportFormat) => {
    save(format).catch((error: unknown) =>
      setState({
        kind: "problem",
        message: error instanceof Error ? error.message : String(error),
      }),
    );
  };

  return (
    <DialogTrigger>
      <Button
        isDisabled={order.length === 0}
        aria-label={`Export ${formatCount(order.length)}`}
        className="max-sm:px-2"
      >
        <Download aria-hidden size={15} />
        <span className="max-sm:hidden">Export {formatCount(order.length)}</span>
      </Button>
      <Popover
        placement="bottom end"
        className="w-[min(280px,calc(100vw-24px))] rounded-card border border-border bg-raised p-3.5 shadow-popover"
      >
        <Dialog aria-label="Export" className="flex flex-col gap-2.5 outline-none">
          <p className="text-12 text-fact">
            {plural(order.length, "matching row")}, in the order shown. The file is made here and
            stays here.
          </p>
          {state.kind === "running" ? (
            <div className="flex items-center gap-2">
              <span role="status" className="flex-1 text-13">
                {wholePercent(state.done, order.length)} %
              </span>
              <Button
                onPress={() => {
                  stopped.current = true;
                }}
              >
                Stop
              </Button>
            </div>
          ) : (
            <div className="flex gap-2">
              <Button className="flex-1" onPress={() => start("csv")}>
                CSV
              </Button>
              <Button className="flex-1" onPress={() => start("ndjson")}>
                NDJSON
              </Button>
            </div>
          )}
          {state.kind === "problem" && (
            <p role="alert" className="text-12 text-fact [overflow-wrap:anywhere]">
              Not exported: {state.message}
            </p>
          )}
          <p className="text-12 text-muted">
            In CSV, a cell that a spreadsheet would run as a formula starts with an apostrophe.
          </p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
