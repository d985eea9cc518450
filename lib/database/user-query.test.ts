import { beforeAll, describe, expect, it } from "vitest";
import { cellText } from "@/lib/workbench/cells.ts";
import type { StatementOutcome } from "@/lib/workbench/model.ts";
import { Database } from "./database.ts";
import type { Connection, Engine } from "./engine.ts";
import { pollingEngine } from "./testing/polling-engine.ts";
import { runStatement, streamStatement } from "./user-query.ts";

/** What the views, the settings and the next question hang on: looked at after every statement. */
const STATE = `select
  (select count(*)::varchar || ':' || coalesce(sum(hash(receipt))::varchar, '') from receipt),
  (select string_agg(view_name || '=' || sql, ';' order by view_name) from duckdb_views() where not internal),
  (select string_agg(table_name || ':' || estimated_size, ';' order by table_name) from duckdb_tables()),
  (select string_agg(name || '=' || coalesce(value, ''), ';' order by name) from duckdb_settings()),
  (select coalesce(string_agg(name, ';'), '') from duckdb_variables())`;

/** What else a statement could leave behind: looked at after all of them. */
const TRACES = `select
  (select count(*)::varchar from duckdb_logs),
  (select string_agg(database_name, ';' order by database_name) from duckdb_databases()),
  (select string_agg(extension_name || loaded, ';' order by extension_name) from duckdb_extensions()),
  (select string_agg(function_name, ';' order by function_name) from duckdb_functions() where not internal),
  (select count(*)::varchar from duckdb_secrets())`;

/** Statements of somebody who means harm; each is refused. */
const REFUSED = [
  "drop table receipt",
  "; drop table receipt",
  "select 1; drop table receipt",
  "select 1;; drop table receipt;",
  "select 1) ; drop table receipt; --",
  "select 1) ; drop table receipt; select * from (select 2",
  "1) union all select 1 --",
  "select 1) as t; delete from receipt; select * from (select 1",
  "select 1 /*",
  "select 1 */",
  "/* /* */ select 1",
  "select 'abc",
  'select "abc',
  "select $tag$ abc",
  "select $$ ; drop table receipt",
  "select $a$ $b$ ; $a$; drop table receipt",
  "select E'\\'; drop table receipt; --",
  "--\ndrop table receipt",
  "/* select 1 */ drop table receipt",
  "/*/* x */*/ delete from receipt",
  "\u00a0drop\u00a0table\u00a0receipt",
  "\u200bdrop table receipt",
  "\ufeffdrop table receipt",
  "ｄｒｏｐ table receipt",
  "insert into receipt select * from receipt",
  "with x as (select 1) insert into delegation select '', '', ''",
  "with x as (delete from receipt returning *) select * from x",
  "with x as (insert into delegation values ('a', 'b', 'c') returning *) select * from x",
  "with x as materialized (update receipt set id = '' returning *) from x",
  "select * from (delete from receipt returning *)",
  "from (drop table receipt)",
  "(drop table receipt)",
  "update receipt set reason = ''",
  "delete from receipt",
  "truncate receipt",
  "merge into receipt using receipt as other on false when not matched then insert",
  "create table t as select 1",
  "create temp table t as select 1",
  "create or replace view receipts as select 1",
  "create temp macro words(x) as x",
  "create macro passes(a, b, c) as true",
  "create type mood as enum ('a')",
  "create sequence s",
  "create schema s",
  "alter table receipt drop column id",
  "comment on table receipt is 'x'",
  "select 1 into t",
  "select * into t from receipt",
  "set memory_limit = '1GB'",
  "set variable filter = {'from': 1}",
  "reset memory_limit",
  "set enable_external_access = true",
  "set lock_configuration = false",
  "pragma disable_optimizer",
  "pragma enable_profiling",
  "pragma version",
  "call enable_logging()",
  "checkpoint",
  "force checkpoint",
  "vacuum",
  "analyze",
  "copy receipt to 'x.csv'",
  "copy (select 1) to '/dev/stdout'",
  "copy receipt from 'x.csv'",
  "export database 'x'",
  "import database 'x'",
  "attach ':memory:' as other",
  "attach 'https://example.com/x.db'",
  "detach memory",
  "use memory.main",
  "install json",
  "install httpfs from 'https://example.com'",
  "load json",
  "load '/lib/x86_64-linux-gnu/libc.so.6'",
  "begin",
  "commit",
  "rollback; delete from receipt",
  "abort",
  "prepare p as delete from receipt",
  "execute p",
  "deallocate p",
  "explain delete from receipt",
  "explain analyze delete from receipt",
  "explain analyze select 1; drop table receipt",
  "explain analyze analyze",
  "describe delete from receipt",
  "summarize delete from receipt",
  "pivot receipt on decision using count(*)",
  "select * from query('select 1')",
  "select * from query('drop table ' || 'receipt')",
  "from Query /* here */ ('select 1')",
  "from \"query\"('select 1')",
  "select * from enable_logging()",
  "from enable_logging('QueryLog')",
  'from "ENABLE_LOGGING"()',
  "from truncate_duckdb_logs()",
  "from disable_logging()",
  "select write_log('x')",
  "select 'x'.write_log()",
  "from checkpoint()",
  "from force_checkpoint()",
  "from arrow_scan(1, 2, 3)",
  "from seq_scan()",
  "select setseed(0.5)",
  "select nextval('s')",
  "from glob('*')",
  "from glob('/**')",
  "from read_text('/etc/passwd')",
  "from read_blob('/etc/passwd')",
  "from read_csv('/etc/passwd')",
  "from read_csv_auto('https://example.com/x.csv')",
  "from sniff_csv('/etc/passwd')",
  "from '/etc/passwd'",
  "from 'https://example.com/x.parquet'",
  "from 'opfs://x.csv'",
  "from read_parquet('x')",
  "from read_json('x')",
  "from parquet_scan('x')",
  "select getenv('HOME')",
  "from which_secret('x', 'y')",
  "from postgres_scan('', '', '')",
  "from sqlite_scan('x', 'y')",
  "select * from nowhere",
  "select repeat('x', 10000000000)",
  "select 9223372036854775807 + 1",
  "select cast('x' as integer)",
  "select error('a <script>')",
  "select $1",
  "select ?",
  "select :name",
  "",
  "  -- nothing\n",
  ";;;",
];

/** Odd statements that are questions all the same, and change nothing either. */
const ANSWERED = [
  "select 1 --",
  "select 1 -- ) from receipt",
  "select 1 /* ) ; drop table receipt */",
  "select ';' as semicolon, '--' as dashes, $$ ; drop table receipt $$ as dollars",
  "select 1;",
  "select 1 ; -- done",
  "from receipt",
  "table receipt",
  "values (1, 'a'), (2, 'b')",
  "show tables",
  "show all tables",
  "describe receipts",
  "describe select 1",
  "summarize select 1 as x",
  "explain select 1",
  "explain analyze select count(*) from receipts",
  "with recursive t(n) as (select 1 union all select n + 1 from t where n < 100) select max(n) from t",
  'select 1 as "a""b; drop table receipt", 2 as "a""b; drop table receipt"',
  "select getvariable('filter')",
  "select current_setting('memory_limit')",
  "select count(*) from duckdb_settings()",
  "select * from duckdb_secrets()",
  "select current_query()",
  "pivot receipt on decision in ('allow', 'deny') using count(*)",
  "select column_name from information_schema.columns limit 5",
  "select 1) union all (select 2",
];

describe("a person's statement", () => {
  let engine: Engine;
  let database: Database;
  let state: Connection;
  let before: readonly unknown[];
  let traces: readonly unknown[];

  beforeAll(async () => {
    engine = await pollingEngine();
    database = await Database.lay(engine);
    state = await engine.connect();
    await state.query(
      `insert into receipt by name select range::integer as row, 'f' as file, range::ubigint as seq,
         (1700000000 + range)::ubigint as timestamp, 'id-' || range as id,
         case when range % 3 = 0 then 'deny' else 'allow' end as decision,
         * from (select '' as form, '' as kernel_key, '' as capability_id, '' as agent, '' as service,
           '' as tool_server, '' as tool_name, '' as guard, '' as reason, '' as trust_level,
           '' as tenant_id, '' as policy_hash, '' as reason_pattern, '' as scope, '' as topic,
           '' as message_key, '' as consumer_group, '' as cost_currency, '' as guards), range(300)`.replace(
        "* from (select",
        "columns(* exclude (range)) from (select",
      ),
    );
    await state.query(
      "insert into receipt_status by name select row, 'verified' as integrity, '' as inclusion, true as speaks from receipt",
    );
    before = await stateOf(state);
    traces = await stateOf(state, TRACES);
  });

  it.each(REFUSED)("is refused, and nothing is changed: %s", async (text) => {
    const outcome = await run(database, text);
    expect(outcome.kind).toBe("problem");
    if (outcome.kind === "problem") {
      expect(outcome.problem.message).not.toBe("");
      expect(outcome.problem.code).not.toBe("engine-restarted");
    }
    expect(await stateOf(state)).toEqual(before);
  });

  it.each(ANSWERED)("is answered, and nothing is changed: %s", async (text) => {
    const outcome = await run(database, text);
    expect(outcome).toMatchObject({ kind: "result" });
    expect(await stateOf(state)).toEqual(before);
  });

  it("leaves the next question its answer", async () => {
    for (const text of ["set variable filter = null", "select setseed(1)", "begin", "rollback"]) {
      await run(database, text);
    }
    expect(
      await rowsOf(database, "select count(*) as n, min(timestamp) as t from receipts"),
    ).toEqual([["300", "1700000000"]]);
  });

  it("leaves no trace: no log, database, extension, macro or secret", async () => {
    expect(await stateOf(state, TRACES)).toEqual(traces);
  });

  it("knows every function of the engine that stands where a table does", async () => {
    const found = await rowsOf(
      database,
      "select distinct function_name from duckdb_functions() where function_type in ('table', 'table_macro') order by 1",
    );
    // A new version of the engine with a new one: decide whether it is one of REFUSED_FUNCTIONS.
    expect(found.map(([name]) => name).join(" ")).toMatchInlineSnapshot(
      `"arrow_scan arrow_scan_dumb checkpoint disable_logging duckdb_approx_database_count duckdb_columns duckdb_connection_count duckdb_constraints duckdb_databases duckdb_dependencies duckdb_extensions duckdb_external_file_cache duckdb_functions duckdb_indexes duckdb_keywords duckdb_log_contexts duckdb_logs duckdb_logs_parsed duckdb_memory duckdb_optimizers duckdb_prepared_statements duckdb_schemas duckdb_secret_types duckdb_secrets duckdb_sequences duckdb_settings duckdb_table_sample duckdb_tables duckdb_temporary_files duckdb_types duckdb_variables duckdb_views enable_logging force_checkpoint generate_series glob histogram histogram_values pragma_collations pragma_database_size pragma_metadata_info pragma_platform pragma_show pragma_storage_info pragma_table_info pragma_user_agent pragma_version query query_table range read_blob read_csv read_csv_auto read_text repeat repeat_row seq_scan sniff_csv summary test_all_types test_vector_types truncate_duckdb_logs unnest which_secret"`,
    );
  });

  it("keeps the first rows and says that there are more", async () => {
    const outcome = await runStatement(database, "from range(10000)", {
      signal: new AbortController().signal,
      now: () => 0,
      mostRows: 5_000,
    });
    expect(outcome).toMatchObject({ kind: "result", result: { rows: 5_000, more: true } });
  });

  it("comes with exact values, whatever its columns are named", async () => {
    const text = `select 18446744073709551615::ubigint as n, (-9223372036854775807 - 1)::bigint as m, true as b,
      1.10::decimal(9, 2) as d, 170141183460469231731687303715884105727::hugeint as h,
      timestamp '2026-04-15 16:06:01.5' as t, date '1969-12-31' as e, null as x, [1, 2] as l,
      {'a': 'b'} as s, 'é' as "c0", 0.1::float as f, 'ab'::blob as o, interval 90 minute as i`;
    expect(await rowsOf(database, text)).toEqual([
      [
        "18446744073709551615",
        "-9223372036854775808",
        "true",
        "1.10",
        "170141183460469231731687303715884105727",
        "2026-04-15 16:06:01.5",
        "1969-12-31",
        null,
        "[1, 2]",
        "{'a': b}",
        "é",
        "0.10000000149011612",
        "ab",
        "01:30:00",
      ],
    ]);
  });

  it("keeps the order that it asked for", async () => {
    const rows = await rowsOf(database, "select range as n from range(5000) order by n desc");
    expect(rows.slice(0, 2)).toEqual([["4999"], ["4998"]]);
  });

  it.each([
    ["select colum from receipts", "unknown-name", "colum"],
    ["select *\nfrom receipts\nwhere agentt = 'x'", "unknown-name", "agentt"],
    ["explain\n  select nosuch(1)", "unknown-name", "nosuch"],
    ["select 1 from from", "syntax", "from"],
    ["select 1;\nselect 2", "several-statements", ";"],
    ["  drop table receipt", "not-a-question", "drop"],
    ["select 1,\n  enable_logging()", "function-refused", "enable_logging"],
    [
      `select ${"1 + ".repeat(60)}missing + ${"1 + ".repeat(60)} 1 from receipts`,
      "unknown-name",
      "missing",
    ],
  ])("points at the place: %s", async (text, code, word) => {
    const outcome = await run(database, text);
    expect(outcome).toMatchObject({ kind: "problem", problem: { code } });
    if (outcome.kind === "problem") {
      expect(text.slice(outcome.problem.at ?? text.length)).toMatch(
        new RegExp(`^${word.replace(/[*;]/, "\\$&")}`),
      );
    }
  });

  it.each([
    ["select json_extract('{}', '$.a')", "needs-extension", /no JSON functions/],
    ["select date_trunc('day', now())", "needs-extension", /no time zone library/],
    ["from 'x.csv'", "off-limits", /Files and the network are closed/],
    ["pivot receipt on decision using count(*)", "several-statements", /PIVOT needs its values/],
    [
      "select repeat('x', 100000) || range as t from range(100000) order by t",
      "memory",
      /fewer rows/,
    ],
  ])("says what to do: %s", async (text, code, hint) => {
    const outcome = await run(database, text);
    expect(outcome).toMatchObject({ kind: "problem", problem: { code } });
    expect(outcome.kind === "problem" && outcome.problem.hint).toMatch(hint);
    expect(await stateOf(state)).toEqual(before);
  });

  it.each([
    "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t",
    "select count(*) from range(1000000) a, range(1000000) b where (a.range * b.range) % 7 = 3",
  ])("stops when it is told to: %s", async (text) => {
    const stop = new AbortController();
    const running = runStatement(database, text, {
      signal: stop.signal,
      now: () => performance.now(),
    });
    await new Promise((resolve) => setTimeout(resolve, 250));
    stop.abort();
    const stopped = performance.now();
    const outcome = await running;
    expect(outcome).toMatchObject({ kind: "problem", problem: { code: "stopped" } });
    // Not a figure: that it ended by itself would take hours.
    expect(performance.now() - stopped).toBeLessThan(10_000);
    expect(await stateOf(state)).toEqual(before);
  });

  it.each(["begin", "select * from (", "describe", "select #1"])(
    "stops without its engine's end when it is told to during: %s",
    async (step) => {
      const stop = new AbortController();
      let steps = 0;
      const during = async <T>(text: string, started: Promise<T>): Promise<T> => {
        if (text.startsWith(step)) {
          steps += 1;
          stop.abort();
        }
        return started;
      };
      const engineOfItsOwn = await pollingEngine();
      const lent = await Database.lay({
        ...engineOfItsOwn,
        connect: async () => {
          const inner = await engineOfItsOwn.connect();
          return {
            ...inner,
            query: (text) => during(text, inner.query(text)),
            send: (text, streaming) => during(text, inner.send(text, streaming)),
            prepare: (text) => during(text, inner.prepare(text)),
          };
        },
      });
      const outcome = await runStatement(
        lent,
        "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t",
        { signal: stop.signal, now: () => 0 },
      );
      expect(steps).toBe(1);
      expect(outcome).toMatchObject({ problem: { code: "stopped", message: "Stopped." } });
      expect(await rowsOf(lent, "select 7")).toEqual([["7"]]);
    },
  );

  it("hands over every row when it is asked for all", async () => {
    let rows = 0;
    const problem = await streamStatement(
      database,
      "from range(250000)",
      new AbortController().signal,
      (columns) => expect(columns).toEqual([{ name: "range", type: "BIGINT", kind: "integer" }]),
      (chunk) => {
        rows += chunk.rows;
      },
    );
    expect(problem).toBeNull();
    expect(rows).toBe(250_000);
  });
});

function run(database: Database, text: string): Promise<StatementOutcome> {
  return runStatement(database, text, { signal: new AbortController().signal, now: () => 0 });
}

async function rowsOf(
  database: Database,
  text: string,
): Promise<readonly (readonly (string | null)[])[]> {
  const outcome = await run(database, text);
  if (outcome.kind === "problem") {
    throw new Error(outcome.problem.message);
  }
  const { columns, chunks } = outcome.result;
  return chunks.flatMap((chunk) =>
    Array.from({ length: chunk.rows }, (_, row) =>
      columns.map(({ kind }, at) => {
        const part = chunk.columns[at];
        return part === undefined ? null : cellText(part, kind, row);
      }),
    ),
  );
}

async function stateOf(connection: Connection, text = STATE): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const batch of await connection.send(text)) {
    for (const column of batch.data.children.keys()) {
      found.push(batch.getChildAt(column)?.get(0));
    }
  }
  return found;
}
