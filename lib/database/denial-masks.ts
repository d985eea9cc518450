import { ALL_MASKS, type MaskName, maskReason } from "@/lib/denials/mask.ts";
import { distinctTextColumn, ipcStream } from "./arrow-column.ts";
import type { Database } from "./database.ts";
import { text } from "./row.ts";

/** Reasons that are masked between two breaths: a few milliseconds of work for reasons of common length. */
const REASONS_AT_ONCE = 2_000;
/** Reasons in one Arrow stream. */
const REASONS_OF_A_STREAM = 50_000;

/**
 * Makes these masks the ones by which denials form patterns. The shipped masks need no work: patterns under
 * them are columns. Others are applied to every distinct reason, in the thread that calls, with breaths
 * between; the database keeps what it had when the signal aborts.
 *
 * @param onProgress is told how many of how many reasons are masked
 * @throws the signal's reason, or what {@link Database.ask} throws
 */
export async function applyMasks(
  database: Database,
  masks: ReadonlySet<MaskName>,
  signal: AbortSignal,
  onProgress: (done: number, all: number) => void,
): Promise<void> {
  if ([...ALL_MASKS].every((mask) => masks.has(mask))) {
    await database.writer.replaceMasks(null);
    return;
  }
  const question = { name: "denialReasons", settings: [] } as const;
  const reasons = await database.ask(question, (row) => text(row, "reason"), signal);
  const streams: Uint8Array[] = [];
  for (let from = 0; from < reasons.length; from += REASONS_OF_A_STREAM) {
    const some = reasons.slice(from, from + REASONS_OF_A_STREAM);
    const masked: string[] = [];
    for (let at = 0; at < some.length; at += REASONS_AT_ONCE) {
      for (const reason of some.slice(at, at + REASONS_AT_ONCE)) {
        masked.push(maskReason(reason, masks));
      }
      onProgress(from + masked.length, reasons.length);
      await breath();
      signal.throwIfAborted();
    }
    streams.push(
      ipcStream(some.length, [
        ["reason", distinctTextColumn(some)],
        ["masked", distinctTextColumn(masked)],
      ]),
    );
  }
  await database.writer.replaceMasks(streams);
}

function breath(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
