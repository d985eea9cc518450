import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "@/kernel/result.ts";
import { type Connection, isBusy, openLockFile } from "../store/sqlite.ts";

/** A data directory that belongs to this process until it is released or the process ends. */
export interface DirectoryLock {
  release(): void;
}

/** `held`: by whom; `pid` is what that process wrote, for a person to look for. `open-to-all`: anyone may write there. */
export type LockProblem =
  | { readonly kind: "held"; readonly path: string; readonly pid: number | null }
  | { readonly kind: "open-to-all"; readonly path: string };

const OTHERS_MAY_WRITE = 0o002;

const LOCK = "kernel.lock";
const HOLDER = "kernel.pid";

/**
 * Takes a data directory for one process. What is held is a lock of the operating system on an empty store,
 * which ends with the process however it ends: after `kill -9` nothing is stuck, and no process number that
 * was given to another program can be mistaken for a holder. A directory in which anyone may write is refused:
 * whoever deletes the store of revocations there has undone them.
 */
export function lockDirectory(directory: string): Result<DirectoryLock, LockProblem> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if ((statSync(directory).mode & OTHERS_MAY_WRITE) !== 0) {
    return err({ kind: "open-to-all", path: directory });
  }
  const path = join(directory, LOCK);
  const holder = join(directory, HOLDER);
  let connection: Connection | null = null;
  try {
    connection = openLockFile(path);
    connection.exec("BEGIN EXCLUSIVE");
  } catch (problem) {
    connection?.close();
    if (isBusy(problem)) {
      return err({ kind: "held", path, pid: readPid(holder) });
    }
    throw problem;
  }
  const held = connection;
  writeFileSync(holder, `${process.pid}\n`, { mode: 0o600 });
  return ok({
    release() {
      held.exec("ROLLBACK");
      held.close();
    },
  });
}

function readPid(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
    return Number.isSafeInteger(pid) ? pid : null;
  } catch {
    return null;
  }
}
