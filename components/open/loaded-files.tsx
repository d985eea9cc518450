"use client";

import { FilePlus } from "lucide-react";
import { useFrame } from "@/components/frame/frame-context.tsx";
import { Button } from "@/components/ui/button.tsx";
import { OpenActions } from "@/components/verify/verdict-actions.tsx";
import { VerdictHead } from "@/components/verify/verdict-head.tsx";
import { joinWords, plural } from "@/lib/display/numbers.ts";
import { useCommands, useSession } from "@/lib/queries/session.ts";
import type { FileCard as FileFacts } from "@/lib/session/model.ts";
import { FileCard } from "./file-card.tsx";
import { RejectsCard } from "./rejects-card.tsx";
import { RunHead } from "./run-head.tsx";
import { StageTiles } from "./stage-tiles.tsx";

/** Files drawn at once; a folder of thousands is counted, not drawn. */
const MOST_CARDS = 60;

/** Open with files: the run, what each file was recognised as, what was not understood. */
export function LoadedFiles() {
  const frame = useFrame();
  const commands = useCommands();
  const files = useSession((state) => state.files);
  const rejects = useSession((state) => state.rejects);
  const verdict = useSession((state) => state.verdict);
  const isRunning = useSession(({ phase }) => phase === "running");
  return (
    <div className="flex flex-col gap-3 p-[18px] max-sm:p-4">
      <section
        aria-label="Verdict"
        className="overflow-hidden rounded-card border border-border bg-surface shadow-card"
      >
        {verdict !== null && !isRunning ? (
          <VerdictHead verdict={verdict} actions={<OpenActions />} />
        ) : (
          <RunHead />
        )}
        <StageTiles />
      </section>

      <section aria-labelledby="files-title">
        <div className="flex flex-wrap items-baseline gap-x-2 px-0.5 py-1.5">
          <h2 id="files-title" className="font-semibold text-14">
            {plural(files.length, "file")}
          </h2>
          <p className="text-13 text-muted">{understandingWords(files)}</p>
          <span className="ml-auto">
            <Button variant="link" onPress={() => commands.clear()}>
              Clear everything
            </Button>
          </span>
        </div>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,360px),1fr))] gap-3">
          {files.slice(0, MOST_CARDS).map((file) => (
            <li key={file.id} className="min-w-0">
              <FileCard file={file} />
            </li>
          ))}
        </ul>
        {files.length > MOST_CARDS ? (
          <p className="mt-2 text-13 text-muted">
            And {plural(files.length - MOST_CARDS, "more file")}, listed on Verify.
          </p>
        ) : null}
      </section>

      {rejects.length > 0 ? <RejectsCard rejects={rejects} verdict={verdict} /> : null}

      <div className="flex min-h-24 flex-wrap items-center justify-center gap-3 rounded-card border border-strong border-dashed p-4 text-13 text-fact">
        <FilePlus aria-hidden="true" size={16} className="shrink-0 text-muted" />
        <p>
          <strong className="font-semibold text-ink">Drop more files anywhere.</strong> A trust file
          dropped later checks everything again. Nothing is uploaded.
        </p>
        <Button onPress={frame.chooseFiles}>Choose files</Button>
      </div>
    </div>
  );
}

function understandingWords(files: readonly FileFacts[]): string {
  const count = (kind: FileFacts["understanding"]) =>
    files.filter((file) => file.understanding === kind).length;
  const parts = [
    [count("understood"), "understood"],
    [count("in-part"), "understood in part"],
    [count("not-understood"), "not understood"],
    [count("reading"), "being read"],
  ] as const;
  return joinWords(
    parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`),
  );
}
