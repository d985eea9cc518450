import type { Result } from "@/kernel/result.ts";
import type { OneReceipt } from "./receipt-arguments.ts";
import { type ReceiptRecord, readRecord } from "./receipt-record.ts";
import { refuse } from "./refuse.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * What every command about one receipt begins with: its words, its files, its receipt. Refuses with a
 * sentence where one of them cannot be had; else gives the exit code that `tell` gives.
 */
export async function withRecord<Given extends OneReceipt>(
  command: string,
  given: Result<Given, string>,
  around: Surroundings,
  tell: (record: ReceiptRecord, given: Given) => number | Promise<number>,
): Promise<number> {
  if (!given.ok) {
    return refuse(command, given.error, around);
  }
  const found = await readRecord(command, given.value, around);
  return found.ok ? tell(found.value, given.value) : refuse(command, found.error, around);
}
