import { FOUNDATION } from "@/lib/sql/statements.ts";
import type { Connection } from "./engine.ts";

/** Rows that are committed together: one of DuckDB's row groups. Smaller commits are compressed twice. */
const ROWS_OF_A_COMMIT = 122_880;

/** The one connection that writes. Every operation waits for the one before it. */
export class ReceiptWriter {
  readonly #connection: Connection;
  #queue: Promise<void> = Promise.resolve();
  #uncommitted = 0;
  #inTransaction = false;
  #committedAny = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds receipts from an Arrow stream. The first are seen at once, the others in steps. */
  insert(stream: Uint8Array, rows: number): Promise<void> {
    return this.#enqueue(async () => {
      await this.#begin();
      await this.#insert(stream, "receipt");
      this.#uncommitted += rows;
      if (!this.#committedAny || this.#uncommitted >= ROWS_OF_A_COMMIT) {
        await this.#commit();
        this.#committedAny = true;
      }
    });
  }

  /** Makes everything inserted so far visible. */
  flush(): Promise<void> {
    return this.#enqueue(() => this.#commit());
  }

  /** Replaces what every receipt amounts to; the streams follow the order of the insertions. */
  replaceStatuses(streams: readonly Uint8Array[]): Promise<void> {
    return this.#enqueue(async () => {
      await this.#begin();
      await this.#connection.query(FOUNDATION.resetStatus);
      for (const stream of streams) {
        await this.#insert(stream, "receipt_status");
      }
      await this.#commit();
    });
  }

  clear(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#commit();
      await this.#connection.query(FOUNDATION.clear);
      this.#committedAny = false;
    });
  }

  async #begin(): Promise<void> {
    if (!this.#inTransaction) {
      await this.#connection.query("begin");
      this.#inTransaction = true;
    }
  }

  async #commit(): Promise<void> {
    if (this.#inTransaction) {
      this.#inTransaction = false;
      this.#uncommitted = 0;
      await this.#connection.query("commit");
    }
  }

  #insert(stream: Uint8Array, name: string): Promise<void> {
    return this.#connection.insertArrowFromIPCStream(stream, { name, create: false });
  }

  #enqueue(operation: () => Promise<void>): Promise<void> {
    const result = this.#queue.then(operation);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
