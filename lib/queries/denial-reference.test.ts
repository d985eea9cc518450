import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import type { Connection } from "@/lib/database/engine.ts";
import { fillDenials } from "@/lib/database/testing/denial-rows.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import { askCosts, askCoverage, askMatrix, askProbes, askRetries } from "./ask-denial-views.ts";
import { askDenialHistogram, askDenialOrder, askDenialTotals, askPatterns } from "./ask-denials.ts";
import { DEFAULT_PARTS, type DenialFilter } from "./denial-model.ts";
import {
  type PlainDenial,
  passes,
  plainCoverage,
  plainDenials,
  plainProbes,
  tally,
} from "./testing/denial-reference.ts";
import { calls, filters, letters } from "./testing/hostile-calls.ts";

/** Seconds between a denial and what it is paired with. */
const WINDOW = 40;

describe("answers about denials", () => {
  let database: Database;
  let connection: Connection;
  beforeAll(async () => {
    const engine = await nodeEngine();
    database = await Database.lay(engine);
    connection = await engine.connect();
  });

  it("are those of a plain count, whatever the values and the filter", async () => {
    await fc.assert(
      fc.asyncProperty(calls, letters, filters, async (own, claims, filter) => {
        await fillDenials(connection, own, claims);
        const all = plainDenials(own, claims).filter((denial) => passes(filter, denial));
        const matching = all.filter(({ evidence }) => filter.claims || evidence !== "claim");
        await totals(filter, all, matching);
        await charts(filter, matching);
        const probes = await askProbes(database, filter, WINDOW);
        const found = probes.probes.map(({ denied, allowed }) => `${denied}>${allowed}`);
        expect(found.sort()).toEqual(plainProbes(own, matching, WINDOW));
        const coverage = await askCoverage(database, filter);
        const covered = coverage.map(
          ({ topic, partition, offsets, absent }) =>
            `${topic}/${partition}: ${offsets} seen, ${absent} absent`,
        );
        expect(covered.sort()).toEqual(plainCoverage(own));
      }),
      { numRuns: 8, seed: 7, endOnFailure: true },
    );
  });

  async function totals(
    filter: DenialFilter,
    all: readonly PlainDenial[],
    matching: readonly PlainDenial[],
  ): Promise<void> {
    const counted = await askDenialTotals(database, filter, DEFAULT_PARTS);
    const worth = (evidence: string) => matching.filter((one) => one.evidence === evidence).length;
    const distinct = (of: (denial: PlainDenial) => string) =>
      new Set(matching.map(of).filter((value) => value !== "")).size;
    const times = matching.flatMap(({ second }) => (second === null ? [] : [second]));
    expect(counted).toMatchObject({
      denials: matching.length,
      claims: all.filter(({ evidence }) => evidence === "claim").length,
      verified: worth("verified"),
      selfConsistent: worth("self-consistent"),
      doesNotVerify: worth("does-not-verify"),
      notChecked: worth("not-checked"),
      agents: distinct(({ agent }) => agent),
      scopes: distinct(({ scope }) => scope),
      timeless: matching.length - times.length,
      range: times.length === 0 ? null : { from: Math.min(...times), to: Math.max(...times) },
    });
    const { patterns, distinct: listed } = await askPatterns(database, filter, DEFAULT_PARTS);
    const keys = tally(
      matching.map(({ guard, tool, reason }) => JSON.stringify([guard, tool, reason])),
    );
    expect([counted.patterns, listed]).toEqual([keys.length, keys.length]);
    const found = patterns.map(({ key, denials }) => [key.guard, key.tool, key.reason, denials]);
    const expected = keys.map(([key, denials]) => [...JSON.parse(key), denials]);
    expect(new Set(found.map(String))).toEqual(new Set(expected.map(String)));
    for (const { key, agents, spark, topAgent } of patterns) {
      const members = matching.filter(
        (one) => one.guard === key.guard && one.tool === key.tool && one.reason === key.reason,
      );
      const names = members.map(({ agent }) => agent);
      expect(agents).toBe(new Set(names.filter((name) => name !== "")).size);
      expect(topAgent).toBe(tally(names)[0]?.[0]);
      const timed = members.filter(({ second }) => second !== null).length;
      expect(spark.reduce((sum, count) => sum + count, 0)).toBe(timed);
    }
  }

  async function charts(filter: DenialFilter, matching: readonly PlainDenial[]): Promise<void> {
    const histogram = await askDenialHistogram(database, { ...filter, time: null }, 5);
    const always = { ...filter, time: null };
    if (filter.time === null) {
      const { binSeconds, bins } = histogram;
      for (const { from, total } of bins) {
        const inside = matching.filter(
          ({ second }) => second !== null && second >= from && second < from + binSeconds,
        );
        expect(total).toBe(inside.length);
      }
      const timed = matching.filter(({ second }) => second !== null);
      const stacked = histogram.guards.map(({ guard, denials }) => [guard, denials]);
      expect(stacked).toEqual(tally(timed.map(({ guard }) => guard)).slice(0, 5));
    }
    expect(always.time).toBeNull();
    const matrix = await askMatrix(database, filter, "agent", "scope");
    const cells = matrix.cells.map(({ row, column, denials }) => [
      JSON.stringify([matrix.rows[row]?.value, matrix.columns[column]?.value]),
      denials,
    ]);
    const pairs = tally(matching.map(({ agent, scope }) => JSON.stringify([agent, scope])));
    expect(new Map(cells.map(([pair, count]) => [String(pair), Number(count)]))).toEqual(
      new Map(pairs),
    );
    expect(matrix.total).toBe(matching.length);
    const order = await askDenialOrder(database, filter, { column: "time", descending: false });
    expect(new Set(order)).toEqual(new Set(matching.map(({ number }) => number)));
    const keys = matching.flatMap(({ call }) =>
      call === null || call.key === "" ? [] : [JSON.stringify([call.key, call.topic])],
    );
    const retried = tally(keys).filter(([, count]) => count > 1);
    const retries = await askRetries(database, filter);
    expect([retries.keys, retries.denials]).toEqual([
      retried.length,
      retried.reduce((sum, [, count]) => sum + count, 0),
    ]);
    const costs = new Map<string, bigint>();
    for (const { call } of matching) {
      if (call?.units != null) {
        costs.set(call.currency, (costs.get(call.currency) ?? 0n) + BigInt(call.units));
      }
    }
    const { totals: sums } = await askCosts(database, filter);
    expect(new Map(sums.map(({ currency, units }) => [currency, units]))).toEqual(
      new Map([...costs].map(([currency, units]) => [currency, units.toString()])),
    );
  }
});
