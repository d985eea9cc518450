import { engineProblem } from "@/lib/workbench/engine-problem.ts";
import {
  MOST_ROWS,
  type ResultChunk,
  type ResultColumn,
  type StatementOutcome,
  type StatementProblem,
} from "@/lib/workbench/model.ts";
import { readStatement, type Statement } from "@/lib/workbench/statement.ts";
import { type Database, DatabaseDied } from "./database.ts";
import type { Connection } from "./engine.ts";
import { rawRows, text } from "./row.ts";
import { carried, chunkOf } from "./user-chunk.ts";

/** Columns of a result: beyond these nobody reads, and the page would stand still. */
const MOST_COLUMNS = 1_000;

/** A statement that gave no result, with the reason for people. */
class StatementRefused extends Error {
  override readonly name = "StatementRefused";
  readonly problem: StatementProblem;

  constructor(problem: StatementProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

interface RunSettings {
  readonly signal: AbortSignal;
  /** Milliseconds of any clock that goes forward. */
  readonly now: () => number;
  /** Rows that are kept; {@link MOST_ROWS} where nothing is said. */
  readonly mostRows?: number;
}

/**
 * Runs what a person wrote so that it can change nothing, in four layers: a first look that refuses by name
 * what is no question (lib/workbench/statement.ts); the engine's parser, which must find exactly one
 * statement where the text is the inside of a sub-query, and there no other statement can stand; a read-only
 * transaction on a connection of its own; and the lock-down, which closed files, network and settings for
 * good. It keeps the first rows and never throws: what went wrong is an outcome.
 */
export async function runStatement(
  database: Database,
  written: string,
  { signal, now, mostRows = MOST_ROWS }: RunSettings,
): Promise<StatementOutcome> {
  const began = now();
  const chunks: ResultChunk[] = [];
  let rows = 0;
  let plan = false;
  try {
    const columns = await withStatement(
      database,
      written,
      signal,
      async (connection, statement) => {
        plan = statement.kind !== "query";
        const found = await columnsOf(connection, statement);
        // One row more than is kept tells whether there are more.
        const batches = await connection.send(finalText(statement, found, mostRows + 1));
        for await (const batch of batches) {
          signal.throwIfAborted();
          const chunk = chunkOf(batch);
          if (chunk.rows > 0) {
            chunks.push(chunk);
            rows += chunk.rows;
          }
        }
        return found;
      },
    );
    const more = rows > mostRows;
    const milliseconds = now() - began;
    const result = { columns, chunks, rows: Math.min(rows, mostRows), more, plan, milliseconds };
    return { kind: "result", result };
  } catch (error) {
    return { kind: "problem", problem: problemOf(error, signal), milliseconds: now() - began };
  }
}

/**
 * Runs a statement again for all of its rows, handing them over as they come.
 *
 * @returns the reason where it did not come to its end
 */
export async function streamStatement(
  database: Database,
  written: string,
  signal: AbortSignal,
  begin: (columns: readonly ResultColumn[]) => void,
  take: (chunk: ResultChunk) => void | Promise<void>,
): Promise<StatementProblem | null> {
  try {
    await withStatement(database, written, signal, async (connection, statement) => {
      const columns = await columnsOf(connection, statement);
      begin(columns);
      const batches = await connection.send(finalText(statement, columns, null), true);
      for await (const batch of batches) {
        signal.throwIfAborted();
        await take(chunkOf(batch));
      }
    });
    return null;
  } catch (error) {
    return problemOf(error, signal);
  }
}

async function withStatement<Result>(
  database: Database,
  written: string,
  signal: AbortSignal,
  work: (connection: Connection, statement: Statement) => Promise<Result>,
): Promise<Result> {
  const read = readStatement(written);
  if (!read.ok) {
    throw new StatementRefused(read.problem);
  }
  const { statement } = read;
  return database.lend(async (connection) => {
    try {
      await connection.query("begin transaction read only");
      const prepared = await connection.prepare(wrappedText(statement));
      await prepared.close();
      return await work(connection, statement);
    } catch (error) {
      if (error instanceof StatementRefused || error instanceof DatabaseDied || signal.aborted) {
        throw error;
      }
      // A death shows in the engine's message, which the database has to see as it is.
      if (error instanceof WebAssembly.RuntimeError || /^RuntimeError/.test(String(error))) {
        throw error;
      }
      throw new StatementRefused(engineProblem(messageOf(error), statement));
    }
  }, signal);
}

/** The text stands on lines of its own: a comment at its end cannot swallow what follows. */
function wrappedText({ kind, text: inside }: Statement): string {
  const question = `select * from (\n${inside}\n)`;
  switch (kind) {
    case "query":
      return question;
    case "explain":
      return `explain ${question}`;
    case "explain-analyze":
      return `explain analyze ${question}`;
  }
}

/** Columns by their place, under names of our own: what a person names them is never part of a text. */
function finalText(
  statement: Statement,
  columns: readonly ResultColumn[],
  limit: number | null,
): string {
  if (statement.kind !== "query") {
    return wrappedText(statement);
  }
  const list = columns
    .map(({ type }, at) => `#${at + 1}${carried(type).cast} as c${at}`)
    .join(", ");
  const end = limit === null ? "" : ` limit ${limit}`;
  return `select ${list} from (\n${statement.text}\n)${end}`;
}

async function columnsOf(
  connection: Connection,
  statement: Statement,
): Promise<readonly ResultColumn[]> {
  if (statement.kind !== "query") {
    return ["plan", "text"].map((name) => ({ name, type: "VARCHAR", kind: "text" }));
  }
  const columns: ResultColumn[] = [];
  for await (const batch of await connection.send(`describe ${wrappedText(statement)}`)) {
    for (const row of rawRows(batch)) {
      const type = text(row, "column_type");
      columns.push({ name: text(row, "column_name"), type, kind: carried(type).kind });
    }
  }
  if (columns.length > MOST_COLUMNS) {
    throw new StatementRefused({
      code: "too-wide",
      message: `The result would have ${columns.length.toLocaleString("en-US")} columns.`,
      hint: `Name at most ${MOST_COLUMNS.toLocaleString("en-US")} of them.`,
      at: null,
    });
  }
  return columns;
}

function problemOf(error: unknown, signal: AbortSignal): StatementProblem {
  if (error instanceof StatementRefused) {
    return error.problem;
  }
  const died = error instanceof DatabaseDied || /RuntimeError/.test(String(error));
  if (signal.aborted) {
    return {
      code: "stopped",
      message: died
        ? "Stopped. The statement could not be interrupted, so its engine was ended."
        : "Stopped.",
      hint: died ? "The engine is opened again and the files are read once more." : "",
      at: null,
    };
  }
  if (died) {
    return {
      code: "engine-restarted",
      message: "The statement was more than the engine could bear.",
      hint: "It is opened again and the files are read once more. Ask for less, then run again.",
      at: null,
    };
  }
  return { code: "engine", message: messageOf(error), hint: "", at: null };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
