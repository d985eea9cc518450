"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatSeconds } from "@/lib/display/time.ts";
import { currentReplay } from "@/lib/playground/replay/current-replay.ts";
import type { ReplayOutcome } from "@/lib/playground/replay/model.ts";
import type { ReplayState } from "@/lib/playground/replay/replay-desk.ts";
import { EVERY_DENIAL } from "@/lib/queries/denial-model.ts";
import { DENIALS, denialTotals } from "@/lib/queries/denials.ts";
import { receiptTotals } from "@/lib/queries/receipts.ts";
import { useSession } from "@/lib/queries/session.ts";
import { type ReplaySelection, selectForReplay } from "@/lib/session/replay-selection.ts";
import { ReplayList } from "./replay-list.tsx";
import { ReplayOutcomes } from "./replay-outcomes.tsx";
import { LEFT_OUT_SENTENCE, resultText } from "./replay-words.ts";
import { useReplay } from "./use-replay.ts";
import { useReplaySelection, useReplaySubject } from "./use-replay-subject.ts";

/** With more denials than this, nothing is replayed until someone asks for it. */
const UNASKED_UP_TO = 5_000;
/** Milliseconds that what is judged has to rest before it is replayed unasked. */
const PAUSE = 400;

/** Every loaded denial judged again, under what the page shows; nothing where no denial is loaded. */
export function ReplayCard(): ReactNode {
  const ready = useSession(({ phase }) => phase === "done" || phase === "stopped");
  const revision = useSession((state) => state.revision);
  const selection = useReplaySelection();
  const totals = useQuery({ ...receiptTotals(revision, DENIALS), enabled: ready });
  const chosen = useQuery({
    ...denialTotals(revision, selection?.filter ?? EVERY_DENIAL),
    enabled: ready && selection !== null,
  });
  const all = ready ? (totals.data?.matching ?? 0) : 0;
  const denials = selection === null ? all : (chosen.data?.denials ?? 0);
  return all === 0 ? null : <Replay denials={denials} selection={selection} />;
}

interface ReplayProps {
  readonly denials: number;
  readonly selection: ReplaySelection | null;
}

function Replay({ denials, selection }: ReplayProps): ReactNode {
  const subject = useReplaySubject();
  const state = useReplay();
  const [listed, setListed] = useState<ReplayOutcome["kind"] | null>(null);
  const shownName = state.kind === "none" ? null : state.subject.name;
  const isCurrent = subject !== null && subject.name === shownName;
  useEffect(() => {
    if (subject === null || isCurrent || denials > UNASKED_UP_TO) return;
    const timer = setTimeout(() => void currentReplay().start(subject), PAUSE);
    return () => clearTimeout(timer);
  }, [subject, isCurrent, denials]);

  const result = state.kind === "none" || state.kind === "problem" ? null : state.result;
  const running = state.kind === "running";
  const ended = state.kind === "done" || state.kind === "stopped";
  return (
    <section aria-label="Replay" className="px-3.5 pb-3.5">
      <div className="overflow-hidden rounded-card border border-border px-3 pt-2.5 pb-3">
        <div className="flex items-baseline gap-2">
          <h3 className="min-w-0 flex-1 font-semibold text-13">
            Replay on {plural(denials, "loaded denial")}
          </h3>
          {result !== null && ended ? (
            <span className="text-12 text-muted">{formatSeconds(result.milliseconds / 1000)}</span>
          ) : null}
        </div>
        {selection === null ? null : (
          <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-fact">
            <span className="min-w-0 [overflow-wrap:anywhere]">
              Only of the pattern {visibleText(selection.title)}.
            </span>
            <Button variant="link" onPress={() => selectForReplay(null)}>
              Replay all denials
            </Button>
          </p>
        )}
        <p className="text-12 text-muted">
          {aboutWords(state, isCurrent, subject?.withHint ?? false)}
        </p>
        {running ? <Progress done={result?.done ?? 0} total={result?.total ?? denials} /> : null}
        {result !== null && result.done > 0 ? (
          <ReplayOutcomes result={result} onList={running ? null : setListed} />
        ) : null}
        {state.kind === "problem" ? (
          <p className="pt-1.5 text-12 text-fact [overflow-wrap:anywhere]">
            Not replayed: {state.message}
          </p>
        ) : null}
        <p className="pt-1.5 text-12 text-muted">{LEFT_OUT_SENTENCE}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2 pt-2.5">
        {running ? (
          <Button onPress={() => currentReplay().stop()}>Stop</Button>
        ) : (
          <Button
            isDisabled={subject === null}
            onPress={() => {
              if (subject !== null) void currentReplay().start(subject);
            }}
          >
            {state.kind === "none" ? "Replay" : "Replay again"}
          </Button>
        )}
        {result !== null && ended && result.denied > 0 ? (
          <Button onPress={() => setListed("denied")}>List the {formatCount(result.denied)}</Button>
        ) : null}
      </div>
      <ReplayList result={result} kind={ended ? listed : null} onKind={setListed} />
      <p role="status" aria-label="Replay of denials" className="sr-only">
        {running ? "Replay began." : ended ? resultText(state.kind, state.result) : ""}
      </p>
    </section>
  );
}

/** Under what the denials are, or would be, judged. */
function aboutWords(state: ReplayState, isCurrent: boolean, withHint: boolean): string {
  if (state.kind !== "none" && !isCurrent) {
    return "About the texts as they were then.";
  }
  const about = withHint
    ? "With the change above, each at its own time."
    : "With the capability and the policy as they stand, each at its own time.";
  return state.kind === "stopped" && state.result !== null
    ? `${about} Stopped after ${formatCount(state.result.done)}.`
    : about;
}

function Progress({ done, total }: { readonly done: number; readonly total: number }): ReactNode {
  return (
    <div className="flex items-center gap-2 pt-1.5">
      <progress
        aria-label="Denials replayed"
        max={Math.max(total, 1)}
        value={done}
        className="h-1 min-w-0 flex-1 accent-[var(--ink)]"
      />
      <span className="text-12 text-fact tabular-nums">
        {formatCount(done)} / {formatCount(total)}
      </span>
    </div>
  );
}
