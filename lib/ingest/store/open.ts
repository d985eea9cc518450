import type { Database, PreparedStatement, Sqlite3Static, SqlValue } from "@sqlite.org/sqlite-wasm";
import { err, ok, type Result } from "@/kernel/result.ts";

/** The official SQLite build, loaded by the platform. */
export type SqliteModule = Sqlite3Static;

export interface StoreTable {
  readonly name: string;
  readonly columns: ReadonlySet<string>;
  /** The column that is the row's number, so that a look-up by it is a look-up in the table itself. */
  readonly rowNumber: string | null;
}

/** A store that is only ever read. All SQL is ours; only real tables are named in it. */
export interface Store {
  readonly tables: ReadonlyMap<string, StoreTable>;
  /** Steps through a query; `row` gives a column of the current row. Throws StoreError on damage. */
  forEachRow(sql: string, onRow: (row: (column: number) => SqlValue) => void): void;
  close(): void;
}

/** What SQLite said while a hostile or damaged store was read; caught where the store is expanded. */
export class StoreError extends Error {}

/** Work that one store may cause, in steps of SQLite's machine: damaged trees can have no end. */
const BASE_STEPS = 20_000_000;
const STEPS_PER_OCTET = 50;
const STEPS_BETWEEN_LOOKS = 100_000;
const LONGEST_VALUE = 64 * 1024 * 1024;

/**
 * Opens a copy of a store in memory. Header octets 18 and 19 are set to 1 (no write-ahead log), since a log
 * cannot be opened there; it was replayed before. Triggers and views never run: nothing writes, and only
 * tables are queried.
 */
export function openStore(
  sqlite: SqliteModule,
  image: Uint8Array,
  signal: AbortSignal | undefined,
): Result<Store, string> {
  const { capi, wasm } = sqlite;
  const db = new sqlite.oo1.DB(":memory:");
  try {
    const copy = new Uint8Array(image);
    copy[18] = 1;
    copy[19] = 1;
    const place = wasm.allocFromTypedArray(copy);
    const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_READONLY;
    const size = copy.length;
    db.checkRc(capi.sqlite3_deserialize(db, "main", place, size, size, flags));
    capi.sqlite3_limit(db, capi.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    let steps = BASE_STEPS + size * STEPS_PER_OCTET;
    capi.sqlite3_progress_handler(
      db,
      STEPS_BETWEEN_LOOKS,
      () => {
        steps -= STEPS_BETWEEN_LOOKS;
        return steps < 0 || signal?.aborted === true ? 1 : 0;
      },
      0,
    );
    db.exec("PRAGMA trusted_schema=OFF; PRAGMA query_only=ON; PRAGMA cell_size_check=ON");
    const forEachRow = rowReader(sqlite, db);
    return ok({ tables: readTables(forEachRow), forEachRow, close: () => db.close() });
  } catch (error) {
    db.close();
    return err(messageOf(error));
  }
}

/** Steps by the C interface: the object interface writes every failure to the console. */
function rowReader(sqlite: SqliteModule, db: Database): Store["forEachRow"] {
  const { capi } = sqlite;
  return (sql, onRow) => {
    let statement: PreparedStatement | null = null;
    try {
      statement = db.prepare(sql);
      const row = statement;
      const column = (index: number) => capi.sqlite3_column_js(row, index) ?? null;
      let code: number = capi.sqlite3_step(row);
      for (; code === capi.SQLITE_ROW; code = capi.sqlite3_step(row)) onRow(column);
      if (code !== capi.SQLITE_DONE) throw new StoreError(capi.sqlite3_errmsg(db));
    } catch (error) {
      throw new StoreError(messageOf(error), { cause: error });
    } finally {
      statement?.finalize();
    }
  };
}

/**
 * Real tables with plain columns. A virtual table has no pages of its own, and a generated column runs an
 * expression that the store's maker wrote: both are left out.
 */
function readTables(forEachRow: Store["forEachRow"]): Map<string, StoreTable> {
  const names: string[] = [];
  forEachRow("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0", (row) =>
    names.push(String(row(0))),
  );
  const tables = new Map<string, StoreTable>();
  for (const name of names.filter((name) => /^[a-z_]{1,64}$/.test(name))) {
    const columns = new Set<string>();
    const keys: { readonly name: string; readonly type: string }[] = [];
    let generated = false;
    forEachRow(`SELECT name, type, pk, hidden FROM pragma_table_xinfo('${name}')`, (row) => {
      const column = String(row(0));
      columns.add(column);
      if (row(2) !== 0) keys.push({ name: column, type: String(row(1)).toUpperCase() });
      if (row(3) !== 0) generated = true;
    });
    if (generated) continue;
    const [key] = keys;
    const isNumber = keys.length === 1 && key?.type === "INTEGER";
    tables.set(name, { name, columns, rowNumber: isNumber ? key.name : null });
  }
  return tables;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}
