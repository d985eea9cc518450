import { utf8 } from "@/kernel/encoding.ts";
import { FINDINGS, type FindingCode, type Severity } from "@/kernel/findings.ts";
import type { JsonProblem } from "@/kernel/json/parse.ts";
import type { RawRecord } from "@/lib/ingest/record.ts";
import { isRecognisable } from "./recognisable.ts";
import type { Refused, TextProblem } from "./recognise.ts";
import type { Reject } from "./unit-result.ts";

const EXCERPT = 200;

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
  const { code, severity } = judged(problem.kind, isRecognisable(text));
  return reject(record, code, severity, problem.pointer, excerpt, detail);
}

function judged(
  kind: TextProblem["kind"],
  isRecord: boolean,
): { readonly code: FindingCode; readonly severity: Severity } {
  const doubtful: Severity = isRecord ? "error" : "warning";
  switch (kind) {
    case "duplicate-key":
      return { code: "FMT-001", severity: doubtful };
    case "lone-surrogate":
    case "not-utf-8":
      return { code: "FMT-005", severity: doubtful };
    case "number":
      return { code: "FMT-006", severity: doubtful };
    case "depth":
      return { code: "LIM-002", severity: "error" };
    case "cut":
      return { code: "FMT-003", severity: "warning" };
    case "syntax":
      return { code: "FMT-002", severity: "warning" };
  }
}

export function unknownRecord(record: RawRecord): Reject {
  const excerpt = wellFormed((record.text ?? "").slice(0, EXCERPT));
  return reject(record, "FMT-004", "warning", "", excerpt, null);
}

/**
 * A wrapper of a receipt that holds none: an error, since a row of the log is there and says nothing. With a
 * problem, the record's own text inside the row is what may not be read, and is judged as a row would be.
 */
export function unreadableReceipt(
  record: RawRecord,
  pointer: string,
  problem?: TextProblem,
): Reject {
  const reject = unknownRecord(record);
  return problem === undefined
    ? { ...reject, severity: "error", pointer }
    : { ...reject, ...judged(problem.kind, true), pointer: problem.pointer };
}

/** A row of an export that is not read, or not to its end. */
export function refusedRow(record: RawRecord, refused: Refused): Reject {
  const { code, pointer, expected } = refused;
  const detail = expected === null ? null : `should be ${expected}`;
  return { ...unknownRecord(record), code, pointer, detail, severity: FINDINGS[code].severity };
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

/** A cut may fall inside a surrogate pair, and a hostile text may hold half of one. */
function wellFormed(text: string): string {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    "\ufffd",
  );
}
