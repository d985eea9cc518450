import { currentSession } from "@/lib/session/current.ts";
import { askOrder } from "./ask-receipts.ts";
import type { ReceiptFilter } from "./model.ts";
import type { RecordPack } from "./record-pack.ts";

/** Every receipt that says deny, in all files; one that lies in several files counts once. */
export const DENIALS: ReceiptFilter = {
  time: null,
  include: { decision: ["deny"] },
  exclude: {},
  text: "",
};

/** Numbers of all denials, in the order of the files. */
export async function denialRows(signal: AbortSignal): Promise<Float64Array> {
  // All decisions are equal here, and equal rows come by their number, which is their place in the files.
  const sort = { column: "decision", descending: false } as const;
  return askOrder(await currentSession().database(), DENIALS, sort, signal);
}

/** Receipts as their files hold them now, with what is loaded of their capabilities. */
export function readRecords(rows: readonly number[]): Promise<RecordPack> {
  return currentSession().records(rows);
}
