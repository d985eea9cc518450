import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { vectorsDirectory } from "@/kernel/testing/vectors.ts";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { openBudgetStore } from "./budget-store.ts";
import { openReceiptStore } from "./receipt-store.ts";
import { openRevocationStore } from "./revocation-store.ts";
import { type Connection, openStoreFile } from "./sqlite.ts";

const vectors = vectorsDirectory();

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

/** Tables that the shipped system has not. */
const OURS = ["http_receipts", "explorer_budget_currencies", "explorer_taken_nonces"];

const names = (connection: Connection, kind: string): readonly unknown[] =>
  connection
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all(kind)
    .map(([name]) => name);

/** Columns, indexes with their columns and conditions, and foreign keys: what others rely on. */
function shapeOf(connection: Connection, table: string): unknown {
  const all = (sql: string): unknown => connection.prepare(sql).all(table);
  return {
    columns: all('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)'),
    indexes: all(
      `SELECT l.name, l."unique", l.partial, group_concat(i.name)
       FROM pragma_index_list(?) l, pragma_index_info(l.name) i GROUP BY l.name ORDER BY l.name`,
    ),
    references: all(
      'SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list(?) ORDER BY 1, 2',
    ),
  };
}

const STORES = [
  ["receipts", (path: string) => openReceiptStore(path).connection],
  ["budgets", (path: string) => openBudgetStore(path).connection],
  ["revocations", (path: string) => openRevocationStore(path).connection],
] as const;

describe.skipIf(vectors === null)("the tables of the shipped system", () => {
  it.each(STORES)("%s: same columns, indexes, references and triggers", (name, open) => {
    const copy = join(directory.path, "theirs.sqlite3");
    copyFileSync(join(vectors ?? "", "stores", `provider-${name}.sqlite3`), copy);
    const theirs = openStoreFile(copy, { schema: [] });
    const ours = open(directory.path);
    const tables = names(ours, "table").filter((table) => !OURS.includes(String(table)));
    expect(tables.length).toBeGreaterThan(0);
    expect(names(theirs, "table")).toEqual(expect.arrayContaining([...tables]));
    for (const table of tables) {
      expect(shapeOf(ours, String(table)), String(table)).toEqual(shapeOf(theirs, String(table)));
    }
    const triggers = names(ours, "trigger");
    expect(names(theirs, "trigger")).toEqual(triggers);
    theirs.close();
    ours.close();
  });

  it.each(STORES)("%s: a store of theirs is opened and continued", (name, open) => {
    const copy = join(directory.path, `${name}.sqlite3`);
    copyFileSync(join(vectors ?? "", "stores", `provider-${name}.sqlite3`), copy);
    const connection = open(directory.path);
    expect(connection.prepare("PRAGMA integrity_check").first()).toEqual(["ok"]);
    connection.close();
  });
});
