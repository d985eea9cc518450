import { type DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from "@duckdb/node-api";
import { RecordBatchReader } from "apache-arrow";
import type { Page } from "playwright";
import { NO_DENIAL_FILTER } from "@/lib/database/denial-parameters.ts";
import { NO_FILTER, type Parameter } from "@/lib/database/filter-parameters.ts";
import { FOUNDATION, SETTINGS } from "@/lib/sql/statements.ts";
import type { BoundQuestion } from "./denials-page.ts";

/** What the views of denials read. */
const TABLES = ["receipt", "receipt_status", "dead_letter", "dead_letter_status"] as const;
/** Rows of one of the native engine's chunks. */
const CHUNK = 2048;

/** The page's tables in the native engine, in memory: the same rows, schema, index, and texts of questions. */
export class NativeDenials {
  readonly #connection: DuckDBConnection;

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  static async copyOf(page: Page): Promise<NativeDenials> {
    const instance = await DuckDBInstance.create(":memory:");
    const native = new NativeDenials(await instance.connect());
    await native.#run(FOUNDATION.schema);
    await native.#run(FOUNDATION.conclusionTables);
    await native.#run(FOUNDATION.macros);
    await native.#bind(SETTINGS.setFilter, NO_FILTER);
    await native.#run(FOUNDATION.views);
    await native.#bind(SETTINGS.setDenialFilter, NO_DENIAL_FILTER);
    await native.#run(FOUNDATION.denialViews);
    for (const table of TABLES) {
      await native.#copy(page, table);
    }
    await native.#run(FOUNDATION.indexDenials);
    return native;
  }

  /** @param threads of the engine; null for as many as it takes by itself */
  async setThreads(threads: number | null): Promise<void> {
    await this.#run(threads === null ? "reset threads" : `set threads = ${threads}`);
  }

  /** Milliseconds of each asking after a first one that is not counted. */
  async ask({ settings, text }: BoundQuestion, times: number): Promise<readonly number[]> {
    const taken: number[] = [];
    for (let time = 0; time <= times; time += 1) {
      const started = performance.now();
      for (const { text: setting, parameters } of settings) {
        await this.#bind(setting, parameters);
      }
      const reader = await this.#connection.runAndReadAll(text);
      taken.push(reader.currentRowCount < 0 ? Number.NaN : performance.now() - started);
    }
    return taken.slice(1);
  }

  close(): void {
    this.#connection.closeSync();
  }

  async #run(text: string): Promise<void> {
    await this.#connection.run(text);
  }

  async #bind(text: string, parameters: readonly Parameter[]): Promise<void> {
    const statement = await this.#connection.prepare(text);
    statement.bind([...parameters]);
    await statement.run();
  }

  /** A whole table of the page, a file's worth of Arrow, into the native engine's table of that name. */
  async #copy(page: Page, table: string): Promise<void> {
    const appender = await this.#connection.createAppender(table);
    const types = Array.from({ length: appender.columnCount }, (_, at) => appender.columnType(at));
    for await (const batch of await RecordBatchReader.from(await tableOf(page, table))) {
      for (let from = 0; from < batch.numRows; from += CHUNK) {
        const rows = Math.min(CHUNK, batch.numRows - from);
        const chunk = DuckDBDataChunk.create(types, rows);
        for (let column = 0; column < types.length; column += 1) {
          const vector = batch.getChildAt(column);
          chunk.setColumnValues(
            column,
            Array.from({ length: rows }, (_, at) => vector?.get(from + at) ?? null),
          );
        }
        appender.appendDataChunk(chunk);
      }
    }
    appender.closeSync();
  }
}

/** The page's database hands the table over in parts, which leave the page as a downloaded file. */
async function tableOf(page: Page, table: string): Promise<NodeJS.ReadableStream> {
  const downloading = page.waitForEvent("download", { timeout: 10 * 60_000 });
  await page.evaluate(async (text) => {
    const worker = window.chioBenchProbe.threads.findLast(({ name }) =>
      name.includes("duckdb"),
    )?.worker;
    let number = 2 ** 28 + Math.floor(performance.now() * 100);
    const request = (type: string, data: unknown): Promise<unknown> => {
      number += 1;
      const messageId = number;
      return new Promise((resolve, reject) => {
        const listen = ({ data: answer }: MessageEvent): void => {
          if (answer.requestId === messageId) {
            worker?.removeEventListener("message", listen);
            if (answer.type === "ERROR") reject(new Error(answer.data.message));
            else resolve(answer.data);
          }
        };
        worker?.addEventListener("message", listen);
        worker?.postMessage({ messageId, type, data });
      });
    };
    const connection = await request("CONNECT", null);
    const parts: Blob[] = [];
    let last = await request("START_PENDING_QUERY", [connection, text, true]);
    while (!(last instanceof Uint8Array)) {
      last = await request("POLL_PENDING_QUERY", connection);
    }
    while (last instanceof Uint8Array && last.length !== 0) {
      // As blobs, which the browser may put aside.
      parts.push(new Blob([Uint8Array.from(last)]));
      do {
        last = await request("FETCH_QUERY_RESULTS", connection);
      } while (!(last instanceof Uint8Array));
    }
    await request("DISCONNECT", connection);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts));
    link.download = "table.arrow";
    link.click();
  }, `select * from ${table}`);
  const download = await downloading;
  return download.createReadStream();
}
