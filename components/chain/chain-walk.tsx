"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useSingleKeys } from "@/components/frame/use-keys.ts";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { PHONE, useMedia } from "@/components/receipts/use-media.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import type { NodeKey } from "@/lib/chain/model.ts";
import { viewWords } from "@/lib/display/chain-words.ts";
import { plural } from "@/lib/display/numbers.ts";
import { itemOf } from "@/lib/graph/item-of.ts";
import { BUDGET, type ItemKey } from "@/lib/graph/model.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { ChainHead } from "./chain-head.tsx";
import { ChainSummary } from "./chain-summary.tsx";
import { ChainTable } from "./chain-table.tsx";
import { ChainToolbar } from "./chain-toolbar.tsx";
import { ChainTree } from "./chain-tree.tsx";
import { CompareDialog } from "./compare-dialog.tsx";
import { CutPills } from "./cut-pills.tsx";
import { ExportChain } from "./export-chain.tsx";
import { GraphSurface } from "./graph-surface.tsx";
import { askedDepth, isNodeKey } from "./page-fragment.ts";
import { ChainPanel, type Sides } from "./panel/chain-panel.tsx";
import type { PictureControls } from "./picture/chain-picture.tsx";
import { PrintedPicture } from "./picture/printed-picture.tsx";
import { PrintedPath } from "./printed-path.tsx";
import { StatisticsDialog } from "./statistics-dialog.tsx";
import { useChainView, walkOf } from "./use-chain.ts";
import { usePageState } from "./use-page-state.ts";
import { useWalk } from "./use-walk.ts";

interface ChainWalkProps {
  readonly revision: number;
  readonly focus: NodeKey;
  readonly sides: Sides;
  readonly onSides: (sides: Sides) => void;
}

const NO_PATH: ReadonlySet<ItemKey> = new Set();

/** The walk from one node: toolbar, one of three forms, and what is known of the selected item. */
export function ChainWalk({ revision, focus, sides, onSides }: ChainWalkProps): ReactNode {
  const [state, change] = usePageState();
  const phone = useMedia(PHONE);
  const form = state.form ?? (phone ? "tree" : "graph");
  const query = useChainView(revision, state, focus);
  const view = query.data ?? null;
  const walk = useWalk(view, !query.isPlaceholderData, state, change);
  const picture = useRef<PictureControls | null>(null);
  const [dialog, setDialog] = useState<"statistics" | "compare" | null>(null);
  const { selected } = state;

  const causes = useQuery({
    ...chainQuestion(revision, "causes", selected ?? focus),
    enabled: selected !== null && isNodeKey(selected),
  });
  const path = useMemo(() => {
    const lines = causes.data?.lines ?? [];
    return lines.length < 2 ? NO_PATH : new Set(lines.map(({ facts }) => facts.key));
  }, [causes.data]);

  // A receipt chosen in the table may lie in a fold: picture and tree then show the fold.
  const shown = useMemo(() => (view === null ? null : itemOf(view, selected)), [view, selected]);
  const marks = useMemo(() => ({ selected: shown, path }), [shown, path]);
  const label = view === null ? "" : visibleText(viewWords(view));

  useSingleKeys((event) => {
    const counts = view?.counts;
    const hops = counts === undefined ? 0 : askedDepth(state, counts);
    switch (event.key) {
      case "b":
        change({ direction: "backward", depth: null }, "push");
        return true;
      case "w":
        change({ direction: "forward", depth: null }, "push");
        return true;
      case "[":
        if (hops > 1) change({ depth: hops - 1 }, "push");
        return true;
      case "]":
        if (counts !== undefined && hops < counts.furthest) change({ depth: hops + 1 }, "push");
        return true;
      default:
        return false;
    }
  });

  if (query.isError) {
    return <UnknownFocus error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      <ChainHead revision={revision} focus={focus}>
        {view !== null && <ChainSummary counts={view.counts} onChange={change} />}
      </ChainHead>
      <ChainToolbar state={state} form={form} view={view} onChange={change}>
        <Button
          className="max-sm:h-11"
          isDisabled={view === null}
          onPress={() => setDialog("statistics")}
        >
          Statistics
        </Button>
        <Button
          className="max-sm:h-11"
          isDisabled={view === null}
          onPress={() => setDialog("compare")}
        >
          Compare
        </Button>
        {view !== null && (
          <ExportChain
            revision={revision}
            walk={walkOf(view)}
            view={view}
            label={label}
            selected={shown}
            path={path}
          />
        )}
      </ChainToolbar>
      {view !== null && (
        <div className="no-print flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-border border-b bg-surface px-[18px] py-1.5 max-sm:px-3">
          <CutPills counts={view.counts} cut={state.cut} onCut={(cut) => change({ cut }, "push")} />
          {state.opened.length > 0 && (
            <Button variant="link" onPress={() => change({ opened: [] }, "push")}>
              Fold {plural(state.opened.length, "opened part")}
            </Button>
          )}
          {view.refused.length > 0 && (
            <p role="status" className="text-12 text-fact">
              {plural(view.refused.length, "opened part")} not drawn: the picture holds{" "}
              {BUDGET.drawn} items. Fold something, or walk from there.
            </p>
          )}
        </div>
      )}
      <div className="flex min-h-0 flex-1 max-lg:flex-col print:block">
        <section
          aria-label="Chain"
          aria-busy={query.isPlaceholderData}
          className="relative min-w-0 flex-1 bg-surface max-lg:h-[62dvh] max-lg:flex-none print:h-auto"
        >
          {view === null ? (
            <p role="status" className="p-6 text-center text-13 text-muted">
              Walking the links…
            </p>
          ) : form === "graph" ? (
            <GraphSurface
              view={view}
              label={label}
              selected={shown}
              path={path}
              picture={picture}
              onSelect={walk.selectAloud}
              onMove={walk.move}
              onOpen={walk.open}
              onFold={walk.fold}
              onFocusChain={walk.focusOn}
            />
          ) : form === "tree" ? (
            <ChainTree view={view} selected={shown} onSelect={walk.select} onOpen={walk.open} />
          ) : (
            <ChainTable
              revision={revision}
              view={view}
              selected={selected}
              onSelect={walk.select}
            />
          )}
        </section>
        <aside
          aria-label="Selected step"
          className="no-print w-[clamp(360px,27vw,448px)] shrink-0 overflow-y-auto border-border border-l bg-surface max-lg:w-full max-lg:overflow-visible max-lg:border-t max-lg:border-l-0"
        >
          <ChainPanel
            revision={revision}
            view={view}
            focus={focus}
            selected={selected}
            causes={causes.data ?? null}
            onSelect={walk.select}
            onOpen={walk.open}
            onFocusChain={walk.focusOn}
            onSide={(side, id) => onSides({ ...sides, [side]: id })}
            sides={sides}
          />
        </aside>
      </div>
      <div aria-live="polite" className="sr-only">
        {walk.said}
      </div>
      {view !== null && form !== "graph" && (
        <PrintedPicture view={view} marks={marks} label={label} />
      )}
      <PrintedPath causes={causes.data ?? null} />
      {view !== null && (
        <StatisticsDialog
          revision={revision}
          walk={walkOf(view)}
          isOpen={dialog === "statistics"}
          onClose={() => setDialog(null)}
          onSelect={walk.select}
        />
      )}
      <CompareDialog
        revision={revision}
        sides={sides}
        onSides={onSides}
        isOpen={dialog === "compare"}
        onClose={() => setDialog(null)}
        onSelect={walk.select}
      />
    </>
  );
}

interface UnknownFocusProps {
  readonly error: Error;
  readonly onRetry: () => void;
}

/** The address names what is not here: it may have been made for other files. */
function UnknownFocus({ error, onRetry }: UnknownFocusProps): ReactNode {
  return (
    <div className="flex max-w-[72ch] flex-col items-start gap-3 p-[18px]">
      <h1 className="font-semibold text-20">This chain is not here</h1>
      <p className="text-14 text-fact">
        Nothing that is loaded has the number in this address. The link may have been made for other
        files, or for these in another order.
      </p>
      <Link href="/graph" className={buttonStyle("secondary", true)}>
        All chains
      </Link>
      <QueryProblem title="What the engine said" error={error} onRetry={onRetry} />
    </div>
  );
}
