import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { Finding } from "@/lib/verification/report.ts";
import { EXIT } from "./exit.ts";
import { parseOneReceipt } from "./receipt-arguments.ts";
import type { ReceiptRecord } from "./receipt-record.ts";
import {
  checkJson,
  checkText,
  keyText,
  NAME_LENGTH,
  placeJson,
  proofJson,
  proofText,
  statusText,
  table,
} from "./receipt-words.ts";
import { findingLines, placeText } from "./render.ts";
import { writeJson } from "./safe-json.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { withRecord } from "./with-record.ts";

const COMMAND = "chio receipt verify";
const LISTED = 200;

/**
 * `chio receipt verify ID PATH... [--trust FILE] [--json]`: every check of one receipt, with what was read beside
 * it. Exit 1 where it does not verify, 2 where no signature of it could be checked.
 */
export function runReceiptVerify(words: readonly string[], around: Surroundings): Promise<number> {
  return withRecord(COMMAND, parseOneReceipt(words), around, (record, given) => {
    if (given.json) {
      writeJson(canonicalize(document(record)), around.out);
    } else {
      around.out.write(text(record));
    }
    return exitCodeOf(record);
  });
}

function exitCodeOf({ status, findings }: ReceiptRecord): number {
  if (status === "does-not-verify" || findings.some(({ severity }) => severity === "error")) {
    return EXIT.doesNotVerify;
  }
  return status === "not-checked" || status === "unsigned" ? EXIT.unusable : EXIT.nothingFails;
}

function text(record: ReceiptRecord): string {
  const { findings } = record;
  const lines = [
    `${statusText(record)}: receipt ${safeText(record.inspection.facts.id, NAME_LENGTH)}`,
    "",
    ...table([
      ...record.checks.map((check) => [check.name.replaceAll("-", " "), checkText(check)] as const),
      ["key", keyText(record.key)],
      ["inclusion", proofText(record.proof)],
      ["stands in", placeText(record.place)],
    ]),
  ];
  if (findings.length > 0) {
    lines.push(
      "",
      `Findings (${findings.length})`,
      ...findings.slice(0, LISTED).flatMap(findingLines),
    );
  }
  if (findings.length > LISTED) {
    lines.push(`  and ${findings.length - LISTED} more; --json lists them`);
  }
  return `${lines.join("\n")}\n`;
}

function document(record: ReceiptRecord): JsonObject {
  return {
    schema: "chio-explorer.receipt-verification.v1",
    id: record.inspection.facts.id,
    form: record.inspection.form,
    status: record.status,
    checks: record.checks.map(checkJson),
    key:
      record.key === null
        ? null
        : { fingerprint: record.key.fingerprint, standing: record.key.standing },
    inclusion: proofJson(record.proof),
    place: placeJson(record.place),
    findings: record.findings.map(findingJson),
  };
}

function findingJson({ subject, place, ...finding }: Finding): JsonObject {
  return { ...finding, subject: { ...subject }, place: placeJson(place) };
}
