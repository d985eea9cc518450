/** A statement that was run in this browser. */
export interface HistoryEntry {
  readonly sql: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Rows of its result; null where it gave none. */
  readonly rows: number | null;
}

const MOST_ENTRIES = 100;
const MOST_CHARACTERS = 20_000;

/** The history with one more statement in front; the same text is kept once, very long ones not at all. */
export function withEntry(
  history: readonly HistoryEntry[],
  entry: HistoryEntry,
): readonly HistoryEntry[] {
  if (entry.sql.trim() === "" || entry.sql.length > MOST_CHARACTERS) {
    return history;
  }
  const others = history.filter(({ sql }) => sql !== entry.sql);
  return [entry, ...others].slice(0, MOST_ENTRIES);
}

/** Reads what was stored, which anything else in this origin may have written; what does not fit is left out. */
export function readHistory(stored: string | null): readonly HistoryEntry[] {
  let list: unknown;
  try {
    list = JSON.parse(stored ?? "[]");
  } catch {
    return [];
  }
  return Array.isArray(list) ? list.slice(0, MOST_ENTRIES).flatMap(entryOf) : [];
}

function entryOf(value: unknown): readonly HistoryEntry[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const sql: unknown = Reflect.get(value, "sql");
  const at: unknown = Reflect.get(value, "at");
  const rows: unknown = Reflect.get(value, "rows");
  return typeof sql === "string" &&
    sql.length <= MOST_CHARACTERS &&
    typeof at === "number" &&
    Number.isFinite(at)
    ? [{ sql, at, rows: typeof rows === "number" && Number.isFinite(rows) ? rows : null }]
    : [];
}
