import { describe, expect, it } from "vitest";
import { readHistory, withEntry } from "./history.ts";

describe("the history of statements", () => {
  it("keeps the newest in front and each text once", () => {
    const first = withEntry([], { sql: "select 1", at: 1, rows: 1 });
    const second = withEntry(first, { sql: "select 2", at: 2, rows: null });
    expect(withEntry(second, { sql: "select 1", at: 3, rows: 1 }).map(({ at }) => at)).toEqual([
      3, 2,
    ]);
  });

  it("keeps a hundred, and no text that is a file", () => {
    let history = withEntry([], { sql: "x".repeat(20_001), at: 0, rows: 0 });
    expect(history).toEqual([]);
    for (let at = 0; at < 150; at += 1) {
      history = withEntry(history, { sql: `select ${at}`, at, rows: 1 });
    }
    expect(history).toHaveLength(100);
  });

  it("takes of what is stored what fits", () => {
    const entry = { sql: "select 1", at: 1, rows: 2 };
    expect(readHistory(JSON.stringify([entry, null, 1, { sql: 1 }, { at: 1 }, []]))).toEqual([
      entry,
    ]);
    expect(readHistory("{")).toEqual([]);
    expect(readHistory('{"length": 3}')).toEqual([]);
    expect(readHistory(null)).toEqual([]);
  });
});
