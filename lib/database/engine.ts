import type { RecordBatch } from "apache-arrow";

/** What is used of DuckDB-WASM: the page has it in a worker, the tests in their own thread. */
export interface Engine {
  connect(): Promise<Connection>;
  terminate(): Promise<void>;
}

export interface Connection {
  query(text: string): Promise<unknown>;
  /**
   * Runs so that {@link cancelSent} can end it. Where rows are handed out while it still runs
   * (`streaming`), it cannot be ended between two of them.
   */
  send(text: string, streaming?: boolean): Promise<AsyncIterable<RecordBatch>>;
  cancelSent(): Promise<boolean>;
  prepare(text: string): Promise<Statement>;
  insertArrowFromIPCStream(
    stream: Uint8Array,
    options: { readonly name: string; readonly create: boolean },
  ): Promise<void>;
  close(): Promise<void>;
}

export interface Statement {
  query(...parameters: readonly (string | number | null)[]): Promise<unknown>;
  close(): Promise<void>;
}
