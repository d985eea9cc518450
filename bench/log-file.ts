import {
  closeSync,
  existsSync,
  openSync,
  renameSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "@/kernel/json/value.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { DEMO_START } from "@/lib/demo/log.ts";
import { calls } from "@/lib/demo/scenario.ts";
import { editedOf } from "./settings.ts";
import { signedReceipt, signer } from "./signed-receipt.ts";

export interface LogFile {
  readonly path: string;
  readonly bytes: number;
  readonly receipts: number;
  readonly edited: number;
}

/** Part of the cached file's name: to be raised when what is written below changes. */
const VERSION = 2;
const SIGNERS = 4;
const LINES_AT_ONCE = 1_000;
const BYTES_OF_A_LINE = 1_400;

/**
 * A log of `{seq, receipt}` lines in v1 form, of the demo shop's calls, signed by four keys one after the
 * other, with a few receipts edited after signing. Kept in the temporary directory for the next run.
 */
export async function logFile(receipts: number): Promise<LogFile> {
  const edited = editedOf(receipts);
  const path = join(tmpdir(), `chio-bench-v${VERSION}-${receipts}-${edited}.ndjson`);
  if (!existsSync(path)) {
    requireRoom(receipts * BYTES_OF_A_LINE);
    process.stderr.write(`Making ${path}…\n`);
    write(path, receipts, edited);
  }
  return { path, bytes: statSync(path).size, receipts, edited };
}

function write(path: string, receipts: number, edited: number): void {
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, "w");
  const { primitives } = nodePlatform();
  const keys = Array.from({ length: SIGNERS }, (_, index) => signer(index + 1));
  const day = calls(receipts, DEMO_START);
  const stride = edited === 0 ? Number.POSITIVE_INFINITY : Math.floor(receipts / edited);
  let lines: string[] = [];
  for (let seq = 1; seq <= receipts; seq += 1) {
    const key = keys[Math.floor(((seq - 1) * SIGNERS) / receipts)];
    if (key === undefined) {
      throw new RangeError(`nobody signs receipt ${seq}`);
    }
    const signed = signedReceipt(day.next().value, key, primitives);
    const receipt = seq % stride === 0 && seq / stride <= edited ? tampered(signed) : signed;
    lines.push(`${JSON.stringify({ seq, receipt })}\n`);
    if (lines.length === LINES_AT_ONCE || seq === receipts) {
      writeSync(file, lines.join(""));
      lines = [];
    }
  }
  closeSync(file);
  renameSync(part, path);
}

/** One character of a signed member changed: no check of another line can notice it. */
function tampered(receipt: JsonObject): JsonObject {
  return { ...receipt, tool_server: `${String(receipt["tool_server"])}x` };
}

function requireRoom(bytes: number): void {
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < bytes * 2) {
    throw new Error(`${tmpdir()} has no room for a log of about ${bytes} octets`);
  }
}
