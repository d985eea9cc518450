import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { err, ok, type Result } from "@/kernel/result.ts";

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const GROUP_AND_OTHERS = 0o077;
/** A key or a token is small: whatever is larger was put there by mistake. */
const LARGEST = 1024 * 1024;

/** Why a private file was not taken. Never holds anything of its content. */
export interface PrivateFileProblem {
  readonly kind: "absent" | "readable-by-others" | "no-file" | "too-large" | "unreadable";
  readonly path: string;
}

/**
 * The text of a file that its owner alone may read. Refused when group or others may: whoever else has
 * the key signs receipts too. Judged on the opened file, so that none can be swapped in between.
 */
export function readPrivateFile(path: string): Result<string, PrivateFileProblem> {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (problem) {
    const absent = problem instanceof Error && "code" in problem && problem.code === "ENOENT";
    return err({ kind: absent ? "absent" : "unreadable", path });
  }
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) {
      return err({ kind: "no-file", path });
    }
    if ((found.mode & GROUP_AND_OTHERS) !== 0) {
      return err({ kind: "readable-by-others", path });
    }
    return found.size > LARGEST
      ? err({ kind: "too-large", path })
      : ok(readFileSync(descriptor, "utf8"));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file for its owner alone, whole or not at all: it is durable under another name before it takes
 * its own. `replace` false leaves a file that is there as it is, and says so by false.
 */
export function writePrivateFile(path: string, text: string, replace: boolean): boolean {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  const draft = `${path}.${randomBytes(8).toString("hex")}.new`;
  const descriptor = openSync(
    draft,
    constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY,
    OWNER_ONLY_FILE,
  );
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  const taken = replace ? replaceBy(draft, path) : takeName(draft, path);
  syncFolder(folder);
  return taken;
}

function replaceBy(draft: string, path: string): boolean {
  renameSync(draft, path);
  return true;
}

/** A link refuses a name that is taken, in one step, which a look beforehand would not. */
function takeName(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (problem) {
    if (problem instanceof Error && "code" in problem && problem.code === "EEXIST") {
      return false;
    }
    throw problem;
  } finally {
    unlinkSync(draft);
  }
}

/** Makes a new name survive the loss of power. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
