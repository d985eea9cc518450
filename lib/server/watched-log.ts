import type { ReceiptLog } from "./log/receipt-log.ts";

type Writing = Pick<ReceiptLog, "append" | "reserve">;

/** The log, and whether it could store what it was last given. */
export function watchedLog(log: Writing): {
  readonly log: Writing;
  readonly isWell: () => boolean;
} {
  let well = true;
  const watch = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const done = await work;
      well = true;
      return done;
    } catch (problem) {
      well = false;
      throw problem;
    }
  };
  return {
    log: {
      append: (entry) => watch(log.append(entry)),
      reserve: (reservation) => watch(log.reserve(reservation)),
    },
    isWell: () => well,
  };
}
