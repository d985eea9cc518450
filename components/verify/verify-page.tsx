"use client";

import { FolderOpen } from "lucide-react";
import { useFrame } from "@/components/frame/frame-context.tsx";
import { RefusedNotice } from "@/components/open/refused-notice.tsx";
import { RunHead } from "@/components/open/run-head.tsx";
import { StageTiles } from "@/components/open/stage-tiles.tsx";
import { EmptySeal } from "@/components/seal/seal.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useCommands, useSession } from "@/lib/queries/session.ts";
import { CheckpointStrip } from "./checkpoint-strip.tsx";
import { FilesCard } from "./files-card.tsx";
import { FindingsList } from "./findings-list.tsx";
import { KeysCard } from "./keys-card.tsx";
import { QuestionTiles } from "./question-tiles.tsx";
import { SelfTestCard } from "./self-test-card.tsx";
import { VerifyActions } from "./verdict-actions.tsx";
import { VerdictHead } from "./verdict-head.tsx";

/** Verify: the verdict, the five answers, the cause, the gap. */
export function VerifyPage() {
  const phase = useSession((state) => state.phase);
  const verdict = useSession((state) => state.verdict);
  const selfTest = useSession((state) => state.selfTest);
  const revision = useSession((state) => state.revision);
  if (phase === "refused") {
    return (
      <Centred>
        <h1 className="sr-only">Verify</h1>
        <RefusedNotice selfTest={selfTest} />
      </Centred>
    );
  }
  if (phase === "empty") return <Empty />;
  if (verdict === null || phase === "running") return <Running />;
  return (
    <div className="flex flex-col gap-3 p-[18px] pt-3.5 max-sm:p-4">
      <section
        aria-label="Verdict"
        data-headline={verdict.report.headline}
        className="overflow-hidden rounded-card border border-border bg-surface shadow-card"
      >
        <VerdictHead verdict={verdict} actions={<VerifyActions verdict={verdict} />} />
        <QuestionTiles verdict={verdict} />
      </section>
      <CheckpointStrip verdict={verdict} />
      <div className="grid grid-cols-[minmax(0,7fr)_minmax(0,3fr)] items-start gap-3 max-xl:grid-cols-1">
        <FindingsList key={revision} verdict={verdict} />
        <aside aria-label="Keys, files and self-test" className="flex min-w-0 flex-col gap-3">
          <KeysCard verdict={verdict} />
          <FilesCard verdict={verdict} />
          <SelfTestCard selfTest={selfTest} verdict={verdict} />
        </aside>
      </div>
    </div>
  );
}

function Running() {
  return (
    <div className="p-[18px] max-sm:p-4">
      <section
        aria-label="Run"
        className="overflow-hidden rounded-card border border-border bg-surface shadow-card"
      >
        <RunHead />
        <StageTiles />
      </section>
    </div>
  );
}

function Empty() {
  const frame = useFrame();
  const commands = useCommands();
  return (
    <Centred>
      <EmptySeal />
      <h1 className="mt-2 font-semibold text-20">Load a log or an evidence folder</h1>
      <p className="max-w-[52ch] text-14 text-fact">
        Then this page answers five questions: is it authentic, unaltered, included, complete and
        consistent? Each is yes, no or can’t tell, with the reason.
      </p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        <Button variant="primary" large onPress={frame.chooseFiles}>
          <FolderOpen aria-hidden="true" size={16} />
          Choose files
        </Button>
        <Button large onPress={() => commands.openSample("changed")}>
          Open a changed sample
        </Button>
      </div>
    </Centred>
  );
}

function Centred({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="flex min-h-full flex-col items-center justify-center gap-2 p-6 text-center">
      {children}
    </div>
  );
}
