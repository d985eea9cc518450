"use client";

import { type ReactNode, useMemo } from "react";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { useElementWidth } from "@/components/receipts/use-element-width.ts";
import { PHONE, useMedia } from "@/components/receipts/use-media.ts";
import { SqlButton } from "@/components/ui/show-sql.tsx";
import { CompactVerdictBar } from "@/components/verify/compact-verdict-bar.tsx";
import type { DenialFilter } from "@/lib/queries/denial-model.ts";
import { patternFilter } from "@/lib/queries/denial-questions.ts";
import { useSession } from "@/lib/queries/session.ts";
import { digestHint, type LinkTokens } from "@/lib/session/link-tokens.ts";
import { ChartPart } from "./chart/chart-part.tsx";
import { cutHeight } from "./chart/stack.ts";
import { CopyLink } from "./copy-link.tsx";
import { DenialStatement, HeightSwitch } from "./denials-head.tsx";
import { NoDenials, NothingMatches } from "./empty-denials.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { FilterMenu } from "./filter-menu.tsx";
import { filterParts, stateOfFilter, toggled } from "./filter-values.ts";
import { firstScreenSql } from "./first-screen-sql.ts";
import { LetterDrawer } from "./letters/letter-drawer.tsx";
import { OtherDataNotice } from "./other-data-notice.tsx";
import { type DenialPageState, withoutTokens } from "./page-fragment.ts";
import { PatternPanel } from "./panel/pattern-panel.tsx";
import { keyText } from "./pattern-key.ts";
import { focusList, Side } from "./side.tsx";
import { useDenials } from "./use-denials.ts";
import { useLearnedFilter, useLearning } from "./use-learned-filter.ts";
import { useLinkTokens } from "./use-link-tokens.ts";
import { useMasks } from "./use-masks.ts";
import { usePageState } from "./use-page-state.ts";
import type { OnValue } from "./value-button.tsx";
import { ViewTabs } from "./views/view-tabs.tsx";
import { Waiting } from "./waiting.tsx";

const DAY = 86_400;

/** Denials of what is loaded; while files are read, that is said instead. */
export function DenialsDesk(): ReactNode {
  const running = useSession(({ phase }) => phase === "running");
  const tokens = useLinkTokens();
  return (
    <div className="relative flex h-full min-h-0 flex-col max-sm:h-auto">
      <div className="shrink-0">
        <CompactVerdictBar />
      </div>
      {running || tokens === null ? (
        <Waiting text="A denial in several files is one denial: they are counted when every file is read." />
      ) : (
        <LoadedDesk tokens={tokens} />
      )}
    </div>
  );
}

function LoadedDesk({ tokens }: { readonly tokens: LinkTokens }): ReactNode {
  const revision = useSession((state) => state.revision);
  const isPinned = useSession(({ trust }) => trust.pinned.length > 0);
  const [state, change] = usePageState();
  const read = useLearnedFilter(state);
  const { unknown } = read;
  const masked = useMasks(revision, state.masks);
  const filter = useMemo(
    () => (masked.version === 0 ? read.filter : { ...read.filter, masks: masked.version }),
    [read.filter, masked.version],
  );
  const [measure, width] = useElementWidth();
  const bins = width === 0 ? 0 : Math.min(Math.max(Math.round(width / 9), 24), 160);
  const asked = useDenials(revision, filter, state.parts, bins);
  const { totals, histogram, patterns, policies, facets } = asked;

  const hint = digestHint(tokens.digest);
  const goTo = (next: Partial<DenialPageState>, how: "push" | "replace") =>
    change({ ...next, data: hint }, how);
  const setFilter = (next: DenialFilter) => goTo(stateOfFilter(next, tokens), "push");
  const onValue: OnValue = (mode, name, value) => setFilter(toggled(filter, mode, name, value));

  useLearning(read, facets.data, tokens);
  const selected = useMemo(
    () =>
      state.pattern === null
        ? undefined
        : patterns.data?.patterns.find(
            ({ key }) => tokens.token("pattern", keyText(key)) === state.pattern,
          ),
    [state.pattern, patterns.data, tokens],
  );
  const lost =
    unknown.length +
    (state.pattern !== null &&
    patterns.isSuccess &&
    !patterns.isPlaceholderData &&
    selected === undefined
      ? 1
      : 0);
  const phone = useMedia(PHONE);
  const covered = phone && (selected !== undefined || state.letter !== null);
  const range = filter.time ?? totals.data?.range ?? null;
  const isOneDay =
    range === null || Math.floor(range.from / DAY) === Math.floor((range.to - 1) / DAY);
  const failed = [totals, histogram, patterns, policies].find(({ isError }) => isError);
  const cut = histogram.data === undefined ? null : cutHeight(histogram.data);
  const isFiltered = filterParts(filter).length > 0;

  if (totals.data === undefined) {
    return failed === undefined ? (
      <Waiting text="Counting the denials…" />
    ) : (
      <div className="p-[18px]">
        <h1 className="sr-only">Denials</h1>
        <QueryProblem
          title="The denials could not be counted."
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      </div>
    );
  }
  if (totals.data.denials === 0 && !isFiltered) {
    return <NoDenials totals={totals.data} onClaims={() => goTo({ claims: true }, "push")} />;
  }
  const aside =
    state.letter !== null ? (
      <Side>
        <LetterDrawer
          revision={revision}
          record={state.letter}
          onClose={() => {
            goTo({ letter: null }, "replace");
            focusList();
          }}
        />
      </Side>
    ) : selected !== undefined ? (
      <Side>
        <PatternPanel
          key={state.pattern}
          revision={revision}
          filter={filter}
          pattern={selected}
          isOneDay={isOneDay}
          onClose={() => {
            goTo({ pattern: null }, "replace");
            focusList();
          }}
          onList={() => {
            const narrowed = stateOfFilter(patternFilter(filter, selected.key), tokens);
            goTo({ ...narrowed, view: "denials" }, "push");
          }}
          onLetter={(letter) => goTo({ letter }, "replace")}
          onValue={onValue}
        />
      </Side>
    ) : null;
  return (
    <>
      {lost > 0 && (
        <OtherDataNotice
          made={state.data}
          loaded={hint}
          values={lost}
          onDrop={() => change(withoutTokens(state), "replace")}
        />
      )}
      <section
        aria-label="Denials over time"
        inert={covered}
        className="shrink-0 border-border border-b bg-surface px-[18px] pt-2.5 pb-1.5 max-sm:px-3"
      >
        <div className="flex items-start gap-x-3 gap-y-1.5 max-lg:flex-wrap">
          <DenialStatement
            totals={totals.data}
            isPinned={isPinned}
            claimsShown={filter.claims}
            isFiltered={isFiltered}
            onClaims={(claims) => goTo({ claims }, "push")}
          />
          <div className="ml-auto flex shrink-0 items-center gap-2">
            {cut !== null && (
              <HeightSwitch
                cut={cut}
                full={state.full}
                onFull={(full) => goTo({ full }, "replace")}
              />
            )}
            <FilterMenu facets={facets.data ?? []} filter={filter} onFilter={setFilter} />
            <CopyLink state={state} data={hint} />
            <SqlButton
              of="this page"
              statements={() =>
                firstScreenSql(filter, state.parts, histogram.data?.binSeconds ?? 600)
              }
            />
          </div>
        </div>
        {isFiltered && (
          <div className="flex flex-wrap gap-2 pt-2">
            <FilterChips filter={filter} onFilter={setFilter} />
          </div>
        )}
        <div ref={measure}>
          {histogram.data !== undefined && (
            <ChartPart
              histogram={histogram.data}
              patterns={patterns.data?.patterns ?? []}
              policies={policies.data ?? []}
              cut={state.full ? null : cut}
              filter={filter}
              onFilter={setFilter}
            />
          )}
        </div>
      </section>
      {totals.data.denials === 0 ? (
        <NothingMatches every={totals.data.everyDenial} filter={filter} onFilter={setFilter} />
      ) : (
        <ViewTabs
          revision={revision}
          filter={filter}
          isOneDay={isOneDay}
          state={state}
          totals={totals.data}
          patterns={patterns}
          histogram={histogram.data ?? null}
          selected={selected ?? null}
          onValue={onValue}
          onLetter={(letter) => goTo({ letter }, "replace")}
          onState={goTo}
          onPattern={(pattern) => {
            const text = pattern === null ? null : keyText(pattern.key);
            goTo(
              { pattern: text === null ? null : tokens.token("pattern", text), letter: null },
              "replace",
            );
          }}
          aside={aside}
          covered={covered}
          masked={masked}
        />
      )}
    </>
  );
}
