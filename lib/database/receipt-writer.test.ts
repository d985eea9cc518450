import { describe, expect, it } from "vitest";
import { askTotals } from "@/lib/queries/ask-receipts.ts";
import { EVERY_RECEIPT } from "@/lib/queries/receipts.ts";
import { FOUNDATION } from "@/lib/sql/statements.ts";
import { NO_NUMBER } from "@/lib/verification/unit-result.ts";
import { Database } from "./database.ts";
import { receiptBatch, statusBatch } from "./receipt-batch.ts";
import { ReceiptWriter } from "./receipt-writer.ts";
import type { UnitStreams } from "./streams.ts";
import { nodeEngine } from "./testing/node-engine.ts";
import { unitOf } from "./testing/unit.ts";

const guard = <T>(promise: Promise<T>): Promise<T> => promise;

function batch(rowBase: number, rows: number, reason = ""): Uint8Array {
  const receipts = Array.from({ length: rows }, (_, index) => ({
    texts: { reason: reason === "" ? "" : `${rowBase + index} ${reason}` },
  }));
  const { result, texts } = unitOf(rowBase, receipts);
  return receiptBatch("log.ndjson", result, texts) ?? new Uint8Array();
}

/** Statuses for these rows, in this order. */
function statuses(...rows: readonly number[]): readonly Uint8Array[] {
  const zeros = new Int32Array(rows.length);
  const stream = statusBatch({
    row: Int32Array.from(rows),
    integrity: zeros,
    integrityNames: ["verified"],
    inclusion: zeros,
    inclusionNames: ["none"],
    copyOf: BigUint64Array.from(rows, () => NO_NUMBER),
    speaks: new Uint8Array(rows.length).fill(1),
    checkpointSeq: BigUint64Array.from(rows, () => NO_NUMBER),
  });
  return stream === null ? [] : [stream];
}

function receiptsOf(rowBase: number, rows: number, receipts: Uint8Array): UnitStreams {
  return { rowBase, rows, receipts, deadLetters: null };
}

describe("the writer", () => {
  it("takes statuses for what was there when they were drawn up, and no others", async () => {
    const database = await Database.lay(await nodeEngine());
    const { writer } = database;
    await writer.insert(receiptsOf(0, 3, batch(0, 3)));
    await writer.flush();
    // Another drop came in while the first was judged: its receipts are not judged yet.
    await writer.insert(receiptsOf(100, 2, batch(100, 2)));
    await writer.flush();
    await writer.replaceConclusion({ receipt_status: statuses(0, 1, 2) });
    expect(await askTotals(database, EVERY_RECEIPT)).toMatchObject({ every: 5 });
    await writer.replaceConclusion({ receipt_status: statuses(0, 1, 2, 100, 101) });
    await expect(
      writer.replaceConclusion({ receipt_status: statuses(0, 2, 1, 100, 101) }),
    ).rejects.toThrow("2 statuses");
  });

  it("shows the first rows at once and further ones in growing steps", async () => {
    const database = await Database.lay(await nodeEngine());
    const seen: boolean[] = [];
    for (let unit = 0; unit < 20; unit += 1) {
      seen.push(
        await database.writer.insert(receiptsOf(unit * 1000, 100, batch(unit * 1000, 100))),
      );
    }
    expect(seen.flatMap((visible, unit) => (visible ? [unit] : []))).toEqual([0, 8]);
    expect(await database.writer.flush()).toBe(true);
    expect(await askTotals(database, EVERY_RECEIPT)).toMatchObject({ every: 2000 });
  });

  it("counts the rows beyond its cap, keeps those before it, and has room again once cleared", async () => {
    const engine = await nodeEngine();
    const database = await Database.lay(engine);
    const writer = new ReceiptWriter(await engine.connect(), guard, 5);
    await writer.insert(receiptsOf(0, 3, batch(0, 3)));
    await writer.insert(receiptsOf(100, 3, batch(100, 3)));
    // Two would fit, but a table with a hole in the middle would be read as a complete one.
    await writer.insert(receiptsOf(200, 2, batch(200, 2)));
    await writer.flush();
    expect(writer.inserted).toEqual([0]);
    expect(writer.notIndexed).toBe(5);
    expect(await askTotals(database, EVERY_RECEIPT)).toMatchObject({ every: 3 });
    await writer.clear();
    expect(writer.notIndexed).toBe(0);
    await writer.insert(receiptsOf(300, 5, batch(300, 5)));
    await writer.flush();
    expect(await askTotals(database, EVERY_RECEIPT)).toMatchObject({ every: 5 });
  });

  it("keeps what is committed when the engine runs out of memory, and goes on without the rest", async () => {
    const engine = await nodeEngine();
    const connection = await engine.connect();
    await connection.query("set memory_limit = '24MB'");
    for (const statement of [FOUNDATION.schema, FOUNDATION.macros]) {
      await connection.query(statement);
    }
    const writer = new ReceiptWriter(connection, guard);
    await writer.insert(receiptsOf(0, 10, batch(0, 10)));
    const rows = 4_000;
    let units = 0;
    for (; writer.notIndexed === 0 && units < 100; units += 1) {
      const rowBase = (units + 1) * 10_000;
      await writer.insert(receiptsOf(rowBase, rows, batch(rowBase, rows, "r".repeat(600))));
    }
    await writer.flush();
    expect(writer.notIndexed).toBeGreaterThan(0);
    expect(writer.inserted[0]).toBe(0);
    expect(10 + (writer.inserted.length - 1) * rows + writer.notIndexed).toBe(10 + units * rows);
    let counted: unknown = null;
    for await (const answer of await connection.send("select count(*)::double from receipt")) {
      counted = answer.getChildAt(0)?.get(0);
    }
    expect(counted).toBe(10 + (writer.inserted.length - 1) * rows);
  });
});
