import { describe, expect, it } from "vitest";
import { chartData, firstChoice } from "./chart.ts";
import type { ColumnPart, ResultColumn } from "./model.ts";
import { ResultRows } from "./result-rows.ts";

const HOUR = 3_600_000_000n;

function rowsOf(columns: readonly ResultColumn[], parts: readonly ColumnPart[], rows: number) {
  return new ResultRows({
    columns,
    chunks: [{ rows, columns: parts }],
    rows,
    more: false,
    plan: false,
    milliseconds: 0,
  });
}

function texts(...values: readonly string[]): ColumnPart {
  const pieces = values.map((value) => new TextEncoder().encode(value));
  const offsets = new Int32Array(values.length + 1);
  pieces.forEach((piece, at) => {
    offsets[at + 1] = (offsets[at] ?? 0) + piece.length;
  });
  const bytes = new Uint8Array(offsets.at(-1) ?? 0);
  pieces.forEach((piece, at) => {
    bytes.set(piece, offsets[at]);
  });
  return { form: "texts", bytes, offsets, valid: null };
}

const TIME: ResultColumn = { name: "hour", type: "TIMESTAMP", kind: "timestamp" };
const NAME: ResultColumn = { name: "guard", type: "VARCHAR", kind: "text" };
const COUNT: ResultColumn = { name: "denials", type: "BIGINT", kind: "integer" };

describe("the quick chart", () => {
  const rows = rowsOf(
    [TIME, NAME, COUNT],
    [
      { form: "numbers", values: new BigInt64Array([0n, HOUR, HOUR]), valid: null },
      texts("egress", "scope", "egress"),
      { form: "numbers", values: new BigInt64Array([3n, 4n, 5n]), valid: new Uint8Array([0b101]) },
    ],
    3,
  );

  it("begins with a time along, a number up and a name for colour", () => {
    expect(firstChoice(rows)).toEqual({ form: "line", x: 0, y: 2, series: 1 });
    expect(firstChoice(rowsOf([NAME], [texts("a")], 1))).toBeNull();
  });

  it("draws the rows that have a number, and says how many have none", () => {
    const data = chartData(rows, Int32Array.of(0, 1, 2), { form: "line", x: 0, y: 2, series: 1 });
    expect(data).toEqual({
      points: [
        { x: new Date(0), y: 3, series: "egress" },
        { x: new Date(3_600_000), y: 5, series: "egress" },
      ],
      series: ["egress"],
      left: 1,
    });
  });

  it("has six colours: what is rarer is the rest", () => {
    const names = Array.from({ length: 20 }, (_, at) => (at < 10 ? "many" : `s${at}`));
    const many = rowsOf(
      [NAME, COUNT],
      [texts(...names), { form: "numbers", values: new Int32Array(20).fill(1), valid: null }],
      20,
    );
    const order = Int32Array.from({ length: 20 }, (_, at) => at);
    const { series } = chartData(many, order, { form: "dot", x: 1, y: 1, series: 0 });
    expect(series).toHaveLength(6);
    expect(series).toContain("many");
    expect(series).toContain("other");
  });
});
