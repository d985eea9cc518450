import { describe, expect, it } from "vitest";
import { filterFromResult, MOST_VALUES } from "./filter-from-result.ts";

describe("a result as a filter", () => {
  it("takes the columns that are facets, each value once", () => {
    const rows = [
      ["research", "events:consume:payments", 3n],
      ["research", "events:consume:orders", 1n],
      [null, "events:consume:orders", 1n],
    ] as const;
    expect(filterFromResult(["agent", "scope", "denials"], rows)).toEqual({
      kind: "filter",
      receipts: { time: null, include: { agent: ["research"] }, exclude: {}, text: "" },
      denials: {
        time: null,
        include: {
          agent: ["research"],
          scope: ["events:consume:payments", "events:consume:orders"],
        },
        exclude: {},
        text: "",
        claims: false,
      },
      taken: [
        { column: "agent", values: 1, receipts: true, denials: true },
        { column: "scope", values: 2, receipts: false, denials: true },
      ],
    });
  });

  it("takes rows, which of claims are negative and no receipts", () => {
    const filter = filterFromResult(["row"], [[7n], [-301n], [7n]]);
    expect(filter).toMatchObject({ receipts: { rows: [7] }, denials: { rows: [7, -301] } });
    expect(filterFromResult(["number"], [[-1]])).toMatchObject({ receipts: null });
  });

  it("admits claims where the result names them as evidence", () => {
    expect(filterFromResult(["evidence"], [["claim"]])).toMatchObject({
      receipts: null,
      denials: { claims: true },
    });
  });

  it("keeps an empty value, which stands for none, and names of no facet out", () => {
    expect(filterFromResult(["guard", "__proto__"], [["", "x"]])).toMatchObject({
      denials: { include: { guard: [""] } },
      taken: [{ column: "guard", values: 1 }],
    });
  });

  it("says why a result is none", () => {
    expect(filterFromResult(["agent"], [])).toEqual({ kind: "no-rows" });
    expect(filterFromResult(["n", "__proto__"], [[1, 2]]).kind).toBe("no-column");
    const many = Array.from({ length: MOST_VALUES + 1 }, (_, at) => [`agent-${at}`]);
    expect(filterFromResult(["agent"], many)).toEqual({
      kind: "too-many",
      column: "agent",
      values: MOST_VALUES + 1,
    });
  });
});
