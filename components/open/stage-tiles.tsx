"use client";

import { Check } from "lucide-react";
import { type CSSProperties, useState } from "react";
import { STAGE_WORDS, stageFraction } from "@/lib/display/progress-words.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { Progress, StageProgress } from "@/lib/session/model.ts";

/** Five stages as tiles, each with its fraction and a note. */
export function StageTiles() {
  const progress = useSession((state) => state.progress);
  const turn = useTurns(progress);
  if (progress === null) return null;
  return (
    <ol className="grid grid-cols-5 divide-x divide-hair border-hair border-t max-md:grid-cols-1 max-md:divide-x-0 max-md:divide-y">
      {progress.stages.map((stage) => (
        <Tile key={stage.name} stage={stage} turn={turn} />
      ))}
    </ol>
  );
}

interface TileProps {
  readonly stage: StageProgress;
  readonly turn: number;
}

function Tile({ stage, turn }: TileProps) {
  const fraction = stageFraction(stage);
  const share =
    stage.state === "done" ? 1 : stage.total > 0 ? Math.min(1, stage.done / stage.total) : 0;
  return (
    <li className="min-w-0 px-4 py-2.5">
      <div className="flex items-center gap-2">
        <StageMark state={stage.state} turn={turn} />
        <span
          className={stage.state === "waiting" ? "text-14 text-muted" : "font-semibold text-14"}
        >
          {STAGE_WORDS[stage.name]}
        </span>
        <span className="ml-auto truncate text-13 text-fact tabular-nums">
          {fraction.done} <span className="text-muted">/ {fraction.total}</span>
        </span>
      </div>
      <div className="mt-2 h-1 overflow-hidden rounded-chip bg-sunken" aria-hidden="true">
        <div
          className="keeps-colour h-full origin-left bg-verified"
          style={{ transform: `scaleX(${share})` }}
        />
      </div>
      <p className="mt-1.5 truncate text-13 text-muted" title={stage.note}>
        {stage.note}
      </p>
    </li>
  );
}

/**
 * How often progress has changed. The ring turns by it, for an animation of its own would draw sixty times
 * a second on the cores that the run needs, and would go on turning over a run that stands still.
 */
function useTurns(progress: Progress | null): number {
  const [seen, setSeen] = useState({ progress, turns: 0 });
  if (seen.progress !== progress) {
    setSeen({ progress, turns: seen.turns + 1 });
  }
  return seen.turns;
}

function StageMark({
  state,
  turn,
}: {
  readonly state: StageProgress["state"];
  readonly turn: number;
}) {
  switch (state) {
    case "done":
      return (
        <Check aria-label="Done" size={15} strokeWidth={2.5} className="shrink-0 text-verified" />
      );
    case "running":
      return (
        <svg
          width={15}
          height={15}
          viewBox="0 0 16 16"
          role="img"
          aria-label="Running"
          className="stage-ring shrink-0"
          style={turned(turn)}
        >
          <circle cx={8} cy={8} r={6} fill="none" strokeWidth={2} className="stroke-border" />
          <path d="M8 2 A6 6 0 0 1 14 8" fill="none" strokeWidth={2} className="stroke-verified" />
        </svg>
      );
    case "waiting":
      return (
        <svg
          width={15}
          height={15}
          viewBox="0 0 16 16"
          role="img"
          aria-label="Waiting"
          className="shrink-0"
        >
          <circle
            cx={8}
            cy={8}
            r={6}
            fill="none"
            strokeWidth={1.6}
            strokeDasharray="2 2.7"
            className="stroke-strong"
          />
        </svg>
      );
  }
}

function turned(turn: number): CSSProperties & Record<"--turn", number> {
  return { "--turn": turn };
}
