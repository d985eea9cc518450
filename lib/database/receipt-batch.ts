import type { Data, DataType } from "apache-arrow";
import {
  FORMS,
  NO_NUMBER,
  type ReceiptTexts,
  type UnitResult,
} from "@/lib/verification/unit-result.ts";
import {
  boolColumn,
  codedTextColumn,
  distinctTextColumn,
  int32Column,
  ipcStream,
  textColumn,
  uint64Column,
} from "./arrow-column.ts";

/** The receipts of a unit as an Arrow stream for the table `receipt`; null where there are none. */
export function receiptBatch(
  file: string,
  result: UnitResult,
  texts: ReceiptTexts,
): Uint8Array | null {
  const { receipts } = result;
  const count = receipts.count;
  if (count === 0) {
    return null;
  }
  const first = (column: Int32Array | Uint8Array | Uint32Array) => {
    const copy = new Int32Array(count);
    copy.set(column.subarray(0, count));
    return copy;
  };
  const rows = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    rows[index] = result.rowBase + index;
  }
  return ipcStream(count, [
    ["row", int32Column(rows)],
    ["file", codedTextColumn(new Int32Array(count), [file])],
    ["seq", uint64Column(receipts.seq.subarray(0, count), NO_NUMBER)],
    ["timestamp", uint64Column(receipts.timestamp.subarray(0, count), NO_NUMBER)],
    ["form", codedTextColumn(first(receipts.form), FORMS)],
    ["kernel_key", keyColumn(first(receipts.key), result.keys)],
    ["id", distinctTextColumn(texts.id)],
    ["capability_id", textColumn(texts.capabilityId)],
    ["agent", textColumn(texts.agent)],
    ["service", textColumn(texts.service)],
    ["tool_server", textColumn(texts.toolServer)],
    ["tool_name", textColumn(texts.toolName)],
    ["decision", textColumn(texts.decision)],
    ["guard", textColumn(texts.guard)],
    ["reason", textColumn(texts.reason)],
    ["trust_level", textColumn(texts.trustLevel)],
    ["tenant_id", textColumn(texts.tenantId)],
    ["policy_hash", textColumn(texts.policyHash)],
    ["reason_pattern", textColumn(texts.reasonPattern)],
    ["scope", textColumn(texts.scope)],
    ["topic", textColumn(texts.topic)],
    ["source_partition", uint64Column(BigUint64Array.from(texts.sourcePartition), NO_NUMBER)],
    ["source_offset", uint64Column(BigUint64Array.from(texts.sourceOffset), NO_NUMBER)],
    ["message_key", textColumn(texts.messageKey)],
    ["consumer_group", textColumn(texts.group)],
    ["cost_units", uint64Column(BigUint64Array.from(texts.costUnits), NO_NUMBER)],
    ["cost_currency", textColumn(texts.currency)],
    ["guards", textColumn(texts.guards)],
  ]);
}

/** Rows of the table `receipt_status`. `integrity` and `inclusion` index their lists of names. */
export interface StatusRows {
  readonly row: Int32Array;
  readonly integrity: Int32Array;
  readonly integrityNames: readonly string[];
  readonly inclusion: Int32Array;
  readonly inclusionNames: readonly string[];
  readonly checkpointSeq: BigUint64Array;
  /** Number of the row that stands for the same receipt, or NO_NUMBER where this row does. */
  readonly copyOf: BigUint64Array;
  /** 1 for the row whose decision counts for its receipt. */
  readonly speaks: Uint8Array;
}

export function statusBatch(rows: StatusRows): Uint8Array | null {
  const count = rows.row.length;
  if (count === 0) {
    return null;
  }
  return ipcStream(count, [
    ["row", int32Column(rows.row)],
    ["integrity", codedTextColumn(rows.integrity, rows.integrityNames)],
    ["inclusion", codedTextColumn(rows.inclusion, rows.inclusionNames)],
    ["checkpoint_seq", uint64Column(rows.checkpointSeq, NO_NUMBER)],
    ["copy_of", uint64Column(rows.copyOf, NO_NUMBER)],
    ["speaks", boolColumn(rows.speaks)],
  ]);
}

/** A receipt without a readable key points past the list: it gets the empty name. */
function keyColumn(indices: Int32Array, keys: readonly string[]): Data<DataType> {
  for (const [row, index] of indices.entries()) {
    if (index < 0 || index >= keys.length) {
      indices[row] = keys.length;
    }
  }
  return codedTextColumn(indices, [...keys, ""]);
}
