import type { Table } from "apache-arrow";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import type { Connection } from "@/lib/database/engine.ts";
import type { RawRow } from "@/lib/database/row.ts";
import { fillDenials } from "@/lib/database/testing/denial-rows.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import { askTotals, facetQuestion, histogramQuestion, orderQuestion } from "./ask-receipts.ts";
import type { DenialFilter } from "./denial-model.ts";
import { PATTERN_PARTS } from "./denial-model.ts";
import {
  type DenialQuestion,
  denialFacetQuestion,
  denialHistogramQuestion,
  denialOrderQuestion,
  denialQuestion,
  denialTotalsQuestion,
  matrixQuestion,
  patternsQuestion,
  probesQuestion,
} from "./denial-questions.ts";
import { denialSql } from "./denial-sql.ts";
import type { ReceiptFilter } from "./model.ts";
import { receiptSql } from "./receipt-sql.ts";
import { sqlLiteral } from "./sql-literal.ts";
import { calls, filters, HOSTILE, letters } from "./testing/hostile-calls.ts";

const parts = fc.subarray([...PATTERN_PARTS], { minLength: 1 });

/** Every question that a page shows the SQL of. */
function questions(filter: DenialFilter, of: readonly (typeof PATTERN_PARTS)[number][]) {
  return [
    denialTotalsQuestion(filter, of),
    patternsQuestion(filter, of),
    denialHistogramQuestion(filter, 30),
    ...(["tool", "reason"] as const).map((facet) => denialFacetQuestion(filter, facet)),
    denialOrderQuestion(filter, { column: "agent", descending: true }),
    denialOrderQuestion(filter, { column: "time", descending: false }),
    matrixQuestion(filter, "guard", "topic"),
    probesQuestion(filter, 60),
    ...(
      [
        "denialList",
        "denialRange",
        "denialPrevalence",
        "denialPolicies",
        "denialFirstSeen",
        "denialSpread",
        "denialRetries",
        "denialCosts",
        "denialGroups",
        "denialCoverage",
        "denialFailures",
        "denialChainPosition",
        "denialReadingPolicy",
        "denialReadingRetries",
        "denialReadingActors",
        "denialReadingTools",
        "denialReadingAsked",
      ] as const
    ).map((name) => denialQuestion(name, filter)),
  ] satisfies readonly DenialQuestion[];
}

describe("SQL that a person is shown", () => {
  let database: Database;
  let connection: Connection;
  beforeAll(async () => {
    const engine = await nodeEngine();
    database = await Database.lay(engine);
    connection = await engine.connect();
  });

  const shown = async (sql: string): Promise<readonly string[]> => {
    const found: string[] = [];
    const batches: AsyncIterable<Table["batches"][number]> = await connection.send(sql);
    for await (const batch of batches) {
      for (let at = 0; at < batch.numRows; at += 1) {
        const cells = batch.schema.fields.map(
          ({ name }) => `${name}=${String(batch.getChild(name)?.get(at))}`,
        );
        found.push(cells.join("|"));
      }
    }
    return found;
  };
  const bound = (question: DenialQuestion, columns: readonly string[]) =>
    database.ask(question, (row: RawRow) =>
      columns.map((name) => `${name}=${String(row(name))}`).join("|"),
    );

  it("gives what the question gives, whatever the values", async () => {
    await fc.assert(
      fc.asyncProperty(calls, letters, filters, parts, async (own, claims, filter, of) => {
        await fillDenials(connection, own, claims);
        for (const question of questions(filter, of)) {
          const sql = denialSql(question);
          expect(sql).not.toMatch(/getvariable\('(denial_|facet|sort)/);
          const rows = await shown(sql);
          const columns = (rows[0] ?? "").split("|").map((cell) => cell.split("=")[0] ?? "");
          const names = rows[0] === undefined ? [] : await columnsOf(sql);
          expect(columns.length).toBeGreaterThan(0);
          expect(rows, question.name).toEqual(await bound(question, names));
        }
      }),
      { numRuns: 2, seed: 11, endOnFailure: true },
    );
  });

  const columnsOf = async (sql: string): Promise<readonly string[]> => {
    const names: string[] = [];
    for await (const batch of await connection.send(sql)) {
      names.push(...batch.schema.fields.map(({ name }) => name));
      break;
    }
    return names;
  };

  it("gives what the Receipts page shows", async () => {
    await fc.assert(
      fc.asyncProperty(calls, filters, async (own, { time, include, exclude, text }) => {
        await fillDenials(connection, own, []);
        const filter: ReceiptFilter = {
          time,
          include: { guard: include.guard ?? [], agent: include.agent ?? [] },
          exclude: { guard: exclude.guard ?? [], decision: ["cancelled"] },
          text,
        };
        const { matching } = await askTotals(database, filter);
        const [totals] = await shown(receiptSql(filter, { kind: "totals" }));
        expect(totals).toContain(`matching=${matching}|`);
        for (const descending of [true, false]) {
          const sort = { column: "agent", descending } as const;
          const rows = await database.ask(
            orderQuestion(filter, sort),
            (row) => `row=${String(row("row"))}`,
          );
          const listed = await shown(receiptSql(filter, { kind: "table", sort }));
          expect(listed.map((line) => line.split("|")[0])).toEqual(rows);
        }
        const facet = await database.ask(
          facetQuestion(filter, "guard"),
          (row) => `value=${String(row("value"))}|receipts=${String(row("receipts"))}`,
        );
        const values = await shown(receiptSql(filter, { kind: "facet", facet: "guard" }));
        expect(values.map((line) => line.replace(/\|distinct_values=.*$/s, ""))).toEqual(facet);
        const bins = await database.ask(histogramQuestion(filter, 30), (row) =>
          String(row("denied")),
        );
        const histogram = await shown(receiptSql(filter, { kind: "histogram", binSeconds: 30 }));
        expect(histogram.map((line) => /denied=(\d+)/.exec(line)?.[1])).toEqual(bins);
      }),
      { numRuns: 3, seed: 3, endOnFailure: true },
    );
  });

  it.each(HOSTILE)("takes a value for what it is: %j", async (value) => {
    const [row] = await shown(`select ${sqlLiteral(value)} as value`);
    expect(row).toBe(`value=${value}`);
  });

  it("writes half a surrogate as the database would hold it", async () => {
    expect(await shown(`select ${sqlLiteral("a\ud800b")} as value`)).toEqual(["value=a\ufffdb"]);
  });

  it("writes numbers with all their digits", () => {
    expect([2 ** 63, 0.5, Number.NaN, null, true].map(sqlLiteral)).toEqual([
      "9223372036854775808",
      "0.5",
      "null",
      "null",
      "true",
    ]);
  });
});
