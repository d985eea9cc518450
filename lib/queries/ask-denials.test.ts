import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import { applyMasks } from "@/lib/database/denial-masks.ts";
import type { Connection } from "@/lib/database/engine.ts";
import {
  A_CALL,
  A_LETTER,
  fillDenials,
  type TestCall,
} from "@/lib/database/testing/denial-rows.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import { ALL_MASKS } from "@/lib/denials/mask.ts";
import {
  askCosts,
  askCoverage,
  askFailures,
  askFirstSeen,
  askGroups,
  askMatrix,
  askProbes,
  askRetries,
  askSpread,
} from "./ask-denial-views.ts";
import {
  askDenialFacets,
  askDenialHistogram,
  askDenialOrder,
  askDenialPage,
  askDenialTotals,
  askPatterns,
  askPolicies,
} from "./ask-denials.ts";
import { askPattern } from "./ask-pattern.ts";
import { askReadings } from "./ask-readings.ts";
import { DEFAULT_PARTS, type DenialFilter, EVERY_DENIAL } from "./denial-model.ts";

const STORM = { guard: "scope-match", tool: "events:consume:payments", reason: "topic ‹n›" };
const WITH_CLAIMS: DenialFilter = { ...EVERY_DENIAL, claims: true };
const BEFORE = 2 ** 63;

/** An agent is refused one topic over and over, from a minute after its policy changed. */
const storm: readonly TestCall[] = [0, 1, 2, 3, 4, 5].map((at) => ({
  ...A_CALL,
  row: 100 + at,
  timestamp: 2060 + at,
  agent: "research",
  tool: "events:consume:payments",
  scope: "events:consume:payments",
  topic: "payments",
  pattern: "topic ‹n›",
  reason: `topic ${at}`,
  policy: "p2",
  key: `key-${at % 2}`,
  group: "research-group",
  units: "9223372036854775807",
  currency: "usd",
  partition: 3,
  offset: String(BigInt(BEFORE) + BigInt(at * (at + 1)) / 2n),
}));
const others: readonly TestCall[] = [
  { ...A_CALL, row: 1, timestamp: 1000, decision: "allow", agent: "research", policy: "p1" },
  {
    ...A_CALL,
    row: 2,
    timestamp: 1500,
    agent: "builder",
    guard: "egress",
    integrity: "self-consistent",
  },
  {
    ...A_CALL,
    row: 3,
    timestamp: 2000,
    decision: "allow",
    agent: "builder",
    policy: "p2",
    guard: "",
  },
  // The same file again, and a receipt that nobody signed.
  { ...A_CALL, row: 4, timestamp: 1500, agent: "builder", guard: "egress", copyOf: 2 },
  { ...A_CALL, row: 5, timestamp: 1600, agent: "nobody", integrity: "unsigned" },
  {
    ...A_CALL,
    row: 6,
    timestamp: 2070,
    agent: "research",
    tool: "tool-2",
    scope: "server-1/tool-2",
    integrity: "does-not-verify",
  },
  { ...A_CALL, row: 7, timestamp: null, agent: "timeless", integrity: "verified-not-checkpointed" },
  { ...A_CALL, row: 8, timestamp: 1700, decision: "cancelled", agent: "builder" },
];
const letters = [
  ...storm.map((call, at) => ({
    ...A_LETTER,
    record: 200 + at,
    receiptRow: call.row,
    isClaim: false,
    // Two keys in turn: each comes every 500 ms.
    timeMs: 2_060_000 + at * 250,
  })),
  { ...A_LETTER, record: 300, second: 2065, agent: "claimed" },
  { ...A_LETTER, record: 301, kind: "failure" as const, isClaim: false, failure: "DataException" },
];

describe("the questions about denials", () => {
  let database: Database;
  let connection: Connection;
  beforeAll(async () => {
    const engine = await nodeEngine();
    database = await Database.lay(engine);
    connection = await engine.connect();
    await fillDenials(connection, [...others, ...storm], letters);
  });

  it("counts denials by what they are worth, and claims apart", async () => {
    const counted = {
      denials: 9,
      claims: 2,
      verified: 7,
      selfConsistent: 1,
      doesNotVerify: 1,
      notChecked: 0,
      patterns: 4,
      agents: 3,
      scopes: 3,
      range: { from: 1500, to: 2070 },
      timeless: 1,
      everyReceipt: 13,
      everyDenial: 9,
    };
    expect(await askDenialTotals(database, EVERY_DENIAL, DEFAULT_PARTS)).toEqual(counted);
    expect(await askDenialTotals(database, WITH_CLAIMS, ["guard"])).toEqual({
      ...counted,
      denials: 11,
      everyDenial: 11,
      patterns: 2,
      agents: 5,
    });
  });

  it("stacks the histogram by guard", async () => {
    const histogram = await askDenialHistogram(database, EVERY_DENIAL, 2);
    expect(histogram).toEqual({
      binSeconds: 300,
      bins: [
        { from: 1500, total: 1, counts: [0, 1] },
        { from: 1800, total: 7, counts: [7, 0] },
      ],
      guards: [
        { guard: "scope-match", denials: 7 },
        { guard: "egress", denials: 1 },
      ],
      other: { guards: 0, denials: 0 },
    });
    expect(
      (await askDenialHistogram(database, { ...EVERY_DENIAL, text: "no such" }, 9)).bins,
    ).toEqual([]);
  });

  it("lists patterns with who, what and when", async () => {
    const { patterns, distinct, range } = await askPatterns(database, EVERY_DENIAL, DEFAULT_PARTS);
    expect([distinct, range]).toEqual([4, { from: 1500, to: 2070 }]);
    expect(patterns.map(({ key, denials }) => [key.guard, key.tool, denials])).toEqual([
      ["scope-match", "events:consume:payments", 6],
      ["egress", "tool-1", 1],
      ["scope-match", "tool-1", 1],
      ["scope-match", "tool-2", 1],
    ]);
    const [first, , timeless] = patterns;
    expect(first).toMatchObject({
      share: 6 / 9,
      verified: 6,
      claims: 0,
      agents: 1,
      scopes: 1,
      topAgent: "research",
      topScope: "events:consume:payments",
      first: 2060,
      last: 2065,
      trend: { earlier: 0, later: 6 },
    });
    expect(first?.spark[47]).toBe(6);
    // The claims say the same as it does; it has no time of its own.
    expect(timeless).toMatchObject({ claims: 2, first: null, topAgent: "timeless" });
  });

  it("groups by other parts", async () => {
    const { patterns } = await askPatterns(database, EVERY_DENIAL, ["agent"]);
    expect(patterns.map(({ key, denials, topGuard }) => [key, denials, topGuard])).toEqual([
      [{ agent: "research" }, 7, "scope-match"],
      [{ agent: "builder" }, 1, "egress"],
      [{ agent: "timeless" }, 1, "scope-match"],
    ]);
  });

  it("gives rows in order, claims among them", async () => {
    const sort = { column: "time", descending: true } as const;
    const order = [...(await askDenialOrder(database, WITH_CLAIMS, sort))];
    expect(order).toEqual([6, 105, -301, 104, 103, 102, 101, 100, 5, 2, 7]);
    const page = await askDenialPage(database, [-301, 7, 105, 6]);
    expect(
      page.map(({ number, row, record, evidence }) => [number, row, record, evidence]),
    ).toEqual([
      [-301, null, 300, "claim"],
      [7, 7, null, "verified"],
      [105, 105, 205, "verified"],
      [6, 6, null, "does-not-verify"],
    ]);
    expect(page[2]).toMatchObject({
      cost: { units: "9223372036854775807", currency: "usd" },
      source: { partition: 3, offset: "9223372036854775823" },
    });
  });

  it("counts values for every facet", async () => {
    const filter = { ...EVERY_DENIAL, include: { agent: ["builder"] } };
    const facets = await askDenialFacets(database, filter);
    const values = (name: string) => facets.find((facet) => facet.name === name)?.values;
    expect(values("agent")).toHaveLength(3);
    expect(values("guard")).toEqual([{ value: "egress", count: 1 }]);
    expect(values("evidence")).toEqual([{ value: "self-consistent", count: 1 }]);
  });

  it("says when policies came up, in any receipt", async () => {
    expect(await askPolicies(database, EVERY_DENIAL)).toEqual([
      { policy: "p1", first: 1000, last: 2070, receipts: 5, isFirst: true },
      { policy: "p2", first: 2000, last: 2065, receipts: 7, isFirst: false },
    ]);
  });

  it("counts pairs of two fields", async () => {
    const matrix = await askMatrix(database, EVERY_DENIAL, "agent", "scope");
    expect(matrix.rows).toEqual([
      { value: "research", denials: 7 },
      { value: "builder", denials: 1 },
      { value: "timeless", denials: 1 },
    ]);
    expect(matrix.columns[0]).toEqual({ value: "events:consume:payments", denials: 6 });
    expect(matrix.cells).toContainEqual({ row: 0, column: 0, denials: 6 });
    expect([matrix.distinctRows, matrix.distinctColumns, matrix.total]).toEqual([3, 3, 9]);
  });

  it("finds what an agent was denied the first time it asked", async () => {
    const { pairs, distinct } = await askFirstSeen(database, EVERY_DENIAL);
    expect(distinct).toBe(6);
    expect(pairs.map(({ kind, agent, value }) => [kind, agent, value])).toContainEqual([
      "scope",
      "research",
      "events:consume:payments",
    ]);
    // It was denied tool-1 at 1500 and allowed later.
    const builder = pairs.find(({ agent }) => agent === "builder");
    expect(builder).toMatchObject({ first: 1500, agentFirst: 1500, denials: 1, allowed: 1 });
  });

  it("follows a scope from agent to agent", async () => {
    const spread = await askSpread(database, EVERY_DENIAL);
    expect(spread.find(({ scope }) => scope === "events:consume:payments")).toEqual({
      scope: "events:consume:payments",
      denials: 6,
      agents: 1,
      steps: [{ agent: "research", at: 2060 }],
    });
  });

  it("pairs a denial with the next call, where that was allowed in time", async () => {
    const { probes, total, agents } = await askProbes(database, EVERY_DENIAL, 500);
    expect([total, agents]).toEqual([1, 1]);
    expect(probes[0]).toEqual({
      agent: "builder",
      scope: "server-1/tool-1",
      tool: "tool-1",
      denied: 2,
      deniedAt: 1500,
      allowed: 3,
      allowedAt: 2000,
      gapSeconds: 500,
    });
    expect((await askProbes(database, EVERY_DENIAL, 499)).probes).toEqual([]);
  });

  it("measures retries by the times of records", async () => {
    const { retries, keys, denials } = await askRetries(database, EVERY_DENIAL);
    expect([keys, denials]).toEqual([2, 6]);
    expect(retries[0]).toEqual({
      key: "key-0",
      topic: "payments",
      denials: 3,
      agents: 1,
      first: 2060,
      last: 2064,
      medianGapMs: 500,
      regular: 1,
      precision: "millisecond",
    });
  });

  it("adds costs up beyond what a double holds", async () => {
    const units = (6n * 9223372036854775807n).toString();
    const cost = { currency: "usd", units, denials: 6 };
    expect(await askCosts(database, EVERY_DENIAL)).toEqual({
      totals: [cost],
      agents: [{ agent: "research", ...cost }],
    });
    expect(await askGroups(database, EVERY_DENIAL)).toEqual([
      {
        group: "research-group",
        denials: 6,
        agents: 1,
        budget: 0,
        first: 2060,
        last: 2065,
        costs: [cost],
      },
    ]);
  });

  it("counts offsets that no receipt names, beyond 2^63", async () => {
    // Offsets 0, 1, 3, 6, 10, 15 after 2^63.
    const at = (offset: bigint) => (BigInt(BEFORE) + offset).toString();
    expect(await askCoverage(database, EVERY_DENIAL)).toEqual([
      {
        topic: "payments",
        partition: 3,
        offsets: 6,
        from: at(0n),
        to: at(15n),
        absent: "10",
        gaps: 4,
        widest: [
          { from: at(11n), to: at(14n) },
          { from: at(7n), to: at(9n) },
          { from: at(4n), to: at(5n) },
          { from: at(2n), to: at(2n) },
        ],
      },
    ]);
  });

  it("counts a connector's failures apart", async () => {
    expect(await askFailures(database, EVERY_DENIAL)).toEqual([
      { failure: "DataException", records: 1, topics: 1, first: null, last: null },
    ]);
  });

  it("lays a pattern open", async () => {
    const detail = await askPattern(database, EVERY_DENIAL, STORM);
    expect(detail.totals.denials).toBe(6);
    expect(detail.examples.map(({ row }) => row)).toEqual([100, 101, 105]);
    expect(detail.distinct).toMatchObject({ agent: 1, key: 2, group: 1 });
    const of = (field: string) => detail.prevalence.find((entry) => entry.field === field);
    expect(of("agent")).toEqual({
      field: "agent",
      value: "research",
      denials: 6,
      outside: 1,
      allowed: 1,
      before: 1,
      beforeByAgents: 1,
    });
    expect(of("scope")).toMatchObject({ outside: 0, allowed: 0, before: 0 });
    expect(of("policy")).toMatchObject({ value: "p2", before: 1, beforeByAgents: 0, allowed: 1 });
  });

  it("lays out two readings, each with the statement that gives its numbers", async () => {
    const { evidence, first, last } = await askReadings(database, EVERY_DENIAL, STORM);
    expect([first, last]).toEqual([2060, 2065]);
    const told = evidence.map(({ reading, sign, fact }) => [reading, sign, fact.kind]);
    expect(told).toEqual([
      ["misconfiguration", "for", "policy-change"],
      ["misconfiguration", "for", "retries"],
      ["attack", "against", "retries"],
      ["misconfiguration", "for", "actors"],
      ["attack", "for", "other-tools"],
      ["misconfiguration", "against", "other-tools"],
      ["attack", "for", "asked-before"],
      ["attack", "against", "allowed-after"],
    ]);
    const fact = (kind: string) => evidence.find((line) => line.fact.kind === kind)?.fact;
    expect(fact("policy-change")).toMatchObject({ policy: "p2", at: 2000, secondsBefore: 60 });
    expect(fact("retries")).toMatchObject({ keys: 2, gaps: 4, medianMs: 500, regular: 1 });
    expect(fact("other-tools")).toMatchObject({ tools: 2, otherTools: 1, scopes: 2 });
    for (const { sql } of evidence) {
      await connection.query(sql);
    }
  });

  it("forms patterns by other masks, and by the shipped ones again", async () => {
    const masks = new Set([...ALL_MASKS].filter((mask) => mask !== "number"));
    const told: [number, number][] = [];
    const signal = new AbortController().signal;
    await applyMasks(database, masks, signal, (done, all) => told.push([done, all]));
    expect(told.at(-1)).toEqual([7, 7]);
    const changed: DenialFilter = { ...EVERY_DENIAL, masks: 1 };
    expect((await askPatterns(database, changed, DEFAULT_PARTS)).distinct).toBe(9);
    const [row] = await askDenialPage(database, [104]);
    expect(row?.pattern).toBe("topic 4");
    const narrowed = { ...changed, include: { reason: ["topic 4"] } };
    expect((await askDenialTotals(database, narrowed, DEFAULT_PARTS)).denials).toBe(1);
    await applyMasks(database, ALL_MASKS, signal, () => undefined);
    expect((await askPatterns(database, EVERY_DENIAL, DEFAULT_PARTS)).distinct).toBe(4);
  });

  it("does not ask what was given up", async () => {
    const given = AbortSignal.abort(new Error("given up"));
    await expect(askPatterns(database, EVERY_DENIAL, DEFAULT_PARTS, given)).rejects.toThrow(
      "given up",
    );
  });
});
