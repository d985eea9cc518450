"use client";

import { PanelLeft, Play, Square } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { CodeTag } from "@/components/ui/code-tag.tsx";
import { KeyCap } from "@/components/ui/key-cap.tsx";
import { useSession } from "@/lib/queries/session.ts";
import { currentWorkbench, useWorkbench } from "@/lib/queries/workbench.ts";
import type { WorkbenchTab } from "@/lib/queries/workbench-desk.ts";
import type { StatementProblem } from "@/lib/workbench/model.ts";
import { ResultView } from "./result-view.tsx";
import { SidePanel } from "./side-panel.tsx";
import { SqlEditor, type SqlEditorHandle } from "./sql-editor.tsx";
import { TabStrip } from "./tab-strip.tsx";

/** The SQL workbench: questions of one's own over the documented views. They read, and change nothing. */
export function SqlPage(): ReactNode {
  const state = useWorkbench();
  const desk = currentWorkbench();
  const phase = useSession((session) => session.phase);
  const revision = useSession((session) => session.revision);
  const editor = useRef<SqlEditorHandle>(null);
  const [panel, setPanel] = useState(false);
  const active = state.tabs.find((tab) => tab.id === state.active) ?? state.tabs[0];

  useEffect(() => desk.enter(), [desk]);
  // A first question is answered before anything is typed, as soon as there is something to ask about.
  const fresh = active?.outcome === null && active.since === null && active.placed === 0;
  const ready = phase === "done" || phase === "stopped";
  const id = active?.id;
  useEffect(() => {
    if (fresh && ready && id === 1) desk.run(id);
  }, [fresh, ready, id, desk]);

  if (active === undefined) return null;
  const run = () => desk.run(active.id, editor.current?.selected() ?? undefined);
  const problem = active.outcome?.kind === "problem" ? active.outcome.problem : null;
  const isCurrent = active.ran === active.sql || problem?.at === null;
  return (
    <div className="flex h-full min-h-0">
      <h1 className="sr-only">SQL</h1>
      <div
        className={`w-[272px] shrink-0 border-border border-r bg-surface max-lg:absolute max-lg:inset-y-0 max-lg:left-0 max-lg:z-20 max-lg:shadow-popover ${
          panel ? "" : "max-lg:hidden"
        }`}
      >
        <SidePanel
          state={state}
          onInsert={(text) => editor.current?.insert(text)}
          onOpened={() => setPanel(false)}
        />
      </div>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <TabStrip tabs={state.tabs} active={active} />
        <div
          id="sql-panel"
          role="tabpanel"
          aria-labelledby={`sql-tab-${active.id}`}
          className="flex min-h-0 flex-1 flex-col"
        >
          <div className="h-[38%] min-h-[140px] bg-surface">
            <SqlEditor
              ref={editor}
              label="Statement"
              text={active.sql}
              placed={`${active.id}.${active.placed}`}
              problemAt={isCurrent ? (problem?.at ?? null) : null}
              onChange={(text) => desk.write(active.id, text)}
              onRun={run}
              onStop={() => desk.stop(active.id)}
            />
          </div>
          <div className="flex flex-wrap items-center gap-2 border-border border-y bg-bg px-3 py-1.5">
            {active.since === null ? (
              <Button variant="primary" onPress={run}>
                <Play aria-hidden size={14} />
                Run
              </Button>
            ) : (
              <Button variant="primary" onPress={() => desk.stop(active.id)}>
                <Square aria-hidden size={13} />
                Stop
              </Button>
            )}
            <span className="flex items-center gap-1 text-12 text-muted max-sm:hidden">
              <KeyCap>Ctrl</KeyCap>
              <KeyCap>Enter</KeyCap>
            </span>
            <Button className="lg:hidden" aria-expanded={panel} onPress={() => setPanel(!panel)}>
              <PanelLeft aria-hidden size={15} />
              Query book
            </Button>
            <Running since={active.since} />
            <span className="ml-auto text-12 text-muted max-sm:hidden">
              Statements read and change nothing: no files, no network, no settings.
            </span>
          </div>
          <div className="min-h-0 flex-1" aria-busy={active.since !== null}>
            <Outcome
              key={active.id}
              tab={active}
              stale={active.revision !== revision}
              empty={phase === "empty"}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

function Outcome({
  tab: { outcome, ran, title },
  stale,
  empty,
}: {
  readonly tab: WorkbenchTab;
  readonly stale: boolean;
  readonly empty: boolean;
}): ReactNode {
  if (outcome === null) {
    return (
      <div className="flex h-full flex-col items-center justify-center gap-2 p-6 text-center text-13 text-fact">
        {empty ? (
          <>
            <p>Nothing is loaded yet: the views are there, and empty.</p>
            <Link href="/" className="text-accent underline">
              Open files
            </Link>
          </>
        ) : (
          <p>Run the statement, or take one from the query book.</p>
        )}
      </div>
    );
  }
  return outcome.kind === "problem" ? (
    <Problem problem={outcome.problem} milliseconds={outcome.milliseconds} text={ran ?? ""} />
  ) : (
    <ResultView
      key={outcome.result.milliseconds}
      result={outcome.result}
      sql={ran ?? ""}
      title={title}
      stale={stale}
    />
  );
}

interface ProblemProps {
  readonly problem: StatementProblem;
  readonly milliseconds: number;
  readonly text: string;
}

/** Why there is no result: what, where and what to do. */
function Problem({ problem, milliseconds, text }: ProblemProps): ReactNode {
  const { code, message, hint, at } = problem;
  const before = at === null ? "" : text.slice(0, at);
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  return (
    <div role="alert" className="flex h-full flex-col gap-2 overflow-auto bg-surface p-4">
      <p className="flex flex-wrap items-center gap-2 text-13">
        <span className="font-semibold">{code === "stopped" ? "Stopped" : "No result"}</span>
        <CodeTag code={code} />
        {at !== null && (
          <span className="text-12 text-muted">
            line {line}, column {column}
          </span>
        )}
        {code === "stopped" && (
          <span className="text-12 text-muted">after {(milliseconds / 1000).toFixed(1)} s</span>
        )}
      </p>
      <pre className="whitespace-pre-wrap font-mono text-12 text-ink [overflow-wrap:anywhere]">
        {message.split("\n").map(visibleText).join("\n")}
      </pre>
      {hint !== "" && <p className="max-w-[80ch] text-13 text-fact">{hint}</p>}
    </div>
  );
}

/** How long a statement has been running, once that is worth saying. */
function Running({ since }: { readonly since: number | null }): ReactNode {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (since === null) return undefined;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [since]);
  return since === null || now <= since ? null : (
    <span className="text-12 text-fact tabular-nums">{((now - since) / 1000).toFixed(1)} s</span>
  );
}
