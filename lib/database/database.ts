import type { RecordBatch } from "apache-arrow";
import {
  FOUNDATION,
  QUESTIONS,
  type QuestionName,
  SETTINGS,
  type SettingName,
} from "@/lib/sql/statements.ts";
import { NO_DENIAL_FILTER } from "./denial-parameters.ts";
import type { Connection, Engine } from "./engine.ts";
import { NO_FILTER, type Parameter } from "./filter-parameters.ts";
import { ReceiptWriter } from "./receipt-writer.ts";
import { type RawRow, rawRows } from "./row.ts";

/** Values that are bound into the connection's variables, then the question that reads them. */
export interface Question {
  readonly name: QuestionName;
  readonly settings: readonly {
    readonly name: SettingName;
    readonly parameters: readonly Parameter[];
  }[];
}

/** Readers that are kept open for the next question. */
const IDLE_READERS = 4;

/** What an engine says when its memory is no longer what it should be: it cannot be used again. */
const DEATH = /signature mismatch|unreachable|out of bounds|memory access|null function/i;

/** Milliseconds that a statement may take to end when it was stopped; then its engine is ended. */
const GRACE = 400;

/** The engine died. Whoever asked may ask again when it was opened anew. */
export class DatabaseDied extends Error {
  override readonly name = "DatabaseDied";
}

/**
 * The page's database: one writer, and as many readers as questions are asked at a time. Questions run
 * by `send`, so that they can be cancelled and do not hold each other up.
 */
export class Database {
  readonly writer: ReceiptWriter;
  readonly #engine: Engine;
  readonly #readers: Connection[] = [];
  readonly #died: Promise<never>;
  #announceDeath: (error: DatabaseDied) => void = () => undefined;
  #dead = false;

  private constructor(engine: Engine, writer: Connection) {
    this.#engine = engine;
    this.writer = new ReceiptWriter(writer, (promise) => this.#alive(promise));
    this.#died = new Promise((_, reject) => {
      this.#announceDeath = reject;
    });
    this.#died.catch(() => undefined);
  }

  /** Locks the engine down, first of all, and lays tables and views. */
  static async lay(engine: Engine): Promise<Database> {
    const writer = await engine.connect();
    await writer.query(FOUNDATION.lockDown);
    await writer.query(FOUNDATION.schema);
    await writer.query(FOUNDATION.conclusionTables);
    // A view is bound when it is made, so the variable that it reads must have its type by then.
    await writer.query(FOUNDATION.macros);
    await bind(writer, SETTINGS.setFilter, NO_FILTER);
    await writer.query(FOUNDATION.views);
    await bind(writer, SETTINGS.setDenialFilter, NO_DENIAL_FILTER);
    await writer.query(FOUNDATION.denialViews);
    return new Database(engine, writer);
  }

  /** Resolves when the engine has died; never, as long as it lives. */
  async death(): Promise<DatabaseDied> {
    try {
      return await this.#died;
    } catch (error) {
      return error instanceof DatabaseDied ? error : new DatabaseDied(String(error));
    }
  }

  /** To be called when the engine's worker is gone, which it cannot tell by itself. */
  bury(reason: string): void {
    if (!this.#dead) {
      this.#dead = true;
      this.#announceDeath(new DatabaseDied(reason));
      // Its memory is not what it should be: nothing more may come out of it.
      this.#engine.terminate().catch(() => undefined);
    }
  }

  /**
   * Asks a question and decodes its rows. Aborting the signal cancels it in the engine.
   *
   * @throws the signal's reason, the decoder's error, {@link DatabaseDied}, or the engine's error
   */
  async ask<Row>(
    question: Question,
    decode: (row: RawRow) => Row,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const rows: Row[] = [];
    await this.#run(question, signal, (batch) => {
      for (const row of rawRows(batch)) {
        rows.push(decode(row));
      }
    });
    return rows;
  }

  /** As {@link ask}, for one column of doubles and without an object for each of a million rows. */
  async askNumbers(question: Question, signal?: AbortSignal): Promise<Float64Array> {
    const parts: Float64Array[] = [];
    let length = 0;
    await this.#run(question, signal, (batch) => {
      const column: unknown = batch.getChildAt(0)?.toArray();
      if (!(column instanceof Float64Array)) {
        throw new TypeError(`${question.name} did not answer with doubles`);
      }
      parts.push(column);
      length += column.length;
    });
    const numbers = new Float64Array(length);
    let at = 0;
    for (const part of parts) {
      numbers.set(part, at);
      at += part.length;
    }
    return numbers;
  }

  /**
   * A connection of its own for a statement that a person wrote; what it changed in it goes with it.
   * Aborting the signal cancels what was sent. The engine cannot be interrupted inside one step of its
   * work, and a hostile statement can make a step of any length: then the engine itself is ended.
   *
   * @throws the signal's reason, {@link DatabaseDied}, or what `work` throws
   */
  async lend<Result>(
    work: (connection: Connection) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result> {
    signal.throwIfAborted();
    const connection = await this.#alive(this.#engine.connect());
    let grace: ReturnType<typeof setTimeout> | undefined;
    const cancel = (): void => {
      connection.cancelSent().catch(() => undefined);
      grace = setTimeout(() => this.bury("A statement could not be interrupted."), GRACE);
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return await this.#alive(work(heedful(connection, signal)));
    } finally {
      clearTimeout(grace);
      signal.removeEventListener("abort", cancel);
      this.#letGo(connection);
    }
  }

  async #run(
    question: Question,
    signal: AbortSignal | undefined,
    take: (batch: RecordBatch) => void,
  ): Promise<void> {
    signal?.throwIfAborted();
    const reader = this.#readers.pop() ?? (await this.#alive(this.#engine.connect()));
    const cancel = (): void => {
      reader.cancelSent().catch(() => undefined);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      await this.#alive(answer(reader, question, signal, take));
      await this.#giveBack(reader);
    } catch (error) {
      this.#letGo(reader);
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** What the engine does, or its death, whichever comes first. */
  async #alive<T>(promise: Promise<T>): Promise<T> {
    try {
      return await Promise.race([promise, this.#died]);
    } catch (error) {
      if (DEATH.test(String(error))) {
        this.bury(String(error));
      }
      throw error;
    }
  }

  /** Closes it without waiting; an engine that is gone hears nothing more. */
  #letGo(connection: Connection): void {
    if (!this.#dead) {
      connection.close().catch(() => undefined);
    }
  }

  async #giveBack(reader: Connection): Promise<void> {
    if (this.#readers.length < IDLE_READERS) {
      this.#readers.push(reader);
    } else {
      await reader.close();
    }
  }
}

/**
 * The connection, starting nothing once the signal was given: a cancellation ends what runs, so one that came
 * between two steps would be lost, and the next step would begin what nobody waits for.
 */
function heedful(connection: Connection, signal: AbortSignal): Connection {
  const unlessStopped = async <T>(start: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return start();
  };
  return {
    query: (text) => unlessStopped(() => connection.query(text)),
    send: (text, streaming) => unlessStopped(() => connection.send(text, streaming)),
    cancelSent: () => connection.cancelSent(),
    prepare: (text) => unlessStopped(() => connection.prepare(text)),
    insertArrowFromIPCStream: (stream, options) =>
      unlessStopped(() => connection.insertArrowFromIPCStream(stream, options)),
    close: () => connection.close(),
  };
}

async function answer(
  reader: Connection,
  question: Question,
  signal: AbortSignal | undefined,
  take: (batch: RecordBatch) => void,
): Promise<void> {
  for (const { name, parameters } of question.settings) {
    await bind(reader, SETTINGS[name], parameters);
  }
  signal?.throwIfAborted();
  for await (const batch of await reader.send(QUESTIONS[question.name])) {
    signal?.throwIfAborted();
    take(batch);
  }
}

async function bind(
  connection: Connection,
  text: string,
  parameters: readonly Parameter[],
): Promise<void> {
  const statement = await connection.prepare(text);
  try {
    await statement.query(...parameters);
  } finally {
    await statement.close();
  }
}
