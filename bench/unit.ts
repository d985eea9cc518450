import { openAsBlob } from "node:fs";
import { receiptBatch } from "@/lib/database/receipt-batch.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import { LIMITS, type Unit } from "@/lib/ingest/record.ts";
import { blobSource } from "@/lib/ingest/sources.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import { FLAG } from "@/lib/verification/unit-result.ts";
import { verifyUnit } from "@/lib/verification/verify-unit.ts";
import type { LogFile } from "./log-file.ts";

export interface UnitRun {
  readonly receipts: number;
  readonly fitting: number;
  readonly milliseconds: { readonly verify: number; readonly arrow: number };
}

/** What one verifying worker does, in this thread: read, parse, check, sign, write Arrow. */
export async function verifyLog(log: LogFile, platform: Platform): Promise<UnitRun> {
  const source = blobSource(await openAsBlob(log.path));
  let receipts = 0;
  let fitting = 0;
  const milliseconds = { verify: 0, arrow: 0 };
  for (let start = 0; start < log.bytes; start += LIMITS.unitBytes) {
    const end = Math.min(start + LIMITS.unitBytes, log.bytes);
    const unit: Unit = { member: 0, layout: "lines", start, end, rowBase: start };
    const started = performance.now();
    const { result, texts } = await verifyUnit(unit, readUnit(source, unit, null), platform);
    const verified = performance.now();
    receiptBatch("log.ndjson", result, texts);
    milliseconds.verify += verified - started;
    milliseconds.arrow += performance.now() - verified;
    receipts += result.receipts.count;
    for (const flags of result.receipts.flags) {
      fitting += (flags & FLAG.signatureFits) === 0 ? 0 : 1;
    }
  }
  return { receipts, fitting, milliseconds };
}
