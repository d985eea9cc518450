import type { StatementProblem } from "./model.ts";
import { scan, type Token } from "./scan.ts";

/** Characters of a statement; more is a file that was pasted by mistake. */
export const MOST_CHARACTERS = 1_000_000;

/** What is run: always inside a sub-query, so that only a question can stand there. */
export interface Statement {
  readonly kind: "query" | "explain" | "explain-analyze";
  /** The part of the text that is wrapped, without a semicolon at its end. */
  readonly text: string;
  /** Where that part begins in the text as it was written. */
  readonly start: number;
}

export type ReadStatement =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly problem: StatementProblem };

/** First words of statements that change something, for a sentence that says so. */
const CHANGES = new Set(
  "alter analyze attach begin call checkpoint comment commit copy create deallocate delete detach drop execute export force grant import insert install kill load merge pragma prepare reset revoke rollback set start truncate update upsert use vacuum abort end".split(
    " ",
  ),
);

/**
 * Functions that do something besides answering: they write logs or checkpoints, take addresses in memory,
 * reach for files, or run a text that nobody looked at. Names in lower case.
 */
export const REFUSED_FUNCTIONS: ReadonlySet<string> = new Set([
  "arrow_scan",
  "arrow_scan_dumb",
  "checkpoint",
  "disable_logging",
  "enable_logging",
  "force_checkpoint",
  "glob",
  "nextval",
  "query",
  "read_blob",
  "read_csv",
  "read_csv_auto",
  "read_text",
  "seq_scan",
  "setseed",
  "sniff_csv",
  "truncate_duckdb_logs",
  "which_secret",
  "write_log",
]);

/** Reads what a person wrote as one question, or says what else it is. */
export function readStatement(text: string): ReadStatement {
  if (text.length > MOST_CHARACTERS) {
    return problem(
      "too-long",
      `The statement has more than ${MOST_CHARACTERS.toLocaleString("en-US")} characters.`,
      "Shorten it.",
      null,
    );
  }
  const tokens = scan(text);
  const end = lastOfStatement(tokens);
  const first = tokens[0];
  if (first === undefined || end < 0) {
    return problem("empty", "There is no statement here.", "Choose one from the query book.", null);
  }
  const next = tokens.find(
    ({ kind, text: symbol }, at) => at < end && kind === "symbol" && symbol === ";",
  );
  if (next !== undefined) {
    return problem(
      "several-statements",
      "There is more than one statement here.",
      "Run one at a time: a tab for each, or select one of them.",
      next.at,
    );
  }
  if (first.kind === "word" && CHANGES.has(first.text)) {
    return problem(
      "not-a-question",
      `${first.text.toUpperCase()} is not a question: statements here read and change nothing.`,
      "Begin with SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN.",
      first.at,
    );
  }
  const refused = tokens.find(
    (token, at) =>
      (token.kind === "word" || token.kind === "quoted") &&
      REFUSED_FUNCTIONS.has(token.text.toLowerCase()) &&
      tokens[at + 1]?.text === "(" &&
      tokens[at + 1]?.kind === "symbol",
  );
  if (refused !== undefined) {
    return problem(
      "function-refused",
      `The function ${refused.text.toLowerCase()} does more than answer, so it is not run here.`,
      "Ask the views: receipts, denials, dead_letters, guards, edges, checkpoints, findings, files, alerts.",
      refused.at,
    );
  }
  return { ok: true, statement: wrapped(text, tokens, end) };
}

/** Index of the last token that is no semicolon; -1 where there is none. */
function lastOfStatement(tokens: readonly Token[]): number {
  let end = tokens.length - 1;
  while (end >= 0 && tokens[end]?.kind === "symbol" && tokens[end]?.text === ";") {
    end -= 1;
  }
  return end;
}

function wrapped(text: string, tokens: readonly Token[], last: number): Statement {
  const semicolon = tokens[last + 1]?.at ?? text.length;
  const explains = tokens[0]?.kind === "word" && tokens[0].text === "explain";
  const analyzes = explains && tokens[1]?.kind === "word" && tokens[1].text === "analyze";
  const start = explains ? (tokens[analyzes ? 2 : 1]?.at ?? semicolon) : 0;
  return {
    kind: analyzes ? "explain-analyze" : explains ? "explain" : "query",
    text: text.slice(start, semicolon),
    start,
  };
}

function problem(
  code: StatementProblem["code"],
  message: string,
  hint: string,
  at: number | null,
): ReadStatement {
  return { ok: false, problem: { code, message, hint, at } };
}
