import { openAsBlob } from "node:fs";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { receiptBatch } from "@/lib/database/receipt-batch.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import { LIMITS, type Unit } from "@/lib/ingest/record.ts";
import { blobSource } from "@/lib/ingest/sources.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import { verifyUnit } from "@/lib/verification/verify-unit.ts";
import { webPlatform } from "@/lib/workers/platform-web.ts";
import { type Spread, spreadOf } from "./figures.ts";
import type { LogFile } from "./log-file.ts";

const SEED = 1;

/**
 * Receipts per second of what one verifying worker does: read, parse, check, write Arrow; with the page's
 * primitives, with Node's, and with signatures that nobody checks. One round warms up.
 */
export async function compareUnits(
  log: LogFile,
  runs: number,
): Promise<readonly (readonly [name: string, rate: Spread])[]> {
  const web = await webPlatform({ seed: SEED });
  const unchecked = { name: "unchecked", verify: () => true };
  const platforms: readonly (readonly [string, Platform])[] = [
    ["WebCrypto and hash-wasm, as in the page", web],
    ["OpenSSL, as in chio verify", nodePlatform({ seed: SEED })],
    ["as in the page, signatures unchecked", { ...web, backend: unchecked, exact: true }],
  ];
  const rates = new Map<string, number[]>();
  for (let run = 0; run <= runs; run += 1) {
    for (const [name, platform] of platforms) {
      const rate = (await verifyLog(log, platform)) * log.receipts;
      if (run > 0) {
        rates.set(name, [...(rates.get(name) ?? []), rate]);
      }
    }
  }
  return [...rates].map(([name, values]) => [name, spreadOf(values)] as const);
}

/** Logs per second. */
async function verifyLog(log: LogFile, platform: Platform): Promise<number> {
  const source = blobSource(await openAsBlob(log.path));
  const started = performance.now();
  let receipts = 0;
  for (let start = 0; start < log.bytes; start += LIMITS.unitBytes) {
    const end = Math.min(start + LIMITS.unitBytes, log.bytes);
    const unit: Unit = { member: 0, layout: "lines", start, end, rowBase: start };
    const { result, texts } = await verifyUnit(unit, readUnit(source, unit, null), platform);
    receiptBatch("log.ndjson", result, texts);
    receipts += result.receipts.count;
  }
  if (receipts !== log.receipts) {
    throw new Error(`${receipts} of ${log.receipts} receipts were read`);
  }
  return 1000 / (performance.now() - started);
}
