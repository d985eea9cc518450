import { describe, expect, it } from "vitest";
import { NOTHING_LIVE, paused, resumed, withArrivals } from "./live-state.ts";
import { type LiveRow, NO_COUNTS, RING_ROWS } from "./model.ts";
import { tally } from "./tally.ts";

function rows(from: number, to: number): LiveRow[] {
  return Array.from({ length: to - from + 1 }, (_, at) => ({
    number: from + at,
    kind: "receipt",
    second: 1,
    decision: "deny",
    status: "verified",
    id: "",
    agent: "",
    service: "",
    tool: "",
    guard: "",
    reason: "",
    isCopy: false,
  }));
}

function arrive(state: typeof NOTHING_LIVE, more: readonly LiveRow[], burst = more.length) {
  const counts = { ...state.counts, rows: state.counts.rows + burst };
  return withArrivals(state, { rows: more, counts, alerts: [], rate: 0 });
}

describe("what the page shows", () => {
  it("keeps the newest rows and counts all of them", () => {
    let state = arrive(NOTHING_LIVE, rows(1, 4_000));
    state = arrive(state, rows(4_001, 6_000));
    expect(state.rows).toHaveLength(RING_ROWS);
    expect([state.rows[0]?.number, state.rows.at(-1)?.number]).toEqual([1_001, 6_000]);
    expect(state.counts.rows).toBe(6_000);
  });

  it("holds what comes while it is paused, and counts what it cannot keep", () => {
    let state = paused(arrive(NOTHING_LIVE, rows(1, 10)));
    state = arrive(state, rows(11, 47));
    expect(state.rows.at(-1)?.number).toBe(10);
    expect(state.heldCount).toBe(37);
    // A burst of which only the newest reached the page.
    state = arrive(state, rows(20_048, 25_047), 25_000);
    expect(state.heldCount).toBe(25_037);
    state = resumed(state);
    expect(state.held).toBeNull();
    expect(state.rows.at(-1)?.number).toBe(25_047);
    expect(state.rows).toHaveLength(RING_ROWS);
  });
});

describe("the tally", () => {
  it("counts a copy as a row and nowhere else, and an unsigned denial as a claim", () => {
    const [row] = rows(1, 1);
    if (row === undefined) throw new Error("one row");
    const counts = tally(NO_COUNTS, [
      row,
      { ...row, isCopy: true },
      { ...row, status: "unsigned" },
      { ...row, kind: "claim", status: null },
      { ...row, status: "does-not-verify", decision: "allow" },
      { ...row, kind: "not-understood", status: null, decision: "none" },
    ]);
    expect(counts).toMatchObject({
      rows: 6,
      receipts: 2,
      verified: 1,
      doesNotVerify: 1,
      denials: 1,
      claims: 2,
      copies: 1,
      notUnderstood: 1,
    });
  });
});
