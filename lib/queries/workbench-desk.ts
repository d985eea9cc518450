import { currentSession } from "@/lib/session/current.ts";
import { Listeners } from "@/lib/session/listeners.ts";
import { takeDrafts } from "@/lib/session/workbench-drafts.ts";
import type { Encoder, ExportFormat } from "@/lib/workbench/export/encoder.ts";
import { type HistoryEntry, readHistory, withEntry } from "@/lib/workbench/history.ts";
import type { StatementOutcome, StatementProblem } from "@/lib/workbench/model.ts";
import { FIRST_RECIPE, QUERY_BOOK } from "@/lib/workbench/recipes.ts";

export interface WorkbenchTab {
  readonly id: number;
  readonly title: string;
  readonly sql: string;
  /** Changes when the text was put in from outside the editor. */
  readonly placed: number;
  /** What it last came to; null before it ran. */
  readonly outcome: StatementOutcome | null;
  /** The text that came to it. */
  readonly ran: string | null;
  /** The data that was asked: the session's revision then. */
  readonly revision: number | null;
  /** When it began, on the page's clock; null while it does not run. */
  readonly since: number | null;
}

export interface WorkbenchState {
  readonly tabs: readonly WorkbenchTab[];
  readonly active: number;
  readonly history: readonly HistoryEntry[];
  readonly keepsHistory: boolean;
}

const STORED = "chio-sql-history";
const STORED_OFF = "chio-sql-history-off";
const MOST_TABS = 30;

/** The workbench's tabs with what they came to. It outlives its page: going away and back loses nothing. */
export class WorkbenchDesk {
  #state: WorkbenchState;
  #ids = 0;
  readonly #listeners = new Listeners();
  readonly #running = new Map<number, AbortController>();

  constructor() {
    const recipe = QUERY_BOOK.flatMap(({ recipes }) => recipes).find(
      ({ id }) => id === FIRST_RECIPE,
    );
    const first = this.#tab(recipe?.title ?? "Tab", recipe?.sql ?? "");
    this.#state = { tabs: [first], active: first.id, history: [], keepsHistory: true };
  }

  readonly snapshot = (): WorkbenchState => this.#state;
  readonly subscribe = this.#listeners.subscribe;

  /** To be called when the page is shown: reads what is stored, and opens what other pages left. */
  enter(): void {
    const keepsHistory = stored(STORED_OFF) === null;
    this.#set({ keepsHistory, history: keepsHistory ? readHistory(stored(STORED)) : [] });
    for (const { sql, title } of takeDrafts()) {
      const open = this.#state.tabs.find((tab) => tab.title === title && tab.sql === sql);
      const id = open?.id ?? this.open(title, sql);
      this.show(id);
      this.run(id);
    }
  }

  /** Opens a tab at the end; beyond thirty the oldest is closed, and stopped. */
  open(title: string, sql: string): number {
    const tab = this.#tab(title, sql);
    const { tabs } = this.#state;
    const kept = tabs.slice(-(MOST_TABS - 1));
    for (const { id } of tabs.slice(0, tabs.length - kept.length)) {
      this.stop(id);
    }
    this.#set({ tabs: [...kept, tab], active: tab.id });
    return tab.id;
  }

  /** Closes a tab, stopping it; the last one leaves an empty tab behind. */
  close(id: number): void {
    this.stop(id);
    const at = this.#state.tabs.findIndex((tab) => tab.id === id);
    const left = this.#state.tabs.filter((tab) => tab.id !== id);
    const tabs = left.length === 0 ? [this.#tab("Tab", "")] : left;
    const active = this.#state.active === id ? tabs[Math.min(at, tabs.length - 1)]?.id : undefined;
    this.#set({ tabs, active: active ?? this.#state.active });
  }

  show(id: number): void {
    this.#set({ active: id });
  }

  rename(id: number, title: string): void {
    const name = title.trim().slice(0, 80);
    if (name !== "") {
      this.#change(id, { title: name });
    }
  }

  /** What the hands typed. */
  write(id: number, sql: string): void {
    this.#change(id, { sql });
  }

  /** Another text in the tab's editor. */
  place(id: number, sql: string): void {
    const tab = this.#state.tabs.find((each) => each.id === id);
    this.#change(id, { sql, placed: (tab?.placed ?? 0) + 1 });
  }

  /** Runs the tab's text, or a part of it that begins at `from`. A run that goes on is stopped first. */
  run(id: number, part?: { readonly text: string; readonly from: number }): void {
    this.#run(id, part).catch(() => undefined);
  }

  stop(id: number): void {
    this.#running.get(id)?.abort();
  }

  forgetHistory(): void {
    this.#set({ history: [] });
    store(STORED, null);
  }

  keepHistory(keeps: boolean): void {
    store(STORED_OFF, keeps ? null : "off");
    this.#set({ keepsHistory: keeps });
    if (!keeps) {
      this.forgetHistory();
    }
  }

  async #run(id: number, part?: { readonly text: string; readonly from: number }): Promise<void> {
    this.stop(id);
    const tab = this.#state.tabs.find((each) => each.id === id);
    const text = part?.text ?? tab?.sql ?? "";
    const control = new AbortController();
    this.#running.set(id, control);
    const { revision } = currentSession().snapshot();
    this.#change(id, { since: performance.now() });
    const outcome = await runOnce(text, control.signal);
    if (this.#running.get(id) !== control) {
      return;
    }
    this.#running.delete(id);
    this.#change(id, {
      outcome: moved(outcome, part?.from ?? 0),
      ran: text,
      revision,
      since: null,
    });
    this.#remember(text, outcome);
  }

  #remember(sql: string, outcome: StatementOutcome): void {
    if (this.#state.keepsHistory) {
      const rows = outcome.kind === "result" ? outcome.result.rows : null;
      const history = withEntry(this.#state.history, { sql, at: Date.now(), rows });
      this.#set({ history });
      store(STORED, JSON.stringify(history));
    }
  }

  #tab(title: string, sql: string): WorkbenchTab {
    this.#ids += 1;
    const nothing = { outcome: null, ran: null, revision: null, since: null };
    return { id: this.#ids, title, sql, placed: 0, ...nothing };
  }

  #change(id: number, change: Partial<WorkbenchTab>): void {
    this.#set({
      tabs: this.#state.tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)),
    });
  }

  #set(change: Partial<WorkbenchState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listeners.tell();
  }
}

/** A person's statement against the page's database; never throws. */
export async function runOnce(text: string, signal: AbortSignal): Promise<StatementOutcome> {
  const began = performance.now();
  try {
    const { runStatement } = await import("@/lib/database/user-query.ts");
    const database = await currentSession().database();
    return await runStatement(database, text, { signal, now: () => performance.now() });
  } catch (error) {
    const problem: StatementProblem = {
      code: "engine",
      message: String(error),
      hint: "",
      at: null,
    };
    return { kind: "problem", problem, milliseconds: performance.now() - began };
  }
}

/**
 * All rows of a statement as a file, asked again.
 *
 * @returns the file, or why there is none
 */
export async function exportStatement(
  text: string,
  format: ExportFormat,
  signal: AbortSignal,
  onRows: (rows: number) => void,
): Promise<{ readonly file: Blob; readonly extension: string } | StatementProblem> {
  const [{ streamStatement }, { encoderMaker }] = await Promise.all([
    import("@/lib/database/user-query.ts"),
    import("@/lib/workbench/export/maker.ts"),
  ]);
  const make = encoderMaker(format);
  const parts: Blob[] = [];
  const made: Encoder[] = [];
  let rows = 0;
  const database = await currentSession().database();
  const problem = await streamStatement(
    database,
    text,
    signal,
    (columns) => {
      made.push(make(columns));
    },
    (chunk) => {
      // As blobs, which the browser may put aside, not as arrays in this page's memory.
      parts.push(new Blob([...(made[0]?.chunk(chunk) ?? [])]));
      rows += chunk.rows;
      onRows(rows);
    },
  );
  const [encoder] = made;
  if (problem !== null || encoder === undefined) {
    return problem ?? { code: "engine", message: "Nothing was written.", hint: "", at: null };
  }
  parts.push(new Blob([...encoder.end()]));
  return { file: new Blob(parts, { type: encoder.type }), extension: encoder.extension };
}

function moved(outcome: StatementOutcome, from: number): StatementOutcome {
  if (outcome.kind === "result" || outcome.problem.at === null) {
    return outcome;
  }
  return { ...outcome, problem: { ...outcome.problem, at: outcome.problem.at + from } };
}

function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name: string, value: string | null): void {
  try {
    if (value === null) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, value);
    }
  } catch {
    // Storage may be refused or full; the history then lasts as long as the page.
  }
}
