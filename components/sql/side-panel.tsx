"use client";

import { type ReactNode, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { currentWorkbench } from "@/lib/queries/workbench.ts";
import type { WorkbenchState } from "@/lib/queries/workbench-desk.ts";
import { QUERY_BOOK } from "@/lib/workbench/recipes.ts";
import { VIEW_DOCS } from "@/lib/workbench/view-docs.ts";

const LISTS = ["Query book", "Views", "History"] as const;

interface SidePanelProps {
  readonly state: WorkbenchState;
  readonly onInsert: (text: string) => void;
  /** A statement was opened in a tab. */
  readonly onOpened: () => void;
}

/** What can be asked, what there is to ask, and what was asked. */
export function SidePanel({ state, onInsert, onOpened }: SidePanelProps): ReactNode {
  const [list, setList] = useState<(typeof LISTS)[number]>("Query book");
  return (
    <aside aria-label="Query book, views and history" className="flex h-full min-h-0 flex-col">
      <fieldset className="flex gap-0.5 border-border border-b bg-bg p-1">
        <legend className="sr-only">Show</legend>
        {LISTS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={list === name}
            onClick={() => setList(name)}
            className={classNames(
              "h-7 flex-1 cursor-pointer rounded-control text-13",
              list === name ? "bg-selected font-medium text-ink" : "text-fact hover:bg-sunken",
            )}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
        aria-label={list}
        className="min-h-0 flex-1 overflow-auto p-2 focus-visible:-outline-offset-2"
      >
        {list === "Query book" && <Book onOpened={onOpened} />}
        {list === "Views" && <Views onInsert={onInsert} />}
        {list === "History" && <History state={state} onOpened={onOpened} />}
      </section>
    </aside>
  );
}

function Book({ onOpened }: { readonly onOpened: () => void }): ReactNode {
  const desk = currentWorkbench();
  return QUERY_BOOK.map(({ title, recipes }) => (
    <section key={title} className="mb-2">
      <h2 className="px-2 pt-1 pb-0.5 text-11 text-muted">{title}</h2>
      <ul>
        {recipes.map((recipe) => (
          <li key={recipe.id}>
            <button
              type="button"
              onClick={() => {
                desk.run(desk.open(recipe.title, recipe.sql));
                onOpened();
              }}
              className="block w-full cursor-pointer rounded-control px-2 py-1 text-left hover:bg-sunken"
            >
              <span className="block text-13 text-ink">{recipe.title}</span>
              <span className="block text-12 text-muted">{recipe.note}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}

function Views({ onInsert }: { readonly onInsert: (text: string) => void }): ReactNode {
  return VIEW_DOCS.map((view) => (
    <details key={view.name} className="mb-0.5">
      <summary className="cursor-pointer rounded-control px-2 py-1 text-13 hover:bg-sunken">
        <span className="font-medium font-mono text-12">{view.name}</span>
        <span className="ml-2 text-11 text-muted">{plural(view.columns.length, "column")}</span>
      </summary>
      <p className="px-2 py-1 text-12 text-fact">{view.meaning}</p>
      <Button variant="quiet" className="h-6! text-12!" onPress={() => onInsert(view.name)}>
        Insert {view.name}
      </Button>
      <ul className="pb-1">
        {view.columns.map((column) => (
          <li key={column.name}>
            <button
              type="button"
              onClick={() => onInsert(column.name)}
              className="block w-full cursor-pointer rounded-control px-2 py-0.5 text-left hover:bg-sunken"
            >
              <span className="flex items-baseline gap-2">
                <span className="font-mono text-12 text-ink">{column.name}</span>
                <span className="ml-auto text-11 text-muted">{column.type}</span>
              </span>
              <span className="block text-12 text-muted">{column.meaning}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  ));
}

function History({
  state,
  onOpened,
}: {
  readonly state: WorkbenchState;
  readonly onOpened: () => void;
}): ReactNode {
  const desk = currentWorkbench();
  return (
    <div className="flex flex-col gap-2 p-1">
      <label className="flex items-center gap-2 text-13">
        <input
          type="checkbox"
          checked={state.keepsHistory}
          onChange={(event) => desk.keepHistory(event.target.checked)}
        />
        Keep statements in this browser
      </label>
      <p className="text-12 text-muted">
        They never leave it, and never become part of a link. Values that you typed are part of
        them.
      </p>
      {state.history.length === 0 ? (
        <p className="text-13 text-fact">Nothing is kept.</p>
      ) : (
        <Button onPress={() => desk.forgetHistory()}>
          Forget {plural(state.history.length, "statement")}
        </Button>
      )}
      <ul>
        {state.history.map((entry) => (
          <li key={entry.sql}>
            <button
              type="button"
              onClick={() => {
                desk.open("From history", entry.sql);
                onOpened();
              }}
              className="block w-full cursor-pointer rounded-control px-1 py-1 text-left hover:bg-sunken"
            >
              <code className="line-clamp-2 font-mono text-12 text-ink [overflow-wrap:anywhere]">
                {visibleText(entry.sql.replace(/\s+/g, " ").trim().slice(0, 300))}
              </code>
              <span className="block text-11 text-muted">
                {formatDateTime(Math.floor(entry.at / 1000))} UTC ·{" "}
                {entry.rows === null ? "no result" : plural(entry.rows, "row")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
