import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import { pollingEngine } from "@/lib/database/testing/polling-engine.ts";
import { runStatement } from "@/lib/database/user-query.ts";
import { arrange } from "./arrange.ts";
import { markdownTable } from "./markdown.ts";
import { ResultRows } from "./result-rows.ts";
import { columnStatistics } from "./statistics.ts";

let database: Database;
beforeAll(async () => {
  database = await Database.lay(await pollingEngine());
});

const AS_WRITTEN = { column: null, descending: false, search: "" };

describe("the rows of a result", () => {
  it("are found by their number, over many batches", async () => {
    const rows = await ask("select range as n, 'v' || range as v from range(10000)");
    expect([0, 2047, 2048, 9999].map((row) => rows.text(row, 1))).toEqual([
      "v0",
      "v2047",
      "v2048",
      "v9999",
    ]);
    expect(rows.text(10_000, 0)).toBeNull();
    expect(rows.text(-1, 0)).toBeNull();
  });

  it("are ordered exactly, nulls last, whichever way", async () => {
    const rows = await ask(
      "select * from (values (18446744073709551615::uhugeint), (18446744073709551614), (null), (9), (10)) as t(n)",
    );
    const texts = (descending: boolean) =>
      [...arrange(rows, { column: 0, descending, search: "" })].map((row) => rows.text(row, 0));
    expect(texts(false)).toEqual(["9", "10", "18446744073709551614", "18446744073709551615", null]);
    expect(texts(true)).toEqual(["18446744073709551615", "18446744073709551614", "10", "9", null]);
  });

  it("are searched in every column, letters of any case, literally", async () => {
    const rows = await ask("select * from (values ('A.b', 1), ('aXb', 2), (null, 12)) as t(a, b)");
    expect([...arrange(rows, { ...AS_WRITTEN, search: "a.B" })]).toEqual([0]);
    expect([...arrange(rows, { ...AS_WRITTEN, search: "2" })]).toEqual([1, 2]);
    expect([...arrange(rows, AS_WRITTEN)]).toEqual([0, 1, 2]);
  });

  it("have figures for each column", async () => {
    const rows = await ask(
      "select case when range % 10 = 0 then null else range % 3 end as n from range(100)",
    );
    expect(columnStatistics(rows, 0)).toEqual({
      rows: 100,
      nulls: 10,
      distinct: 3,
      least: "0",
      greatest: "2",
      frequent: [
        { text: "1", count: 30 },
        { text: "2", count: 30 },
        { text: "0", count: 30 },
      ],
    });
  });

  it("show the beginning of a long value, and all of it when asked", async () => {
    const rows = await ask("select repeat('é', 1000000) as long, 'short' as short");
    expect(rows.start(0, 0, 10)).toEqual({ text: "é".repeat(10), whole: false });
    expect(rows.start(0, 1, 10)).toEqual({ text: "short", whole: true });
    expect(rows.text(0, 0)).toHaveLength(1_000_000);
  });
});

describe("a Markdown table", () => {
  it("is one table, whatever its values are", () => {
    expect(
      markdownTable(
        ["a|b", "c"],
        [
          ["x\n| y", null],
          ["<img src=x>", "*b*"],
        ],
      ),
    ).toBe("| a\\|b | c |\n|---|---|\n| x \\| y |  |\n| \\<img src=x\\> | \\*b\\* |\n");
  });
});

async function ask(text: string): Promise<ResultRows> {
  const outcome = await runStatement(database, text, {
    signal: new AbortController().signal,
    now: () => 0,
  });
  if (outcome.kind === "problem") {
    throw new Error(outcome.problem.message);
  }
  return new ResultRows(outcome.result);
}
