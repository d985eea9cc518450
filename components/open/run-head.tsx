"use client";

import { KeyRound, Rows3, Square } from "lucide-react";
import Link from "next/link";
import { CheckingSeal } from "@/components/seal/seal.tsx";
import { Button } from "@/components/ui/button.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { plural } from "@/lib/display/numbers.ts";
import { edgesDone, overallPercent, progressStatement } from "@/lib/display/progress-words.ts";
import { pinnedKeyCount } from "@/lib/display/trust-words.ts";
import { useCommands, useSession } from "@/lib/queries/session.ts";

/** The bar while a run goes on: no verdict word until every stage is done. */
export function RunHead() {
  const commands = useCommands();
  const pinned = useSession(({ trust }) => pinnedKeyCount(trust));
  const files = useSession((state) => state.files.length);
  const running = useSession(({ phase }) => phase === "running");
  return (
    <div className="flex max-sm:flex-col">
      <div className="flex w-[116px] shrink-0 items-center justify-center border-hair border-r py-3.5 max-sm:w-full max-sm:border-r-0 max-sm:border-b">
        <RunSeal />
      </div>
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-3 px-5 py-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-28 tabular-nums max-sm:text-20">
            <span className="font-semibold">{running ? "Checking" : "Stopped"}</span>{" "}
            <span className="text-muted">
              <Statement />
            </span>
          </h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-4 text-14 text-fact">
            <span
              className={
                pinned > 0
                  ? "inline-flex items-center gap-1.5 text-verified"
                  : "inline-flex items-center gap-1.5"
              }
            >
              <KeyRound aria-hidden="true" size={15} />
              {pinned > 0
                ? `Against ${plural(pinned, "pinned key")}`
                : "No key pinned: authentic can’t be told"}
            </span>
            <span>{plural(files, "file")}</span>
          </p>
          <p className="mt-0.5 text-13 text-muted">
            {running
              ? "No verdict until every stage is done. You can browse while it runs."
              : "Stopped before the end: what was read is kept, and no verdict is given on it."}
          </p>
        </div>
        <div className="flex gap-2 pt-1">
          {running ? (
            <Button onPress={() => commands.stop()}>
              <Square aria-hidden="true" size={14} />
              Stop, keep results
            </Button>
          ) : null}
          <Link href="/receipts" className={buttonStyle("secondary")}>
            <Rows3 aria-hidden="true" size={14} />
            Browse receipts
          </Link>
        </div>
      </div>
    </div>
  );
}

function RunSeal() {
  const done = useSession(({ progress }) => (progress === null ? 0 : edgesDone(progress)));
  const percent = useSession(({ progress }) => (progress === null ? 0 : overallPercent(progress)));
  return <CheckingSeal done={done} percent={percent} />;
}

function Statement() {
  return useSession(({ progress }) =>
    progress === null ? "the files" : progressStatement(progress),
  );
}
