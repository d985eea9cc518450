import { tableFromIPC } from "apache-arrow";
import { beforeAll, describe, expect, it } from "vitest";
import { chainOf } from "@/lib/chain/testing/nodes.ts";
import { Database } from "./database.ts";
import { delegationStreams, edgeStreams } from "./edge-batch.ts";
import type { Connection, Engine } from "./engine.ts";
import { receiptBatch } from "./receipt-batch.ts";
import { nodeEngine } from "./testing/node-engine.ts";
import { unitOf } from "./testing/unit.ts";

const HOSTILE = "x'); drop table receipt; --";

async function rowsOf(connection: Connection, sql: string): Promise<readonly string[][]> {
  const rows: string[][] = [];
  for await (const batch of await connection.send(sql)) {
    for (const row of batch.toArray()) {
      rows.push(Object.values(row.toJSON()).map(String));
    }
  }
  return rows;
}

describe("links in the database", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await nodeEngine();
  });

  it("are one row each, with the ids of both ends, loaded or not", async () => {
    const database = await Database.lay(engine);
    const steps = [
      { id: "a", parents: [] },
      { id: "b", parents: ["a", HOSTILE] },
    ];
    const index = chainOf(steps);
    const { result, texts } = unitOf(
      1,
      steps.map(({ id }) => ({ texts: { id } })),
    );
    const batch = receiptBatch("log", result, texts);
    await database.writer.insert({ rowBase: 1, rows: 2, receipts: batch, deadLetters: null });
    await database.writer.flush();
    await database.writer.replaceConclusion({ edge: edgeStreams(index) });
    const connection = await engine.connect();
    const rows = await rowsOf(
      connection,
      "select parent_id, child_id, parent_row, child_row, sources, strength from edges order by parent_id",
    );
    expect(rows).toEqual([
      ["a", "b", "1", "2", "parent-receipt", "asserted"],
      [HOSTILE, "b", "null", "2", "parent-receipt", "asserted"],
    ]);
    const delegation = { capability: HOSTILE, parent: "cap-1", strength: "verified" } as const;
    await database.writer.replaceConclusion({ delegation: delegationStreams([delegation]) });
    expect(
      await rowsOf(connection, "select parent_id, child_id, sources, strength from edges"),
    ).toEqual([["cap-1", HOSTILE, "delegation", "verified"]]);
    await database.writer.clear();
    expect(await rowsOf(connection, "select count(*) from edges")).toEqual([["0"]]);
  });

  it("come in pieces that the engine takes one after the other", () => {
    const steps = Array.from({ length: 130_000 }, (_, at) => ({
      id: `s${at}`,
      parents: at === 0 ? [] : ["s0"],
    }));
    const counts = edgeStreams(chainOf(steps)).map((stream) => tableFromIPC(stream).numRows);
    expect(counts).toEqual([122_880, 7_119]);
  });
});
