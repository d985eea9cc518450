import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { loadSqlite } from "@/lib/ingest/testing/expand-all.ts";
import { seedOf } from "./testing/keys.ts";
import { linksOf } from "./testing/links.ts";
import { signedChild } from "./testing/log.ts";
import { signedStep } from "./testing/steps.ts";
import { codesOf, verify } from "./testing/verify.ts";

/** A store with a table of `raw_json` for each name. */
async function storeOf(
  tables: Readonly<Record<string, readonly JsonObject[]>>,
): Promise<Uint8Array> {
  const sqlite = await loadSqlite();
  const db = new sqlite.oo1.DB(":memory:");
  try {
    for (const [name, rows] of Object.entries(tables)) {
      db.exec(`CREATE TABLE ${name} (seq INTEGER PRIMARY KEY, raw_json TEXT)`);
      for (const row of rows) {
        db.exec({ sql: `INSERT INTO ${name} (raw_json) VALUES (?)`, bind: [JSON.stringify(row)] });
      }
    }
    return Uint8Array.from(sqlite.capi.sqlite3_js_db_export(db));
  } finally {
    db.close();
  }
}

const receipts = [
  signedStep({ id: "a", request: "r-a" }),
  signedStep({ id: "b", request: "r-b", at: 1 }),
];

async function linksWith(table: string, row: JsonObject): Promise<readonly string[]> {
  const store = await storeOf({ chio_tool_receipts: receipts, [table]: [row] });
  const { chain, verdict } = await verify({ "receipts.sqlite3": store });
  expect(codesOf(verdict.report, "warning")).toEqual([]);
  return linksOf(chain);
}

describe("a store's lineage", () => {
  it.each<[string, JsonObject, string]>([
    [
      "request_lineage",
      { request_id: "r-b", parent_request_id: "r-a", operation_kind: "tool_call" },
      "child-request",
    ],
    [
      "request_lineage",
      { sessionAnchorId: "anchor", requestId: "r-b", parentRequestId: "r-a" },
      "child-request",
    ],
    [
      "receipt_lineage_statements",
      { parentReceiptId: "a", childReceiptId: "b", relationKind: "continued" },
      "lineage",
    ],
    [
      "receipt_lineage_statements",
      { parent_receipt_id: "a", child_receipt_id: "b", relation_kind: "continued" },
      "lineage",
    ],
    [
      "receipt_lineage_statements",
      { parentRequestId: "r-a", childRequestId: "r-b", relationKind: "local_child" },
      "child-request",
    ],
  ])("%s: %j", async (table, row, source) => {
    expect(await linksWith(table, row)).toEqual([`a -> b (asserted, ${source})`]);
  });

  it("is not what a child receipt is taken for that lost a member", async () => {
    const whole = signedChild("child", 1, seedOf("kernel"));
    for (const lost of Object.keys(whole).filter((name) => name !== "signature")) {
      const { [lost]: _, ...rest } = whole;
      const { report } = (await verify({ "children.ndjson": JSON.stringify(rest) })).verdict;
      expect([lost, report.inputs[0]?.recognised_as]).not.toEqual([lost, "request lineage"]);
    }
  });
});
