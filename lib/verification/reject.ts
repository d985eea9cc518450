import { utf8 } from "@/kernel/encoding.ts";
import type { FindingCode, Severity } from "@/kernel/findings.ts";
import type { JsonProblem } from "@/kernel/json/parse.ts";
import type { RawRecord } from "@/lib/ingest/record.ts";
import type { Reject } from "./unit-result.ts";

const EXCERPT = 200;

/** Members that only records of this world carry; two of them make a text recognisable. */
const DISTINCTIVE = [
  '"signature"',
  '"kernel_key"',
  '"capability_id"',
  '"tool_name"',
  '"receipt"',
  '"merkle_root"',
  '"checkpoint_seq"',
  '"audit_path"',
  '"parameter_hash"',
  '"issuer"',
];

/**
 * A row that could not be read. Noise is a warning. A row that is recognisably a signed record and may
 * not be read is an error: two readers could take two contents from it, so it must not pass as noise.
 */
export function rejectOf(record: RawRecord, problem?: JsonProblem): Reject {
  if (record.text === null) {
    const raw = record.problem ?? { code: "FMT-003" as const, excerpt: "" };
    const isNoise = raw.code === "FMT-005" && !mayBeRecord(raw.excerpt, record.length);
    const severity = isNoise ? "warning" : severityOf(raw.code);
    return reject(record, raw.code, severity, "", raw.excerpt, null);
  }
  const { text } = record;
  const excerpt = wellFormed(text.slice(0, EXCERPT));
  if (problem === undefined) {
    return reject(record, "FMT-002", "warning", "", excerpt, null);
  }
  const at = record.offset + utf8(wellFormed(text.slice(0, problem.offset))).length;
  const detail = `at byte ${at}`;
  const doubtful: Severity = isRecognisable(text) ? "error" : "warning";
  switch (problem.kind) {
    case "duplicate-key":
      return reject(record, "FMT-001", doubtful, problem.pointer, excerpt, detail);
    case "lone-surrogate":
      return reject(record, "FMT-005", doubtful, problem.pointer, excerpt, detail);
    case "number":
      return reject(record, "FMT-006", doubtful, problem.pointer, excerpt, detail);
    case "depth":
      return reject(record, "LIM-002", "error", problem.pointer, excerpt, detail);
    case "cut":
      return reject(record, "FMT-003", "warning", problem.pointer, excerpt, detail);
    case "syntax":
      return reject(record, "FMT-002", "warning", problem.pointer, excerpt, detail);
  }
}

export function unknownRecord(record: RawRecord): Reject {
  const excerpt = wellFormed((record.text ?? "").slice(0, EXCERPT));
  return reject(record, "FMT-004", "warning", "", excerpt, null);
}

/** A wrapper of a receipt that holds none: an error, since a row of the log is there and says nothing. */
export function unreadableReceipt(record: RawRecord, pointer: string): Reject {
  return { ...unknownRecord(record), severity: "error", pointer };
}

function reject(
  record: RawRecord,
  code: FindingCode,
  severity: Severity,
  pointer: string,
  excerpt: string,
  detail: string | null,
): Reject {
  const { line, offset, length } = record;
  return { code, severity, line, offset, length, pointer, excerpt, detail };
}

function severityOf(code: "FMT-003" | "FMT-005" | "LIM-001" | "LIM-002"): Severity {
  return code === "FMT-003" ? "warning" : "error";
}

/** An excerpt shows a long record's beginning only: an object whose names are out of sight may be a record. */
function mayBeRecord(excerpt: string, length: number): boolean {
  return isRecognisable(excerpt) || (excerpt.startsWith("{") && length > excerpt.length * 2);
}

/** Names may be spelled with escapes, which a hostile record would use to pass as noise. */
function isRecognisable(text: string): boolean {
  const plain = text.includes("\\u00")
    ? text.replace(/\\u00([2-7][\da-f])/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
  return DISTINCTIVE.filter((name) => plain.includes(name)).length >= 2;
}

/** A cut may fall inside a surrogate pair, and a hostile text may hold half of one. */
function wellFormed(text: string): string {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    "\ufffd",
  );
}
