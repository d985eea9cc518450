import { Listeners } from "./listeners.ts";

/** A statement that another page hands to the workbench. */
export interface WorkbenchDraft {
  readonly sql: string;
  /** The name of the tab, for people. */
  readonly title: string;
}

const MOST_DRAFTS = 20;

const drafts: WorkbenchDraft[] = [];
const listeners = new Listeners();

/**
 * Leaves a statement for the workbench, which opens it in a tab of its own when its page is shown; the
 * caller goes to `/sql` then. It stays in this page's memory: SQL text may hold values of a log, and an
 * address is kept in histories and sent around.
 */
export function openInWorkbench(sql: string, title: string): void {
  if (drafts.length === MOST_DRAFTS) {
    drafts.shift();
  }
  drafts.push({ sql, title });
  listeners.tell();
}

/** The statements that wait, oldest first; each is handed out once. */
export function takeDrafts(): readonly WorkbenchDraft[] {
  return drafts.splice(0);
}

/** Calls back when a statement was left; returns how to stop. */
export const onDraft = listeners.subscribe;
