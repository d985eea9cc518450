import {
  type LiveAlert,
  type LiveCounts,
  type LiveRow,
  NO_COUNTS,
  RING_ROWS,
  type SourceState,
} from "./model.ts";

/** Alerts that stay to be shown. */
export const ALERT_ROWS = 200;

/** What the Live page shows. Immutable. */
export interface LiveState {
  readonly phase: "starting" | "ready" | "refused";
  readonly source: SourceState;
  /** Oldest first, at most {@link RING_ROWS}. */
  readonly rows: readonly LiveRow[];
  /** Rows that came since it was paused; null while it is not. */
  readonly held: readonly LiveRow[] | null;
  /** How many came since it was paused: more than {@link held} keeps, in a burst. */
  readonly heldCount: number;
  readonly counts: LiveCounts;
  /** Newest first, at most {@link ALERT_ROWS}. */
  readonly alerts: readonly LiveAlert[];
  readonly rate: number;
  readonly problem: string | null;
  /** Requests to the server that were sent because a person connected it, since this page loaded. */
  readonly requestsAsked: number;
}

export const NOTHING_LIVE: LiveState = {
  phase: "starting",
  source: { kind: "off" },
  rows: [],
  held: null,
  heldCount: 0,
  counts: NO_COUNTS,
  alerts: [],
  rate: 0,
  problem: null,
  requestsAsked: 0,
};

/** Takes what arrived: into the table, or beside it while it is paused. Alerts are never held. */
export function withArrivals(
  state: LiveState,
  arrived: {
    readonly rows: readonly LiveRow[];
    readonly counts: LiveCounts;
    readonly alerts: readonly LiveAlert[];
    readonly rate: number;
  },
): LiveState {
  const news = arrived.counts.rows - state.counts.rows;
  const common = {
    counts: arrived.counts,
    rate: arrived.rate,
    alerts: withAlerts(state.alerts, arrived.alerts),
  };
  return state.held === null
    ? { ...state, ...common, rows: lastOf(state.rows, arrived.rows) }
    : {
        ...state,
        ...common,
        held: lastOf(state.held, arrived.rows),
        heldCount: state.heldCount + news,
      };
}

export function paused(state: LiveState): LiveState {
  return state.held === null ? { ...state, held: [], heldCount: 0 } : state;
}

/** Shows what was held: the newest of it, where it was more than is kept. */
export function resumed(state: LiveState): LiveState {
  return state.held === null
    ? state
    : { ...state, rows: lastOf(state.rows, state.held), held: null, heldCount: 0 };
}

function lastOf(before: readonly LiveRow[], more: readonly LiveRow[]): readonly LiveRow[] {
  if (more.length === 0) return before;
  if (more.length >= RING_ROWS) return more.slice(-RING_ROWS);
  return [...before.slice(Math.max(before.length + more.length - RING_ROWS, 0)), ...more];
}

/** An alert of a known number has held more back since: it is replaced where it stands. */
function withAlerts(
  before: readonly LiveAlert[],
  more: readonly LiveAlert[],
): readonly LiveAlert[] {
  if (more.length === 0) return before;
  const changed = new Map(more.map((each) => [each.number, each]));
  const kept = before.map((each) => {
    const newer = changed.get(each.number);
    changed.delete(each.number);
    return newer ?? each;
  });
  const fresh = [...changed.values()].sort((a, b) => b.number - a.number);
  return [...fresh, ...kept].slice(0, ALERT_ROWS);
}
