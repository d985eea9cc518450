import sqlite3InitModule from "@sqlite.org/sqlite-wasm";
import type { SqliteModule } from "@/lib/ingest/expand-ports.ts";

let loading: Promise<SqliteModule> | null = null;

/** The official SQLite build for WebAssembly, loaded once and only when a store is met. */
export function loadSqlite(): Promise<SqliteModule> {
  loading ??= sqlite3InitModule();
  return loading;
}
