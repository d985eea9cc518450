import { FOUNDATION } from "@/lib/sql/statements.ts";
import type { Connection } from "./engine.ts";
import { CONCLUSION_TABLES, type ConclusionStreams, type UnitStreams } from "./streams.ts";

/** Rows that are committed together: one of DuckDB's row groups. Smaller commits are compressed twice. */
const ROWS_OF_A_COMMIT = 122_880;
/** Until then a commit may add this many times what is seen already, so that the first rows come soon. */
const GROWTH_OF_A_COMMIT = 8;
/**
 * Octets that a row may take in the engine: 625 were measured for receipts and 450 for a storm with its dead
 * letters, each about a million, the index of denials takes up to 60 while it is made, and texts may be longer.
 */
const BYTES_OF_A_ROW = 760;
/** Beyond this the engine would reach its memory limit: further rows are counted, not indexed. */
const MOST_ROWS = Math.floor((2.6 * 1024 ** 3) / BYTES_OF_A_ROW);

interface Pending {
  readonly rowBase: number;
  readonly rows: number;
}

/** The one connection that writes. Every operation waits for the one before it. */
export class ReceiptWriter {
  /** First rows of the units that are in the database for good, in the order of insertion. */
  readonly inserted: number[] = [];
  /** Receipts that found no room. */
  notIndexed = 0;
  readonly #connection: Connection;
  readonly #guard: <T>(promise: Promise<T>) => Promise<T>;
  readonly #mostRows: number;
  #queue: Promise<void> = Promise.resolve();
  #pending: Pending[] = [];
  #committedRows = 0;
  #pendingRows = 0;
  #inTransaction = false;
  #full = false;

  /** `guard` rejects when the engine died, which its connection would never tell. */
  constructor(
    connection: Connection,
    guard: <T>(promise: Promise<T>) => Promise<T>,
    mostRows = MOST_ROWS,
  ) {
    this.#connection = connection;
    this.#guard = guard;
    this.#mostRows = mostRows;
  }

  /**
   * Adds what a unit holds. The first rows are seen at once, later ones in growing steps of at most a row
   * group. Resolves to whether rows became visible.
   */
  insert({ rowBase, rows, receipts, deadLetters }: UnitStreams): Promise<boolean> {
    return this.#enqueue(async () => {
      if (this.#full || this.#committedRows + this.#pendingRows + rows > this.#mostRows) {
        this.#full = true;
        this.notIndexed += rows;
        return false;
      }
      try {
        await this.#begin();
        if (receipts !== null) {
          await this.#insert(receipts, "receipt");
        }
        if (deadLetters !== null) {
          await this.#insert(deadLetters, "dead_letter");
        }
        this.#pending.push({ rowBase, rows });
        this.#pendingRows += rows;
        if (this.#pendingRows >= this.#rowsOfACommit) {
          return await this.#commit();
        }
      } catch (error) {
        await this.#giveUp(error, rows);
      }
      return false;
    });
  }

  /** Makes everything inserted so far visible. */
  flush(): Promise<boolean> {
    return this.#enqueue(() => this.#commit());
  }

  /** Replaces what a conclusion says; statuses stand in the order of {@link inserted}. */
  replaceConclusion(streams: ConclusionStreams): Promise<void> {
    return this.#enqueue(async () => {
      await this.#begin();
      await this.#query(FOUNDATION.conclusionTables);
      for (const table of CONCLUSION_TABLES) {
        for (const stream of streams[table] ?? []) {
          await this.#insert(stream, table);
        }
      }
      await this.#checkAlignment();
      await this.#query(FOUNDATION.indexDenials);
      await this.#commit();
    });
  }

  /** Makes these the alerts, in place of those before. */
  replaceAlerts(stream: Uint8Array | null): Promise<void> {
    return this.#enqueue(async () => {
      await this.#begin();
      await this.#query("truncate alert");
      if (stream !== null) {
        await this.#insert(stream, "alert");
      }
      await this.#commit();
    });
  }

  /**
   * From now on the patterns of denials are what the streams say (`reason_mask`); null for the shipped ones.
   */
  replaceMasks(streams: readonly Uint8Array[] | null): Promise<void> {
    return this.#enqueue(async () => {
      await this.#begin();
      await this.#query(FOUNDATION.clearMasks);
      for (const stream of streams ?? []) {
        await this.#insert(stream, "reason_mask");
      }
      await this.#query(streams === null ? FOUNDATION.unmaskDenials : FOUNDATION.maskDenials);
      await this.#query(FOUNDATION.indexDenials);
      await this.#commit();
    });
  }

  clear(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#commit();
      await this.#query(FOUNDATION.clear);
      await this.#query(FOUNDATION.conclusionTables);
      this.inserted.length = 0;
      this.#committedRows = 0;
      this.notIndexed = 0;
      this.#full = false;
    });
  }

  /** The tables are paired by position: a status beside another row's receipt must never be seen. */
  async #checkAlignment(): Promise<void> {
    for await (const batch of await this.#guard(this.#connection.send(FOUNDATION.checkAlignment))) {
      const astray: unknown = batch.getChildAt(0)?.get(0);
      if (astray !== 0) {
        this.#inTransaction = false;
        await this.#query("rollback");
        throw new Error(`${String(astray)} statuses do not stand beside their receipts`);
      }
    }
  }

  async #begin(): Promise<void> {
    if (!this.#inTransaction) {
      await this.#query("begin");
      this.#inTransaction = true;
    }
  }

  async #commit(): Promise<boolean> {
    if (!this.#inTransaction) {
      return false;
    }
    this.#inTransaction = false;
    await this.#query("commit");
    for (const { rowBase, rows } of this.#pending) {
      this.inserted.push(rowBase);
      this.#committedRows += rows;
    }
    this.#pending = [];
    this.#pendingRows = 0;
    return true;
  }

  get #rowsOfACommit(): number {
    return Math.min(ROWS_OF_A_COMMIT, this.#committedRows * GROWTH_OF_A_COMMIT);
  }

  /** Out of memory, most likely: what is committed stays, and the run goes on without indexing more. */
  async #giveUp(error: unknown, rows: number): Promise<void> {
    if (!/out of memory/i.test(String(error))) {
      throw error;
    }
    this.#full = true;
    this.notIndexed += rows + this.#pendingRows;
    this.#pending = [];
    this.#pendingRows = 0;
    this.#inTransaction = false;
    await this.#query("rollback");
  }

  #query(text: string): Promise<unknown> {
    return this.#guard(this.#connection.query(text));
  }

  #insert(stream: Uint8Array, name: string): Promise<void> {
    return this.#guard(this.#connection.insertArrowFromIPCStream(stream, { name, create: false }));
  }

  #enqueue<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(operation);
    this.#queue = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}
