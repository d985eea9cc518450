import type { JudgedFamily } from "./action.ts";

/** Families that are recognised by the tool's name alone. Those with nothing to judge never are malformed. */
export type ToolFamily = JudgedFamily | "file-system" | "memory-write" | "memory-read";

const NAMES: readonly (readonly [ToolFamily, string])[] = [
  ["file-read", "read_file read file_read get_file cat"],
  ["file-write", "write_file write file_write create_file put_file edit_file edit"],
  ["file-system", "filesystem fs file"],
  ["patch", "apply_patch patch apply_diff"],
  ["shell", "bash shell run_command exec execute run shell_exec terminal"],
  ["egress", "http_request fetch curl http request web_request"],
  [
    "code",
    "python python_exec run_python eval evaluate code_exec exec_code run_code notebook notebook_cell repl jupyter ipython",
  ],
  [
    "browser",
    "browser browser_action browser_navigate navigate goto click type screenshot browser_click browser_type browser_screenshot playwright puppeteer selenium",
  ],
  [
    "database",
    "sql query db_query database execute_sql run_sql postgres mysql sqlite snowflake bigquery redshift mongo mongodb redis",
  ],
  [
    "memory-write",
    "memory_write remember store_memory vector_upsert vector_write upsert pinecone_upsert weaviate_write qdrant_upsert",
  ],
  [
    "memory-read",
    "memory_read recall retrieve_memory vector_query vector_search similarity_search pinecone_query weaviate_search qdrant_search",
  ],
];

/** The table of kernel semantics 2.1: a Map, so that a tool named `constructor` finds nothing. */
export const FAMILY_OF_TOOL: ReadonlyMap<string, ToolFamily> = new Map(
  NAMES.flatMap(([family, names]) => names.split(" ").map((name) => [name, family] as const)),
);

/** A tool whose name begins with one of these calls somebody's service. */
export const EXTERNAL_API_PREFIXES: readonly string[] =
  "slack_ stripe_ github_ gitlab_ jira_ twilio_ sendgrid_ pagerduty_ opsgenie_ zendesk_ salesforce_ hubspot_ notion_ linear_ intercom_".split(
    " ",
  );

/** What the generic file tool does when it does not only read. Upstream knows the first three. */
export const WRITING_ACTIONS: ReadonlySet<string> = new Set(
  "write create append edit update patch truncate delete remove unlink rename move copy mkdir rmdir chmod chown link symlink".split(
    " ",
  ),
);
