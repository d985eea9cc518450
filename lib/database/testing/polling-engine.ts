// biome-ignore-all lint/correctness/useHookAtTopLevel: a method of the binding, no hook of React.

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  createDuckDB,
  type DuckDBConnection,
  NODE_RUNTIME,
  VoidLogger,
} from "@duckdb/duckdb-wasm/blocking";
import { type RecordBatch, RecordBatchReader } from "apache-arrow";
import type { Connection, Engine } from "../engine.ts";

/**
 * The page's DuckDB build, driven as its worker drives it: a sent statement runs in slices, between which a
 * cancellation is heard.
 */
export async function pollingEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url);
  const files = dirname(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
  const bundle = (name: string) => ({ mainModule: join(files, name), mainWorker: "" });
  const bundles = { mvp: bundle("duckdb-mvp.wasm"), eh: bundle("duckdb-eh.wasm") };
  const engine = await createDuckDB(bundles, new VoidLogger(), NODE_RUNTIME);
  await engine.instantiate(() => undefined);
  return {
    connect: async () => connection(engine.connect()),
    terminate: async () => undefined,
  };
}

function connection(inner: DuckDBConnection): Connection {
  return {
    query: async (text) => inner.query(text),
    send: (text, streaming = false) => send(inner, text, streaming),
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

async function send(
  inner: DuckDBConnection,
  text: string,
  streaming: boolean,
): Promise<AsyncIterable<RecordBatch>> {
  let header = inner.useUnsafe((bindings, id) => bindings.startPendingQuery(id, text, streaming));
  while (header === null) {
    await turn();
    header = inner.useUnsafe((bindings, id) => bindings.pollPendingQuery(id));
  }
  return RecordBatchReader.from(parts(inner, header));
}

async function* parts(inner: DuckDBConnection, header: Uint8Array): AsyncGenerator<Uint8Array> {
  yield header;
  for (;;) {
    await turn();
    const part = inner.useUnsafe((bindings, id) => bindings.fetchQueryResults(id));
    if (part !== null) {
      if (part.length === 0) {
        return;
      }
      yield part;
    }
  }
}

/** As between two messages to a worker. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
