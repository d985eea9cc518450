import { createPrivateKey, type KeyObject, sign } from "node:crypto";
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
import { type DemoKey, demoKey } from "@/lib/demo/keys.ts";
import { generateLog } from "@/lib/demo/log.ts";
import type { Sign } from "@/lib/demo/ports.ts";
import { editedOf } from "./settings.ts";

export interface LogFile {
  readonly path: string;
  readonly bytes: number;
  readonly receipts: number;
  readonly edited: number;
}

/** Part of the cached file's name: to be raised when what is written below changes. */
const VERSION = 1;
const SIGNERS = 4;
const BATCH = 1_000;
const BYTES_OF_A_LINE = 1_600;

/**
 * A log of `{seq, receipt}` lines in v1 form, signed by four keys one after the other, with a few receipts
 * edited after signing. Made by the demo generator, kept in the temporary directory for the next run.
 */
export async function logFile(receipts: number): Promise<LogFile> {
  const edited = editedOf(receipts);
  const path = join(tmpdir(), `chio-bench-v${VERSION}-${receipts}-${edited}.ndjson`);
  if (!existsSync(path)) {
    requireRoom(receipts * BYTES_OF_A_LINE);
    process.stderr.write(`Making ${path}…\n`);
    await write(path, receipts, edited);
  }
  return { path, bytes: statSync(path).size, receipts, edited };
}

async function write(path: string, receipts: number, edited: number): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, "w");
  const options = {
    receipts,
    seed: receipts,
    batch: BATCH,
    form: "v1",
    statement: 2,
    signers: Array.from({ length: SIGNERS }, (_, index) => ({
      from: 1 + Math.floor((index * receipts) / SIGNERS),
      key: demoKey(`benchmark kernel ${index + 1}`),
    })),
  } as const;
  const ports = { primitives: nodePlatform().primitives, sign: opensslSign() };
  const stride = edited === 0 ? Number.POSITIVE_INFINITY : Math.floor(receipts / edited);
  for await (const batch of generateLog(options, ports)) {
    const lines = batch.receipts.map(({ seq, value }) => {
      const receipt = seq % stride === 0 && seq / stride <= edited ? tampered(value) : value;
      return `${JSON.stringify({ seq, receipt })}\n`;
    });
    writeSync(file, lines.join(""));
  }
  closeSync(file);
  renameSync(part, path);
}

/** One character of a signed member changed: no check of another line can notice it. */
function tampered(receipt: JsonObject): JsonObject {
  return { ...receipt, tool_server: `${String(receipt["tool_server"])}x` };
}

const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

function opensslSign(): Sign {
  const keys = new Map<DemoKey["seed"], KeyObject>();
  return (seed, message) => {
    let key = keys.get(seed);
    if (key === undefined) {
      const encoded = Buffer.concat([PKCS8_ED25519, seed]);
      key = createPrivateKey({ key: encoded, format: "der", type: "pkcs8" });
      keys.set(seed, key);
    }
    return new Uint8Array(sign(null, message, key));
  };
}

function requireRoom(bytes: number): void {
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < bytes * 2) {
    throw new Error(`${tmpdir()} has no room for a log of about ${bytes} octets`);
  }
}
