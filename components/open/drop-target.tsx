"use client";

import { ClipboardPaste, CloudOff, FilePlus, FolderOpen } from "lucide-react";
import { useFrame } from "@/components/frame/frame-context.tsx";
import { EmptySeal } from "@/components/seal/seal.tsx";
import { Button } from "@/components/ui/button.tsx";
import { plural } from "@/lib/display/numbers.ts";
import { useSession } from "@/lib/queries/session.ts";
import { RefusedNotice } from "./refused-notice.tsx";

const FORMATS = [
  "Evidence folder, zip or tar.gz",
  "NDJSON or JSON receipts",
  "Checkpoints and proofs",
  "Capability tokens",
  "SQLite store",
  "Trust file",
] as const;

/** The empty page: everything in the middle of the place where files are dropped. */
export function DropTarget() {
  const isRefused = useSession(({ phase }) => phase === "refused");
  const selfTest = useSession((state) => state.selfTest);
  const sent = useSession(({ machine }) => machine.requestsSent);
  const frame = useFrame();
  return (
    <section
      aria-labelledby="drop-title"
      className="flex min-h-[420px] flex-1 flex-col items-center rounded-card border border-strong border-dashed bg-surface px-4 pt-8 pb-4 text-center max-sm:min-h-0"
    >
      <div className="my-auto flex flex-col items-center">
        {isRefused ? <RefusedNotice selfTest={selfTest} /> : <EmptySeal />}
        <h1 id="drop-title" className="mt-5 text-balance font-semibold text-28 max-sm:text-20">
          Drop a log, an evidence folder or a trust file
        </h1>
        <p className="mt-2 text-16 text-fact max-sm:text-14">
          <strong className="font-semibold text-ink">Nothing is uploaded.</strong>{" "}
          <span className="max-sm:block">Files are read and checked on this machine.</span>
        </p>
        <div className="mt-6 flex flex-wrap justify-center gap-2 max-sm:w-full max-sm:flex-col">
          <Button variant="primary" large onPress={frame.chooseFiles}>
            <FilePlus aria-hidden="true" size={16} />
            Choose files
            <kbd className="rounded-control border border-current px-1.5 font-mono text-11 opacity-70 max-sm:hidden">
              o
            </kbd>
          </Button>
          <Button large onPress={frame.chooseFolder}>
            <FolderOpen aria-hidden="true" size={16} />
            Choose a folder
          </Button>
          <Button large onPress={() => frame.show("paste")}>
            <ClipboardPaste aria-hidden="true" size={16} />
            Paste text
          </Button>
        </div>
        <p className="mt-6 flex flex-wrap items-center justify-center gap-x-2 text-13 text-muted">
          <CloudOff aria-hidden="true" size={15} className="shrink-0" />
          {plural(sent, "request")} since this page loaded.
          <Button variant="link" onPress={() => frame.show("ledger")}>
            See the ledger
          </Button>
          <span className="max-sm:hidden">Works the same with the network off.</span>
        </p>
      </div>
      <ul className="mt-8 flex flex-wrap justify-center gap-x-5 gap-y-1 text-13 text-muted">
        {FORMATS.map((format) => (
          <li key={format}>{format}</li>
        ))}
      </ul>
    </section>
  );
}
