import type { Check } from "@/kernel/check.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { inspectReceipt, type ReceiptInspection } from "@/kernel/receipt/inspect.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import { readAgain } from "@/lib/verification/read-again.ts";
import { type ReceiptProof, receiptProof } from "@/lib/verification/receipt-proof.ts";
import { checkSignature, type SignatureOutcome } from "@/lib/verification/receipt-signature.ts";
import type { Finding, KeyRow, Place } from "@/lib/verification/report.ts";
import { STATUS_NAMES } from "@/lib/verification/statuses.ts";
import { whileReading } from "./open-inputs.ts";
import type { OneReceipt } from "./receipt-arguments.ts";
import { findNamed, type NamedReceipt } from "./receipt-lookup.ts";
import type { Surroundings } from "./surroundings.ts";
import type { ReadInputs } from "./verify-inputs.ts";

/** One receipt among what was read with it. */
export interface ReceiptRecord {
  readonly read: ReadInputs;
  readonly platform: Platform;
  /** In the dataset. */
  readonly row: number;
  /** In the chain. */
  readonly node: number;
  readonly receipt: JsonObject;
  /** The text of the record that it stands in. */
  readonly rawText: string;
  /** Of the receipt. */
  readonly place: Place;
  readonly inspection: ReceiptInspection;
  readonly signature: SignatureOutcome | null;
  /** Its own checks, the signature's last. */
  readonly checks: readonly Check[];
  readonly status: (typeof STATUS_NAMES)[number];
  readonly key: KeyRow | null;
  readonly proof: ReceiptProof;
  readonly findings: readonly Finding[];
}

/** Reads what is named, looks the receipt up and checks it anew from its bytes. The error is a sentence. */
export async function readRecord(
  command: string,
  asked: OneReceipt,
  around: Surroundings,
): Promise<Result<ReceiptRecord, string>> {
  const found = await findNamed(command, asked, around);
  return found.ok ? whileReading(() => recordOf(found.value)) : found;
}

async function recordOf({ read, row }: NamedReceipt): Promise<Result<ReceiptRecord, string>> {
  const { platform } = read;
  const { dataset, members, conclusion } = read;
  const { rows } = dataset;
  const member = members.get(rows.memberOf(row));
  if (member === undefined) {
    return err("the receipt's file is gone");
  }
  const { rawText, recognised, offset } = await readAgain(dataset, member, row);
  const inspection = inspectReceipt(recognised.value, platform.primitives);
  const signature = await checkSignature(inspection, platform);
  const number = rows.numberOf(row);
  const findingIds = new Set(conclusion.findingsOfRow.get(number) ?? []);
  const { verdict, statuses, chain } = conclusion;
  return ok({
    read,
    platform,
    row,
    node: chain.nodes.nodeOfRow(number),
    receipt: recognised.value,
    rawText,
    place: {
      file: member.path,
      line: dataset.members.lineNumbers()(rows.placeOf(row, "")),
      byte_offset: offset,
      pointer: recognised.pointer,
    },
    inspection,
    signature,
    checks: [...inspection.checks, ...(signature === null ? [] : [signature.check])],
    status: STATUS_NAMES[statuses.ofRow[row] ?? -1] ?? "not-checked",
    key: verdict.keys.find(({ key }) => key === rows.keyOf(row)) ?? null,
    proof: receiptProof(dataset, conclusion, row, rows.leafOf(row), platform.primitives),
    findings: verdict.report.findings.filter(({ id }) => findingIds.has(id)),
  });
}
