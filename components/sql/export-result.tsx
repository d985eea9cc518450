"use client";

import { Download } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "@/components/ui/button.tsx";
import { saveFile } from "@/components/ui/save-file.ts";
import { plural } from "@/lib/display/numbers.ts";
import { exportStatement } from "@/lib/queries/workbench-desk.ts";
import type { ExportFormat } from "@/lib/workbench/export/encoder.ts";

const FORMATS: readonly {
  readonly format: ExportFormat;
  readonly word: string;
  readonly note: string;
}[] = [
  { format: "csv", word: "CSV", note: "values exactly as they are" },
  { format: "ndjson", word: "NDJSON", note: "numbers with all of their digits" },
  { format: "arrow", word: "Arrow", note: "IPC file, columns typed" },
  { format: "parquet", word: "Parquet", note: "columns typed, Snappy" },
];

type ExportState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly rows: number }
  | { readonly kind: "done"; readonly rows: number }
  | { readonly kind: "problem"; readonly message: string };

/** All rows of the statement as a file: it is asked again, so nothing is cut. */
export function ExportResult({
  sql,
  title,
}: {
  readonly sql: string;
  readonly title: string;
}): ReactNode {
  const [state, setState] = useState<ExportState>({ kind: "idle" });
  const control = useRef<AbortController | null>(null);
  const content = useRef<HTMLDivElement | null>(null);
  // The button that was pressed goes and comes: keys such as Escape must not fall out of the dialog with it.
  useEffect(() => {
    if (state.kind !== "idle") content.current?.focus();
  }, [state.kind]);
  const save = async (format: ExportFormat) => {
    const stop = new AbortController();
    control.current = stop;
    setState({ kind: "running", rows: 0 });
    let rows = 0;
    let told = 0;
    const made = await exportStatement(sql, format, stop.signal, (count) => {
      rows = count;
      if (count - told > 20_000) {
        told = count;
        setState({ kind: "running", rows });
      }
    });
    if ("code" in made) {
      setState({ kind: "problem", message: `${made.message} ${made.hint}` });
      return;
    }
    const name = title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "result";
    saveFile(made.file, `${name}.${made.extension}`);
    setState({ kind: "done", rows });
  };
  return (
    <DialogTrigger>
      <Button aria-label="Export all rows" className="max-sm:px-2">
        <Download aria-hidden size={15} />
        <span className="max-sm:hidden">Export</span>
      </Button>
      <Popover
        placement="top end"
        className="w-[min(320px,calc(100vw-24px))] rounded-card border border-border bg-raised p-3.5 shadow-popover"
      >
        <Dialog aria-label="Export all rows" className="outline-none">
          <div ref={content} tabIndex={-1} className="flex flex-col gap-2.5 outline-none">
            <p className="text-12 text-fact">
              Every row of the statement, which runs again for it. The file is made here and stays
              here.
            </p>
            {state.kind === "running" ? (
              <div className="flex items-center gap-2">
                <span role="status" className="flex-1 text-13">
                  {plural(state.rows, "row")} written
                </span>
                <Button onPress={() => control.current?.abort()}>Stop</Button>
              </div>
            ) : (
              <ul className="flex flex-col gap-1">
                {FORMATS.map(({ format, word, note }) => (
                  <li key={format} className="flex items-center gap-2">
                    <Button
                      className="w-24"
                      onPress={() => {
                        save(format).catch((error: unknown) =>
                          setState({ kind: "problem", message: String(error) }),
                        );
                      }}
                    >
                      {word}
                    </Button>
                    <span className="text-12 text-muted">{note}</span>
                  </li>
                ))}
              </ul>
            )}
            {state.kind === "done" && (
              <p role="status" className="text-12 text-fact">
                {plural(state.rows, "row")} written.
              </p>
            )}
            {state.kind === "problem" && (
              <p role="alert" className="text-12 text-fact [overflow-wrap:anywhere]">
                Not exported: {state.message}
              </p>
            )}
            <p className="text-12 text-muted">
              Values are not changed for spreadsheets: open CSV as text there.
            </p>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
