// node scripts/sql-doc.mjs: writes docs/sql.md from lib/workbench: the views, their columns, the query book.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { root } from "./setup.mjs";

const HEAD = `# SQL

Generated from \`lib/workbench/view-docs*.ts\` and \`recipes*.ts\` by \`node scripts/sql-doc.mjs\`; tests hold it to the code, and the
code to the engine. The names and types of the columns are an interface: columns are added, not changed.

A statement is one question: \`SELECT\`, \`WITH\`, \`FROM\`, \`VALUES\`, \`DESCRIBE\`, \`SHOW\`, \`SUMMARIZE\` or \`EXPLAIN [ANALYZE]\`. It runs
as the inside of a sub-query, in a read-only transaction, in an engine (DuckDB) whose files, network, extensions and settings are
closed. It can read the views, the tables beneath them, and what the engine says of itself (\`duckdb_settings()\`,
\`duckdb_functions()\`, \`information_schema\`): all of it is in this page's memory. Functions that do more than answer are refused by
name: they write logs or checkpoints, take addresses in memory, open files, or run a text that nobody looked at.

- Times are whole seconds since 1970 in UTC, as the records state them. \`to_timestamp(timestamp)::timestamp\` can be read,
  \`timestamp - timestamp % 3600\` is the hour. Cast to \`bigint\` before subtracting: unsigned numbers do not go below zero.
- There are no JSON, Parquet and time zone functions: those are extensions, and nothing is fetched. \`PIVOT\` needs its values named
  (\`ON decision IN ('allow', 'deny')\`).
- A text that a record does not have is \`''\`, a number that it does not have is null.
- The first 100,000 rows are shown; an export asks again and writes all of them.
- Stop ends a statement between two steps of the engine's work, about every tenth of a second. One whose single step takes longer is
  ended with its engine after 0.4 s more; the engine is opened again and filled from the held files, and the page says so.

## Exports

| Type | CSV | NDJSON | Arrow | Parquet |
|---|---|---|---|---|
| \`BOOLEAN\` | true, false | boolean | Bool | BOOLEAN |
| \`TINYINT\` to \`UBIGINT\` | digits | number, all digits | the same width and sign | INT32 or INT64 with width and sign |
| \`HUGEINT\`, \`UHUGEINT\` | digits | number, all digits | Utf8 | text |
| \`DECIMAL(p,s)\` | digits | number, all digits | Utf8 | DECIMAL up to 18 digits, else text |
| \`FLOAT\`, \`DOUBLE\` | shortest that reads back | the same; NaN and infinities as text | Float64 | DOUBLE |
| \`DATE\` | YYYY-MM-DD | text | Date32 | DATE |
| \`TIMESTAMP\` | YYYY-MM-DD hh:mm:ss[.ffffff] | text | Timestamp, microseconds, no zone | TIMESTAMP_MICROS |
| everything else | the engine's text of it | the same | Utf8 | text |

Null is an empty field in CSV, where an empty text is \`""\`. CSV is RFC 4180 with CRLF and changes no value: a text that a spreadsheet
would take for a formula stands as it is, so open it there as text. Columns of one name get a number behind it.

## Views
`;

/** The page as text. */
export function renderSql(views, book) {
  const lines = [HEAD];
  for (const { name, meaning, columns } of views) {
    lines.push(`### ${name}`, "", meaning, "", "| Column | Type | Meaning |", "|---|---|---|");
    for (const column of columns) {
      lines.push(`| \`${column.name}\` | ${column.type} | ${column.meaning} |`);
    }
    lines.push("");
  }
  lines.push("## Query book");
  for (const { title, recipes } of book) {
    lines.push("", `### ${title}`);
    for (const recipe of recipes) {
      lines.push(
        "",
        `**${recipe.title}.** ${recipe.note}.`,
        "",
        "```sql",
        recipe.sql.trim(),
        "```",
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

if (process.argv[1] === join(root, "scripts/sql-doc.mjs")) {
  const load = async (path, name) => import(pathToFileURL(await bundle(path, name)).href);
  const { VIEW_DOCS } = await load("lib/workbench/view-docs.ts", "view-docs");
  const { QUERY_BOOK } = await load("lib/workbench/recipes.ts", "recipes");
  writeFileSync(join(root, "docs/sql.md"), renderSql(VIEW_DOCS, QUERY_BOOK));
}
