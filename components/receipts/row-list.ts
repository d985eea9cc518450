/** Rows that an address names at most: a longer one is no link any more. */
export const MOST_LINKED_ROWS = 2_000;

/** Row numbers as `5-9.12`: ascending, each once, runs as their ends. */
export function writeRows(rows: readonly number[]): string {
  const sorted = [...new Set(rows)].sort((a, b) => a - b).slice(0, MOST_LINKED_ROWS);
  const runs: { from: number; to: number }[] = [];
  for (const row of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && row === last.to + 1) {
      last.to = row;
    } else {
      runs.push({ from: row, to: row });
    }
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(".");
}

/** What {@link writeRows} wrote; null for anything else. An address is written by anyone: its rows are bounded. */
export function readRows(text: string | null): readonly number[] | null {
  if (
    text === null ||
    !/^\d{1,10}(?:-\d{1,10})?(?:\.\d{1,10}(?:-\d{1,10})?){0,1999}$/u.test(text)
  ) {
    return null;
  }
  const rows: number[] = [];
  for (const run of text.split(".")) {
    const [from = 0, to = from] = run.split("-").map(Number);
    if (to < from || rows.length + to - from >= MOST_LINKED_ROWS) {
      return null;
    }
    for (let row = from; row <= to; row += 1) {
      rows.push(row);
    }
  }
  return rows;
}
