import { chmodSync, closeSync, constants, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "libsql";

/** What a column holds. Integers are always `bigint`: a store's integers are 64 bits wide. */
export type Cell = string | bigint | number | Uint8Array | null;
/** What may be bound: an integer is a `bigint`, so that none is ever rounded. */
export type Bound = string | bigint | null;
export type Row = readonly Cell[];

/** A prepared statement; values are bound, never written into the text. */
export interface Statement {
  run(...values: readonly Bound[]): void;
  first(...values: readonly Bound[]): Row | null;
  all(...values: readonly Bound[]): readonly Row[];
}

/** One connection to one store file. */
export interface Connection {
  readonly path: string;
  prepare(sql: string): Statement;
  /** Runs `work` as one transaction: all of it is durable on return, or none of it when it throws. */
  write<T>(work: () => T): T;
  exec(sql: string): void;
  close(): void;
}

export interface OpenOptions {
  /** Statements that make the tables where they are absent. */
  readonly schema: readonly string[];
}

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** Milliseconds that a reader of this process waits for its writer. */
const BUSY_TIMEOUT = 5000;
const LARGEST_I64 = (1n << 63n) - 1n;

/**
 * Opens a store for its one writer, with its tables. Write-ahead log and a sync with every commit: when a
 * commit returns, the rows survive the loss of power. File and folder belong to the owner alone.
 */
export function openStoreFile(path: string, { schema }: OpenOptions): Connection {
  makeForOwner(path);
  const connection = connect(path, BUSY_TIMEOUT);
  connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  connection.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
  for (const statements of schema) {
    connection.exec(statements);
  }
  return {
    ...connection,
    close() {
      // Prepared statements keep the library from doing this itself, and the file alone should be the store.
      connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
      connection.close();
    },
  };
}

/** Opens a second connection that only reads; the file must be there. */
export function openForReading(path: string): Connection {
  statSync(path);
  const connection = connect(path, BUSY_TIMEOUT);
  connection.exec("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF");
  return connection;
}

/** Opens an empty store that serves as a lock: whoever comes second is told at once. */
export function openLockFile(path: string): Connection {
  makeForOwner(path);
  return connect(path, 0);
}

/** Made by us and not by SQLite, which would leave it to the process's mask who may read it. */
function makeForOwner(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  closeSync(openSync(path, constants.O_CREAT | constants.O_RDWR, OWNER_ONLY_FILE));
  chmodSync(path, OWNER_ONLY_FILE);
}

function connect(path: string, timeout: number): Connection {
  const database = new Sqlite(path, { timeout });
  return {
    path,
    prepare(sql) {
      let statement: ReturnType<typeof prepared> | null = prepared(database, sql);
      // After a failure the library reports that failure again at the next use, whatever is bound then: one
      // refused row would refuse the row after it. A statement that failed is not used again.
      const guarded = <T>(use: (ready: ReturnType<typeof prepared>) => T): T => {
        try {
          statement ??= prepared(database, sql);
          return use(statement);
        } catch (problem) {
          statement = null;
          throw problem;
        }
      };
      return {
        run: (...values) => {
          guarded((ready) => ready.run(bounded(values)));
        },
        first: (...values) => guarded((ready) => rowOf(ready.get(bounded(values)))),
        all: (...values) => guarded((ready) => ready.all(bounded(values)).map(requireRow)),
      };
    },
    write(work) {
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        database.exec("COMMIT");
        return result;
      } catch (problem) {
        if (database.inTransaction) {
          database.exec("ROLLBACK");
        }
        throw problem;
      }
    },
    exec(sql) {
      database.exec(sql);
    },
    close() {
      database.close();
    },
  };
}

/** Rows as lists: a column's name must not become a member's name. Statements without a result have no such mode. */
function prepared(database: Sqlite.Database, sql: string) {
  const statement = database.prepare(sql).safeIntegers(true);
  return statement.reader ? statement.raw(true) : statement;
}

/** SQLite's integers end at 2^63 - 1: what is larger is refused here, before it becomes another number. */
function bounded(values: readonly Bound[]): readonly Bound[] {
  for (const value of values) {
    if (typeof value === "bigint" && (value > LARGEST_I64 || value < -LARGEST_I64 - 1n)) {
      throw new RangeError(`${value} does not fit a store's integer`);
    }
  }
  return values;
}

function rowOf(row: unknown): Row | null {
  return row === undefined ? null : requireRow(row);
}

function requireRow(row: unknown): Row {
  if (!Array.isArray(row)) {
    throw new TypeError("a statement gave no row");
  }
  return row;
}

/** The text in a column; throws where the store holds something else, which is damage. */
export function textAt(row: Row, column: number): string {
  const cell = row[column];
  if (typeof cell !== "string") {
    throw new TypeError(`column ${column} holds no text`);
  }
  return cell;
}

export function textOrNullAt(row: Row, column: number): string | null {
  return row[column] === null ? null : textAt(row, column);
}

/** The integer in a column; throws where the store holds something else. */
export function integerAt(row: Row, column: number): bigint {
  const cell = row[column];
  if (typeof cell !== "bigint") {
    throw new TypeError(`column ${column} holds no integer`);
  }
  return cell;
}

export function integerOrNullAt(row: Row, column: number): bigint | null {
  return row[column] === null ? null : integerAt(row, column);
}

/** Whether a store refused rows for what they are (a repeated id), not for the state of the disk. */
export function isConstraintViolation(problem: unknown): boolean {
  return codeOf(problem).startsWith("SQLITE_CONSTRAINT");
}

/** Whether another connection holds the lock. */
export function isBusy(problem: unknown): boolean {
  return codeOf(problem).startsWith("SQLITE_BUSY");
}

function codeOf(problem: unknown): string {
  return problem instanceof Error && "code" in problem ? String(problem.code) : "";
}
