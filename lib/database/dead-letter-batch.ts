import type { DeadLetterRow } from "@/lib/verification/dead-letter-sink.ts";
import { NO_NUMBER } from "@/lib/verification/unit-result.ts";
import {
  boolColumn,
  codedTextColumn,
  int32Column,
  ipcStream,
  textColumn,
  uint64Column,
} from "./arrow-column.ts";

/** A unit's dead letters as an Arrow stream for the table `dead_letter`; null where there are none. */
export function deadLetterBatch(
  file: string,
  rowBase: number,
  rows: readonly DeadLetterRow[],
): Uint8Array | null {
  const count = rows.length;
  if (count === 0) {
    return null;
  }
  const texts = (of: (row: DeadLetterRow) => string) => textColumn(rows.map(of));
  const numbers = (of: (row: DeadLetterRow) => string | number | null) =>
    uint64Column(
      BigUint64Array.from(rows, (row) => numberOrNone(of(row))),
      NO_NUMBER,
    );
  return ipcStream(count, [
    ["record", int32Column(Int32Array.from(rows, (_, index) => rowBase + index))],
    ["file", codedTextColumn(new Int32Array(count), [file])],
    ["line", numbers(({ line }) => line)],
    ["form", texts(({ record }) => record.form)],
    ["fidelity", texts(({ record }) => record.fidelity)],
    ["kind", texts(({ deadLetter }) => deadLetter.kind)],
    ["topic", texts(({ record }) => record.topic ?? "")],
    ["partition", numbers(({ record }) => record.partition)],
    ["record_offset", numbers(({ record }) => record.offset)],
    ["time_ms", numbers(({ record }) => record.timestampMs)],
    ["message_key", texts(({ key }) => key)],
    ["receipt_id", texts(({ deadLetter }) => deadLetter.receiptId)],
    ["request_id", texts(({ deadLetter }) => deadLetter.requestId)],
    ["source_topic", texts(({ deadLetter }) => deadLetter.source.topic)],
    ["source_partition", numbers(({ deadLetter }) => deadLetter.source.partition)],
    ["source_offset", numbers(({ deadLetter }) => deadLetter.source.offset)],
    ["verdict", texts(({ deadLetter }) => deadLetter.verdict)],
    ["guard", texts(({ deadLetter }) => deadLetter.guard)],
    ["reason", texts(({ deadLetter }) => deadLetter.reason)],
    ["reason_pattern", texts(({ reasonPattern }) => reasonPattern)],
    ["agent", texts(({ deadLetter }) => deadLetter.agent)],
    ["scope", texts(({ scope }) => scope)],
    ["tool_name", texts(({ tool }) => tool)],
    ["consumer_group", texts(({ deadLetter }) => deadLetter.group)],
    ["second", numbers(({ deadLetter }) => deadLetter.second)],
    ["payload_bytes", numbers(({ deadLetter }) => deadLetter.payload?.length ?? null)],
    ["failure", texts(({ deadLetter }) => deadLetter.failure)],
    ["ids", texts(({ agreements }) => agreements.ids)],
    ["verdicts", texts(({ agreements }) => agreements.verdicts)],
    ["coordinates", texts(({ agreements }) => agreements.coordinates)],
    ["headers", texts(({ agreements }) => agreements.headers)],
    ["payload", texts(({ agreements }) => agreements.payload)],
  ]);
}

/** Rows of the table `dead_letter_status`. `verdicts` and `payload` index the list of agreements. */
export interface DeadLetterStatusRows {
  readonly record: Int32Array;
  /** Number of the receipt in the database, or NO_NUMBER. */
  readonly receiptRow: BigUint64Array;
  readonly isClaim: Uint8Array;
  /** Number of the dead letter that stands for the same record, or NO_NUMBER. */
  readonly copyOf: BigUint64Array;
  readonly verdicts: Int32Array;
  readonly payload: Int32Array;
  readonly agreements: readonly string[];
}

export function deadLetterStatusBatch(rows: DeadLetterStatusRows): Uint8Array | null {
  return rows.record.length === 0
    ? null
    : ipcStream(rows.record.length, [
        ["record", int32Column(rows.record)],
        ["receipt_row", uint64Column(rows.receiptRow, NO_NUMBER)],
        ["is_claim", boolColumn(rows.isClaim)],
        ["copy_of", uint64Column(rows.copyOf, NO_NUMBER)],
        ["verdicts", codedTextColumn(rows.verdicts, rows.agreements)],
        ["payload", codedTextColumn(rows.payload, rows.agreements)],
      ]);
}

function numberOrNone(value: string | number | null): bigint {
  return value === null ? NO_NUMBER : BigInt(value);
}
