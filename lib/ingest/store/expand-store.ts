import type { ByteSource } from "../record.ts";
import type { ByteSink } from "../sources.ts";
import { wholeImage } from "./image.ts";
import { openStore, type SqliteModule } from "./open.ts";
import { readKnownTables, type TableReading } from "./tables.ts";
import { replayWal } from "./wal.ts";

export type StoreStep =
  | { readonly kind: "table"; readonly reading: TableReading }
  | {
      readonly kind: "problem";
      readonly code: "FMT-011" | "FMT-012";
      readonly expected: string | null;
      readonly actual: string;
    };

export interface StorePorts {
  readonly sqlite: () => Promise<SqliteModule>;
  readonly sink: () => ByteSink;
  readonly signal: AbortSignal | undefined;
}

/** Tables of one store, with its write-ahead log replayed where there is one. Never throws for the store's content. */
export async function* expandStore(
  store: ByteSource,
  wal: ByteSource | null,
  ports: StorePorts,
): AsyncGenerator<StoreStep, void> {
  const whole = wholeImage(await store.read(0, store.size));
  if (whole.cut !== null) yield { kind: "problem", code: "FMT-011", ...whole.cut };
  let image = whole.bytes;
  if (wal !== null && wal.size > 0) {
    const replay = replayWal(image, await wal.read(0, wal.size));
    image = replay.bytes;
    if (replay.ignored > 0) {
      const expected = `${replay.frames + replay.ignored} frames of the write-ahead log`;
      const actual = `${replay.frames} read, ${replay.ignored} not`;
      yield { kind: "problem", code: "FMT-012", expected, actual };
    }
  }
  const opened = openStore(await ports.sqlite(), image, ports.signal);
  if (!opened.ok) {
    yield { kind: "problem", code: "FMT-011", expected: "a SQLite store", actual: opened.error };
    return;
  }
  try {
    for (const reading of readKnownTables(opened.value, image.length, ports.sink)) {
      ports.signal?.throwIfAborted();
      yield { kind: "table", reading };
    }
  } finally {
    opened.value.close();
  }
}

/** Whether the store's header says that it is used with a write-ahead log. */
export function usesWal(head: Uint8Array): boolean {
  return head[18] === 2 || head[19] === 2;
}

export interface NamedSource {
  readonly path: string;
  readonly pageSize: number;
}

/** The write-ahead log of each store: by name, else the only one of the page size where only one store has it. */
export function pairWals<S extends NamedSource, W extends NamedSource>(
  stores: readonly S[],
  wals: readonly W[],
): Map<S, W> {
  const pairs = new Map<S, W>();
  const free = new Set(wals);
  for (const store of stores) {
    const named = wals.find((wal) => wal.path === `${store.path}-wal` && free.has(wal));
    if (named === undefined) continue;
    pairs.set(store, named);
    free.delete(named);
  }
  for (const wal of [...free]) {
    const fitting = stores.filter((store) => store.pageSize === wal.pageSize && !pairs.has(store));
    const rivals = [...free].filter((other) => other.pageSize === wal.pageSize);
    const [only] = fitting;
    if (only !== undefined && fitting.length === 1 && rivals.length === 1) pairs.set(only, wal);
  }
  return pairs;
}
