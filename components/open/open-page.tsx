"use client";

import { useSession } from "@/lib/queries/session.ts";
import { DropTarget } from "./drop-target.tsx";
import { FirstRunHint } from "./first-run-hint.tsx";
import { LoadedFiles } from "./loaded-files.tsx";
import { Samples } from "./samples.tsx";

/** Open: where files come in, and where one watches them being read. */
export function OpenPage() {
  const isLoaded = useSession(({ phase }) => phase !== "empty" && phase !== "refused");
  if (!isLoaded) {
    return (
      <div className="flex min-h-full flex-col gap-3 p-[18px] max-sm:p-4">
        <FirstRunHint />
        <DropTarget />
        <Samples />
      </div>
    );
  }
  return <LoadedFiles />;
}
