import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  createDuckDB,
  type DuckDBConnection,
  NODE_RUNTIME,
  VoidLogger,
} from "@duckdb/duckdb-wasm/blocking";
import type { Connection, Engine } from "../engine.ts";

/** The same DuckDB build as in the page, in this thread: what a statement does there, it does here. */
export async function nodeEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url);
  const files = dirname(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
  const bundle = (name: string) => ({ mainModule: join(files, name), mainWorker: "" });
  const bundles = { mvp: bundle("duckdb-mvp.wasm"), eh: bundle("duckdb-eh.wasm") };
  const engine = await createDuckDB(bundles, new VoidLogger(), NODE_RUNTIME);
  await engine.instantiate(() => undefined);
  return {
    connect: async () => connection(engine.connect()),
    terminate: async () => engine.reset(),
  };
}

function connection(inner: DuckDBConnection): Connection {
  return {
    query: async (text) => inner.query(text),
    send: async (text) => asyncBatches(inner, text),
    cancelSent: async () => inner.cancelSent(),
    prepare: async (text) => {
      const statement = inner.prepare(text);
      return {
        query: async (...parameters) => statement.query(...parameters),
        close: async () => statement.close(),
      };
    },
    insertArrowFromIPCStream: async (stream, options) => {
      inner.insertArrowFromIPCStream(stream, options);
    },
    close: async () => inner.close(),
  };
}

async function* asyncBatches(inner: DuckDBConnection, text: string) {
  yield* inner.query(text).batches;
}
