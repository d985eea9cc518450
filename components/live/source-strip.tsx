"use client";

import { FolderInput, Pause, Play, Square } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { formatBytes } from "@/lib/display/bytes.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { currentLive } from "@/lib/live/current-live.ts";
import type { SourceState } from "@/lib/live/model.ts";
import { useCommands } from "@/lib/queries/session.ts";
import { useLive } from "./use-live.ts";

/** What is read, how it stands, and what can be done with it. */
export function SourceStrip(): ReactNode {
  const source = useLive((state) => state.source);
  const isPaused = useLive(({ held }) => held !== null);
  const rows = useLive(({ counts }) => counts.rows);
  const [problem, setProblem] = useState("");
  const commands = useCommands();
  const router = useRouter();
  const desk = currentLive();
  const isReading =
    source.kind === "file" || (source.kind === "server" && source.phase !== "refused");
  const load = async () => {
    try {
      commands.open([await desk.content()]);
      router.push("/verify");
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-[18px] py-2.5 max-sm:px-3">
      <h1 className="font-semibold text-20 tracking-[-0.01em]">Live</h1>
      <Lamp source={source} isPaused={isPaused} />
      <div className="min-w-0 flex-1 basis-60">
        <Facts source={source} />
        {problem === "" ? null : (
          <p role="alert" className="text-13 text-fact">
            {problem}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => (isPaused ? desk.resume() : desk.pause())}>
          {isPaused ? <Play aria-hidden size={15} /> : <Pause aria-hidden size={15} />}
          {isPaused ? "Resume" : "Pause"}
        </Button>
        <Button onPress={() => void load()} isDisabled={rows === 0}>
          <FolderInput aria-hidden size={15} />
          Load into the explorer
        </Button>
        {isReading ? (
          <Button onPress={() => desk.stop()}>
            <Square aria-hidden size={14} />
            Stop
          </Button>
        ) : (
          <Button onPress={() => desk.leave()}>Another source</Button>
        )}
      </div>
    </header>
  );
}

interface LampProps {
  readonly source: SourceState;
  readonly isPaused: boolean;
}

/** Shape and word; colour would mean a verdict here. */
function Lamp({ source, isPaused }: LampProps): ReactNode {
  const [word, fill] = lampOf(source);
  return (
    <span className="inline-flex h-6 items-center gap-1.5 rounded-chip border border-border bg-surface px-2 font-medium text-12">
      <svg width={10} height={10} viewBox="0 0 10 10" aria-hidden="true">
        <circle
          cx={5}
          cy={5}
          r={4}
          strokeWidth={1.5}
          strokeDasharray={fill === "dashed" ? "2 1.6" : undefined}
          className={fill === "solid" ? "fill-ink stroke-ink" : "fill-none stroke-fact"}
        />
      </svg>
      {word}
      {isPaused ? ", shown paused" : ""}
    </span>
  );
}

function lampOf(source: SourceState): readonly [string, "solid" | "hollow" | "dashed"] {
  switch (source.kind) {
    case "off":
      return ["Off", "hollow"];
    case "ended":
      return ["Ended", "hollow"];
    case "file":
      return [source.isReading ? "Reading" : "Watching", "solid"];
    case "server":
      switch (source.phase) {
        case "connecting":
          return ["Connecting", "dashed"];
        case "following":
          return ["Following", "solid"];
        case "waiting":
          return ["Waiting to ask again", "dashed"];
        case "refused":
          return ["Not let in", "hollow"];
      }
  }
}

function Facts({ source }: { readonly source: SourceState }): ReactNode {
  switch (source.kind) {
    case "off":
      return null;
    case "ended":
      return <p className="text-13 text-fact [overflow-wrap:anywhere]">{source.reason}</p>;
    case "file":
      return (
        <div className="text-13 text-fact">
          <p className="[overflow-wrap:anywhere]">
            <span className="font-mono text-12">{visibleText(source.name)}</span>,{" "}
            {formatBytes(source.read)} of {formatBytes(source.size)} read
            {source.waiting > 0 && !source.isReading
              ? `. The last line has no end yet: ${formatBytes(source.waiting)} wait`
              : ""}
            .
          </p>
          {source.notices.slice(-2).map((notice, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same notice may come twice.
            <p key={at}>{notice}</p>
          ))}
        </div>
      );
    case "server":
      return (
        <div className="text-13 text-fact">
          <p className="font-mono text-12 [overflow-wrap:anywhere]">GET {source.url}</p>
          <p>
            {source.problem === null ? "" : `${source.problem} `}
            {source.phase === "waiting"
              ? `Attempt ${formatCount(source.attempts + 1)} in ${source.retryMs / 1000} s. `
              : ""}
            {source.behind === null
              ? ""
              : source.behind === 0
                ? "Nothing behind. "
                : `${plural(source.behind, "receipt")} behind. `}
            {source.cursor === null ? "" : `Cursor ${source.cursor}. `}
            {plural(source.requests, "request")} sent.
          </p>
        </div>
      );
  }
}
