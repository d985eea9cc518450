import type { Check } from "@/kernel/check.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { member as memberOf } from "@/kernel/json/value.ts";
import { inspectReceipt, type ReceiptInspection } from "@/kernel/receipt/inspect.ts";
import type { Member } from "@/lib/ingest/record.ts";
import type { FieldRow, ReceiptDetail, ReceiptRow } from "@/lib/queries/model.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import { readAgain } from "@/lib/verification/read-again.ts";
import { receiptProof } from "@/lib/verification/receipt-proof.ts";
import { receiptRepair } from "@/lib/verification/receipt-repair.ts";
import { checkSignature, type SignatureOutcome } from "@/lib/verification/receipt-signature.ts";
import type { Recognised } from "@/lib/verification/recognise.ts";
import { STATUS_NAMES } from "@/lib/verification/statuses.ts";
import { receiptFactRows } from "./receipt-fact-rows.ts";

/**
 * Everything about one receipt, computed anew from the bytes of its file: parsed, inspected, and its
 * signature verified by the fast rule and by the exact one.
 *
 * @param number the row's number in the database
 * @throws Error where there is no such row, or its file does not hold it any more
 */
export async function receiptDetail(
  dataset: Dataset,
  members: ReadonlyMap<number, Member>,
  number: number,
  platform: Platform,
): Promise<ReceiptDetail> {
  const { rows } = dataset;
  const row = rows.find(number);
  const member = members.get(rows.memberOf(row));
  if (row === -1 || member === undefined) {
    throw new Error(`there is no receipt ${number}`);
  }
  const { offset, length, rawText, rowText, recognised } = await readAgain(dataset, member, row);
  const inspection = inspectReceipt(recognised.value, platform.primitives);
  const signature = await checkSignature(inspection, platform);
  const checks = [...inspection.checks, ...(signature === null ? [] : [signature.check])];
  const leaf = rows.leafOf(row);
  const { conclusion } = dataset;
  const findingIds = new Set(conclusion?.findingsOfRow.get(number) ?? []);
  return {
    row: shownRow(dataset, row, number, inspection, member.path),
    form: inspection.form,
    facts: receiptFactRows(inspection.facts),
    evidence: inspection.facts.evidence,
    checks,
    fields: fieldsOf(recognised, inspection, signature, checks),
    proof: receiptProof(dataset, conclusion, row, leaf, platform.primitives),
    repair:
      signature?.outcome.kind === "does-not-fit"
        ? await receiptRepair(dataset, members, row, recognised.value, platform)
        : null,
    findings: (conclusion?.verdict.report.findings ?? []).filter(({ id }) => findingIds.has(id)),
    place: {
      file: member.path,
      line: dataset.members.lineNumbers()(rows.placeOf(row, "")),
      byteOffset: offset,
      length,
      pointer: recognised.pointer,
    },
    rawText,
    rowText,
  };
}

function fieldsOf(
  { wrapper }: Recognised,
  inspection: ReceiptInspection,
  signature: SignatureOutcome | null,
  checks: readonly Check[],
): readonly FieldRow[] {
  const preimage = signature?.outcome.kind === "fits" ? signature.outcome.preimage : "normal";
  const signed = signature?.outcome.kind === "fits";
  const failedAt = checks.flatMap(({ outcome }) =>
    outcome.kind === "failed" ? [outcome.pointer] : [],
  );
  const fields: FieldRow[] = inspection.coverage(preimage).map((field) => ({
    pointer: field.pointer,
    value: field.value,
    coverage: field.coverage,
    fits: (field.coverage !== "covered" || signed) && !failedAt.includes(field.pointer),
    note: field.reason,
  }));
  const seq = wrapper === null ? undefined : memberOf(wrapper, "seq");
  if (seq !== undefined) {
    fields.unshift({
      pointer: "/seq",
      value: canonicalize(seq),
      coverage: "not-covered",
      fits: true,
      note: "wrapper, a claim",
    });
  }
  return fields;
}

function shownRow(
  dataset: Dataset,
  row: number,
  number: number,
  { facts }: ReceiptInspection,
  file: string,
): ReceiptRow {
  const seq = dataset.rows.seq[row] ?? Number.NaN;
  const status = dataset.conclusion?.statuses.ofRow[row];
  return {
    row: number,
    seq: Number.isNaN(seq) ? null : String(seq),
    timestamp: facts.timestamp === null ? null : Number(facts.timestamp),
    decision: facts.decision,
    status: status === undefined ? null : (STATUS_NAMES[status] ?? null),
    id: facts.id,
    agent: facts.agent,
    service: facts.service,
    tool: facts.toolName,
    guard: facts.guard ?? "",
    reason: facts.reason ?? "",
    file,
  };
}
