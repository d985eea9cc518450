import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import { receiptBatch, statusBatch } from "@/lib/database/receipt-batch.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import { type TestReceipt, unitOf } from "@/lib/database/testing/unit.ts";
import { NO_NUMBER } from "@/lib/verification/unit-result.ts";
import { askFacets, askHistogram, askOrder, askPage, askTotals } from "./ask-receipts.ts";
import type { ReceiptFilter, SortColumn } from "./model.ts";
import { warmQuestions } from "./warm-questions.ts";

const EVERY: ReceiptFilter = { time: null, include: {}, exclude: {}, text: "" };
const HOSTILE = "'); drop table receipt; --";
const SEPARATORS = "a,b\u001f\u0000c";

const SECOND_FILE: readonly TestReceipt[] = [
  { seq: 7n, timestamp: 400n, texts: { agent: SEPARATORS, decision: "deny", guard: "egress" } },
];
const FIRST_FILE: readonly TestReceipt[] = [
  {
    seq: 1n,
    timestamp: 100n,
    texts: { agent: "Ärger", reason: "Budget EXCEEDED", decision: "deny" },
  },
  { seq: 2n, timestamp: 160n, texts: { agent: HOSTILE, guard: "egress" } },
  { timestamp: 161n, texts: { agent: "", decision: "cancelled" } },
];

describe("the questions about receipts", () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.lay(await nodeEngine());
    // Units arrive in any order; the statuses come later in the order of arrival.
    for (const [file, rowBase, receipts] of [
      ["b.ndjson", 5000, SECOND_FILE],
      ["a.ndjson", 10, FIRST_FILE],
    ] as const) {
      const { result, texts } = unitOf(rowBase, receipts);
      await database.writer.insert({
        rowBase,
        rows: receipts.length,
        receipts: receiptBatch(file, result, texts),
        deadLetters: null,
      });
    }
    await database.writer.flush();
    expect(database.writer.inserted).toEqual([5000, 10]);
  });

  it("counts rows that nobody has judged yet", async () => {
    expect(await askTotals(database, EVERY)).toMatchObject({ every: 4, matching: 4, unjudged: 4 });
    const [row] = await askPage(database, [10]);
    expect(row?.status).toBeNull();
  });

  describe("after the conclusion", () => {
    beforeAll(async () => {
      await judge(2);
      await judge(0);
    });

    const judge = async (first: number, copies = [NO_NUMBER, NO_NUMBER]) => {
      const stream = statusBatch({
        row: Int32Array.of(5000, 10, 11, 12),
        integrity: Int32Array.of(first, 1, 1, 1),
        integrityNames: ["does-not-verify", "verified", "unsigned"],
        inclusion: new Int32Array(4),
        inclusionNames: ["included"],
        checkpointSeq: BigUint64Array.of(1n, 1n, 1n, 1n),
        copyOf: BigUint64Array.of(NO_NUMBER, ...copies, NO_NUMBER),
        speaks: Uint8Array.of(1, ...copies.map((copy) => (copy === NO_NUMBER ? 1 : 0)), 1),
      });
      await database.writer.replaceConclusion({
        receipt_status: [stream ?? new Uint8Array()],
      });
    };

    it("pairs every row with its own status, and only the last one", async () => {
      expect(await askTotals(database, EVERY)).toEqual({
        every: 4,
        matching: 4,
        allowed: 1,
        denied: 2,
        doesNotVerify: 1,
        unjudged: 0,
        range: { from: 100, to: 400 },
      });
      const failing = { ...EVERY, include: { integrity: ["does-not-verify"] } };
      const order = await askOrder(database, failing, { column: "seq", descending: false });
      expect([...order]).toEqual([5000]);
      const [row] = await askPage(database, [5000]);
      expect(row).toMatchObject({ status: "does-not-verify", seq: "7", file: "b.ndjson" });
    });

    it.each<[SortColumn, boolean, number[]]>([
      ["seq", false, [10, 11, 5000, 12]],
      ["seq", true, [5000, 11, 10, 12]],
      ["time", true, [5000, 12, 11, 10]],
      ["integrity", false, [5000, 10, 11, 12]],
      ["decision", false, [11, 12, 10, 5000]],
      ["agent", true, [10, 5000, 11, 12]],
    ])("sorts by %s, descending %s", async (column, descending, expected) => {
      expect([...(await askOrder(database, EVERY, { column, descending }))]).toEqual(expected);
    });

    it("gives pages in the order asked for", async () => {
      const page = await askPage(database, [12, 5000, 10]);
      expect(page.map((row) => row.row)).toEqual([12, 5000, 10]);
    });

    it.each([
      [HOSTILE, 11],
      [SEPARATORS, 5000],
      ["Ärger", 10],
    ])("takes a value literally: %j", async (agent, row) => {
      const include = { ...EVERY, include: { agent: [agent] } };
      const sort = { column: "seq", descending: false } as const;
      expect([...(await askOrder(database, include, sort))]).toEqual([row]);
      const exclude = { ...EVERY, exclude: { agent: [agent] } };
      expect((await askTotals(database, exclude)).matching).toBe(3);
      expect((await askTotals(database, { ...EVERY, text: agent })).matching).toBe(1);
    });

    it("finds text without regard to case, and knows no wildcards", async () => {
      expect((await askTotals(database, { ...EVERY, text: "budget exc" })).matching).toBe(1);
      expect((await askTotals(database, { ...EVERY, text: "ÄRGER" })).matching).toBe(1);
      expect((await askTotals(database, { ...EVERY, text: "%" })).matching).toBe(0);
    });

    it("includes the first second of a time and not the last", async () => {
      const time = { from: 160, to: 400 };
      expect((await askTotals(database, { ...EVERY, time })).matching).toBe(2);
    });

    it("takes rows by their numbers", async () => {
      const rows = { ...EVERY, rows: [12, 5000, 77] };
      expect((await askTotals(database, rows)).matching).toBe(2);
    });

    it("lists a facet's values whatever that facet is restricted to", async () => {
      const filter = { ...EVERY, include: { guard: ["egress"], decision: ["deny"] } };
      const facets = await askFacets(database, filter);
      const named = (name: string) => facets.find((facet) => facet.name === name)?.values;
      expect(named("decision")).toEqual([
        { value: "allow", count: 1 },
        { value: "deny", count: 1 },
      ]);
      expect(named("guard")).toEqual([{ value: "egress", count: 1 }]);
      expect(named("agent")).toEqual([{ value: SEPARATORS, count: 1 }]);
    });

    it("counts by time in bins without gaps", async () => {
      const { binSeconds, bins } = await askHistogram(database, [], EVERY, 6);
      expect(binSeconds).toBe(60);
      expect(bins.map(({ from, allow, deny, other }) => [from, allow, deny, other])).toEqual([
        [60, 0, 1, 0],
        [120, 1, 0, 1],
        [180, 0, 0, 0],
        [240, 0, 0, 0],
        [300, 0, 0, 0],
        [360, 0, 1, 0],
      ]);
    });

    it("lists a receipt once, and its copy where a file is asked for", async () => {
      await judge(0, [NO_NUMBER, 10n]);
      expect(await askTotals(database, EVERY)).toMatchObject({ every: 3, matching: 3 });
      const order = await askOrder(database, EVERY, { column: "seq", descending: false });
      expect([...order]).toEqual([10, 5000, 12]);
      const named = { ...EVERY, include: { file: ["a.ndjson"] } };
      expect((await askTotals(database, named)).matching).toBe(3);
      await judge(0);
    });

    it("does not run what was given up before it began", async () => {
      const given = AbortSignal.abort(new Error("given up"));
      await expect(askTotals(database, EVERY, given)).rejects.toThrow("given up");
    });
  });
});

it("is warmed by asking the empty tables, which changes nothing", async () => {
  const database = await Database.lay(await nodeEngine());
  await warmQuestions(database);
  expect(await askTotals(database, EVERY)).toMatchObject({ every: 0, matching: 0, range: null });
});
