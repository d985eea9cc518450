"use client";

import { useIsFetching } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { CompactVerdictBar } from "@/components/verify/compact-verdict-bar.tsx";
import type { Facet, ReceiptFilter } from "@/lib/queries/model.ts";
import { RECEIPT_QUESTIONS } from "@/lib/queries/receipts.ts";
import { useSession } from "@/lib/queries/session.ts";
import { type ColumnId, DEFAULT_COLUMNS } from "./columns.ts";
import { ReceiptDrawer } from "./drawer/receipt-drawer.tsx";
import { NoReceipts, NothingMatches } from "./empty-states.tsx";
import { FacetRail } from "./facet-rail.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FACET_NAMES, toggleExcluded, toggleIncluded } from "./filter-edit.ts";
import { ListTabs } from "./list-tabs.tsx";
import { QueryProblem } from "./query-problem.tsx";
import { ReceiptTable } from "./receipt-table.tsx";
import { RejectsTable } from "./rejects-table.tsx";
import { TimeHistogram } from "./time-histogram.tsx";
import { useElementWidth } from "./use-element-width.ts";
import { PHONE, useMedia } from "./use-media.ts";
import { usePaced } from "./use-paced.ts";
import { usePageState } from "./use-page-state.ts";
import { useReceipts } from "./use-receipts.ts";

const NO_ROWS = new Float64Array(0);
const DAY = 86_400;
/** Milliseconds between two rounds of questions while a run adds rows. */
const PACE = 2_000;

/** Filters, histogram, facets, table and drawer over what is loaded. */
export function ReceiptsBrowser(): ReactNode {
  const running = useSession(({ phase }) => phase === "running");
  const rejects = useSession((state) => state.rejects);
  const asking = useIsFetching({ queryKey: RECEIPT_QUESTIONS }) > 0;
  const newest = useSession((state) => state.revision);
  const revision = usePaced(newest, running ? PACE : 0, running && asking);
  const [state, change] = usePageState();
  const [measure, width] = useElementWidth();
  const [facetsOpen, setFacetsOpen] = useState(false);
  const { filter, sort, selected } = state;
  const bins = width === 0 ? 0 : Math.min(Math.max(Math.round(width / 160) * 10, 20), 160);
  const { totals, order, facets, histogram } = useReceipts(revision, filter, sort, bins);

  const rows = order.data ?? NO_ROWS;
  const every = totals.data?.every ?? 0;
  const matching = totals.data?.matching ?? 0;
  const needs = useMemo(
    () => ({ seqDigits: String(every).length, dated: spansDays(totals.data?.range ?? null) }),
    [every, totals.data?.range],
  );
  const position = useMemo(
    () => (selected === null ? -1 : rows.indexOf(selected)),
    [rows, selected],
  );

  const setFilter = (next: ReceiptFilter) => change({ filter: next }, "push");
  const select = (row: number | null) => change({ selected: row }, "replace");
  const table = useRef<HTMLDivElement | null>(null);
  const close = () => {
    select(null);
    // A frame later: on a phone the table cannot have the focus while the drawer lies over it.
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>("[role=grid]")?.focus());
  };
  const covered = useMedia(PHONE) && selected !== null;
  const step = (by: number) => {
    const row = position < 0 ? undefined : rows[position + by];
    return row === undefined ? null : () => select(row);
  };
  const failed = [totals, order, facets, histogram].find((query) => query.isError);
  const rail = facets.data !== undefined && (
    <FacetRail
      facets={FACET_NAMES.flatMap((name) => facets.data.filter((facet) => facet.name === name))}
      filter={filter}
      onFilter={setFilter}
    />
  );

  useEffect(() => {
    if (selected === null) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && event.target === document.body) {
        change({ selected: null }, "replace");
      }
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [selected, change]);

  return (
    <div className="relative flex h-full min-h-0 flex-col max-sm:h-auto">
      <h1 className="sr-only">Receipts</h1>
      <div inert={covered} className="shrink-0">
        <CompactVerdictBar />
      </div>
      <section
        aria-label="Filter"
        inert={covered}
        className="flex shrink-0 flex-col gap-2 border-border border-b bg-surface px-[18px] py-2 max-sm:px-3"
      >
        <FilterBar
          {...{ filter, sort, revision, rows, every, matching, running }}
          onFilter={setFilter}
          binSeconds={histogram.data?.binSeconds}
          columns={state.columns}
          onColumns={(columns) => change({ columns }, "replace")}
        />
        <div ref={measure}>
          {histogram.data !== undefined && histogram.data.bins.length > 0 && (
            <TimeHistogram
              histogram={histogram.data}
              brush={filter.time}
              onBrush={(time) => setFilter({ ...filter, time })}
            />
          )}
        </div>
      </section>
      <div className="flex min-h-0 flex-1">
        <nav
          aria-label="Facets"
          className="w-[200px] shrink-0 overflow-y-auto 2xl:w-[232px] border-border border-r bg-surface px-2.5 py-3 max-lg:hidden"
        >
          {rail}
        </nav>
        <div
          inert={covered}
          className="flex min-h-[360px] min-w-0 flex-1 flex-col max-sm:h-[70dvh] max-sm:flex-none max-sm:basis-full"
        >
          <div className="flex shrink-0 items-center gap-2 border-border border-b bg-surface px-3 empty:hidden lg:has-[>:only-child]:hidden">
            <Button variant="quiet" className="lg:hidden" onPress={() => setFacetsOpen(true)}>
              <SlidersHorizontal aria-hidden size={15} />
              Facets
            </Button>
            {rejects.length > 0 && (
              <ListTabs
                receipts={matching}
                rejects={rejects.length}
                shown={state.rejects ? "rejects" : "receipts"}
                onShow={(list) => change({ rejects: list === "rejects" }, "push")}
              />
            )}
          </div>
          <div ref={table} className="min-h-0 flex-1" aria-busy={order.isPlaceholderData}>
            {state.rejects && rejects.length > 0 ? (
              <RejectsTable rejects={rejects} />
            ) : failed !== undefined ? (
              <div className="p-4">
                <QueryProblem
                  title="The rows could not be asked for."
                  error={failed.error}
                  onRetry={() => {
                    for (const query of [totals, order, facets, histogram]) {
                      if (query.isError) void query.refetch();
                    }
                  }}
                />
              </div>
            ) : order.isSuccess && rows.length === 0 && !order.isPlaceholderData ? (
              every > 0 ? (
                <NothingMatches every={every} filter={filter} onFilter={setFilter} />
              ) : running ? (
                <Reading />
              ) : (
                <NoReceipts
                  title="No receipts in these files"
                  text="Something was read, but none of it is a receipt."
                />
              )
            ) : order.data === undefined ? (
              <Reading />
            ) : (
              <ReceiptTable
                revision={revision}
                order={rows}
                sort={sort}
                onSort={(next) => change({ sort: next }, "push")}
                chosen={withoutAgents(state.columns, facets.data)}
                needs={needs}
                selected={selected}
                onSelect={select}
                onFilter={(mode, facet, value) =>
                  setFilter(
                    mode === "include"
                      ? toggleIncluded(filter, facet, value)
                      : toggleExcluded(filter, facet, value),
                  )
                }
              />
            )}
          </div>
        </div>
        {selected !== null && (
          <div className="w-[clamp(448px,30vw,640px)] shrink-0 border-border border-l bg-surface max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-20 max-xl:shadow-popover max-sm:fixed max-sm:inset-0 max-sm:z-40 max-sm:w-full max-sm:border-0">
            <ReceiptDrawer
              revision={revision}
              row={selected}
              tab={state.tab}
              onTab={(tab) => change({ tab }, "replace")}
              onClose={close}
              onPrevious={step(-1)}
              onNext={step(1)}
            />
          </div>
        )}
      </div>
      <Modal title="Facets" isOpen={facetsOpen} onClose={() => setFacetsOpen(false)}>
        {rail}
      </Modal>
    </div>
  );
}

function Reading(): ReactNode {
  return (
    <p role="status" className="p-6 text-center text-13 text-muted">
      Reading the receipts…
    </p>
  );
}

/** A log that names no agents has its column filled by the service. */
function withoutAgents(
  columns: readonly ColumnId[],
  facets: readonly Facet[] | undefined,
): readonly ColumnId[] {
  const none = facets?.some((facet) => facet.name === "agent" && facet.distinct === 0) ?? false;
  if (!none || columns.join() !== DEFAULT_COLUMNS.join()) return columns;
  return columns.map((id) => (id === "agent" ? "service" : id));
}

function spansDays(range: { readonly from: number; readonly to: number } | null): boolean {
  return range !== null && Math.floor(range.from / DAY) !== Math.floor(range.to / DAY);
}
