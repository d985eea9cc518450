import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import { pollingEngine } from "@/lib/database/testing/polling-engine.ts";
import { runStatement } from "@/lib/database/user-query.ts";
import type { StatementResult } from "./model.ts";
import { FIRST_RECIPE, QUERY_BOOK } from "./recipes.ts";
import { ResultRows } from "./result-rows.ts";
import { VIEW_DOCS } from "./view-docs.ts";

const RECIPES = QUERY_BOOK.flatMap(({ recipes }) => recipes);

/** Rows in the tables for every recipe to find something. Columns that are not named get '' or null. */
const DATA = [
  [
    "receipt",
    "range::integer as row, 'log.ndjson' as file, range::ubigint as seq, (1776268800 + range * 20)::ubigint as timestamp, 'r' || range as id, 'agent-' || range % 3 as agent, 'server/' || range % 5 as scope, case when range % 2 = 0 then 'deny' else 'allow' end as decision, 'egress' as guard, 'not granted ' || range as reason, 'not granted #' as reason_pattern, 'payments' as topic, (range % 2)::ubigint as source_partition, (range * 3)::ubigint as source_offset, 'key-' || range % 4 as message_key, 12::ubigint as cost_units, 'EUR' as cost_currency, 'policy-' || range // 50 as policy_hash, 'aa' as kernel_key, hex('egress') || '-' as guards",
  ],
  [
    "receipt_status",
    "range::integer as row, case when range = 7 then 'does-not-verify' else 'verified' end as integrity, true as speaks",
  ],
  [
    "dead_letter",
    "range::integer as record, 'dlq.txt' as file, 'kcat-json' as form, 'exact' as fidelity, case when range % 10 = 0 then 'failure' else 'denial' end as kind, 'DataException' as failure, 'agree' as ids, 'differ' as verdicts, 'agree' as coordinates, 'agree' as headers, 'agree' as payload, range::ubigint as record_offset, 'agent-1' as agent, (1776268800 + range)::ubigint as second",
  ],
  [
    "dead_letter_status",
    "range::integer as record, range % 2 = 0 as is_claim, 'differ' as verdicts, 'agree' as payload",
  ],
  [
    "checkpoint",
    "(range + 1)::ubigint as checkpoint_seq, (range * 12)::ubigint as first_seq, (range * 12 + 9)::ubigint as last_seq, 'aa' as kernel_key",
  ],
  [
    "finding",
    "'f' || range as finding, 'SIG-002' as code, 'error' as severity, 'receipt' as subject_kind",
  ],
  ["input_file", "'log' || range as file, 1::ubigint as rows"],
  [
    "alert",
    "range::integer as alert, 'rule' as rule, 'Rule' as name, 'high' as severity, 1776268800::ubigint as fired_at, 2::double as measure, 1::double as threshold, 3 as events, 1 as held",
  ],
  [
    "edge",
    "(range + 1)::integer as child_row, (range // 4)::ubigint as parent_row, 'call-chain' as sources, 'signed' as strength",
  ],
] as const;

describe("the query book", () => {
  let database: Database;
  beforeAll(async () => {
    const engine = await pollingEngine();
    database = await Database.lay(engine);
    const connection = await engine.connect();
    for (const [table, columns] of DATA) {
      const rows = table === "edge" ? 80 : 100;
      const found: { name: string; type: string }[] = [];
      for await (const batch of await connection.send(
        `select column_name, data_type from duckdb_columns() where table_name = '${table}'`,
      )) {
        for (let row = 0; row < batch.numRows; row += 1) {
          const [name, type] = [0, 1].map((at) => String(batch.getChildAt(at)?.get(row)));
          found.push({ name: name ?? "", type: type ?? "" });
        }
      }
      const rest = found
        .filter(({ name }) => !columns.includes(` as ${name},`) && !columns.endsWith(` as ${name}`))
        .map(
          ({ name, type }) =>
            `${type === "VARCHAR" ? "''" : type === "INTEGER" ? "0" : "null"} as "${name}"`,
        );
      await connection.query(
        `insert into ${table} by name select ${[columns, ...rest].join(", ")} from range(${rows})`,
      );
    }
  });

  it("has twenty recipes and more, each with a name of its own and a comment", () => {
    expect(RECIPES.length).toBeGreaterThanOrEqual(20);
    expect(new Set(RECIPES.map(({ id }) => id)).size).toBe(RECIPES.length);
    expect(RECIPES.some(({ id }) => id === FIRST_RECIPE)).toBe(true);
    for (const { sql } of RECIPES) {
      expect(sql).toMatch(/^-- /);
    }
  });

  it.each(RECIPES)("$title: runs and finds something", async ({ sql }) => {
    const rows = new ResultRows(await ask(database, sql));
    expect(rows.result.rows).toBeGreaterThan(0);
    expect(rows.text(0, 0)).not.toBeNull();
  });

  it("counts what it says", async () => {
    expect(await firstRow(database, "top-agents")).toEqual(["agent-0", "34", "17", "50", "1"]);
    expect(await firstRow(database, "guards-ran")).toEqual(["egress", "100", "0", "100", "100"]);
    expect((await firstRow(database, "fan-out"))?.slice(3)).toEqual(["4", "2"]);
    expect((await firstRow(database, "checkpoint-gaps"))?.at(-1)).toBe("0");
    // An agent is refused every two minutes, every fifth row another scope.
    expect((await firstRow(database, "sliding-scopes"))?.slice(0, 2)).toEqual(["agent-0", "5"]);
    expect((await firstRow(database, "bursts"))?.slice(0, 2)).toEqual(["agent-0", "3"]);
  });

  it("and the panel know every view as the engine does", async () => {
    const names = VIEW_DOCS.map(({ name }) => name).join("', '");
    const rows = new ResultRows(
      await ask(
        database,
        `select table_name, column_name, data_type from duckdb_columns() join duckdb_views() on view_name = table_name where not duckdb_views.internal and table_name in ('${names}') order by view_oid, column_index`,
      ),
    );
    const found = Array.from({ length: rows.result.rows }, (_, row) =>
      [0, 1, 2].map((column) => rows.text(row, column)).join(" "),
    );
    const known = VIEW_DOCS.flatMap(({ name, columns }) =>
      columns.map((column) => `${name} ${column.name} ${column.type}`),
    );
    expect([...known].sort()).toEqual([...found].sort());
  });
});

async function firstRow(
  database: Database,
  id: string,
): Promise<readonly (string | null)[] | undefined> {
  const recipe = RECIPES.find((each) => each.id === id);
  const rows = new ResultRows(await ask(database, recipe?.sql ?? ""));
  return rows.result.columns.map((_, column) => rows.text(0, column));
}

async function ask(database: Database, text: string): Promise<StatementResult> {
  const outcome = await runStatement(database, text, {
    signal: new AbortController().signal,
    now: () => 0,
  });
  if (outcome.kind === "problem") {
    throw new Error(`${outcome.problem.message} ${outcome.problem.hint}`);
  }
  return outcome.result;
}
