import { FINDINGS } from "@/kernel/findings.ts";
import type { Dataset, PlacedReject } from "./dataset.ts";
import type { Draft, Ledger } from "./ledger.ts";
import { type PlacedRecord, wholeFile } from "./members.ts";

/** What the records say of themselves, as findings, and which finding stands for which record. */
export interface Drafted {
  readonly causeOfRow: ReadonlyMap<number, Draft>;
  readonly causeOfRecord: (record: PlacedRecord) => Draft | null;
  readonly draftOfReject: ReadonlyMap<PlacedReject, Draft>;
}

/**
 * Enters the findings that units and files brought. The first error of a record is the cause; the record's
 * other errors are its effects: an edited receipt is one thing that happened, not four.
 */
export function draftFindings(
  dataset: Dataset,
  listed: ReadonlySet<number>,
  ledger: Ledger,
): Drafted {
  const causeOfRow = new Map<number, Draft>();
  const causes = new Map<string, Draft>();
  for (const finding of dataset.findings) {
    const { code, severity, subject, row, expected, actual } = finding;
    const name = recordName(finding.member, finding.offset, finding.record);
    const known = row === -1 ? causes.get(name) : causeOfRow.get(row);
    const isError = severity === "error";
    const draft = ledger.add({
      code,
      severity,
      subject,
      place: {
        member: finding.member,
        unitStart: finding.unitStart,
        line: finding.line,
        offset: finding.offset,
        pointer: finding.pointer,
      },
      cause: isError ? (known ?? null) : null,
      expected,
      actual,
      row,
    });
    if (isError && known === undefined) {
      if (row === -1) {
        causes.set(name, draft);
      } else {
        causeOfRow.set(row, draft);
      }
    }
  }
  for (const [code, number] of dataset.unlisted) {
    ledger.count(code, FINDINGS[code].severity, number);
  }
  const byPath = new Map([...dataset.members.all].reverse().map((known) => [known.path, known]));
  for (const finding of dataset.ingestFindings) {
    const { code, path, line, expected, actual } = finding;
    const found = byPath.get(path);
    ledger.add({
      code,
      subject: { kind: "file", id: path },
      place: { ...wholeFile(found?.id ?? -1), line },
      expected,
      actual,
    });
  }
  return {
    causeOfRow,
    causeOfRecord: ({ member, offset, pointer }) =>
      causes.get(recordName(member, offset, pointer)) ?? null,
    draftOfReject: draftRejects(dataset, listed, ledger),
  };
}

function draftRejects(
  dataset: Dataset,
  listed: ReadonlySet<number>,
  ledger: Ledger,
): ReadonlyMap<PlacedReject, Draft> {
  const drafts = new Map<PlacedReject, Draft>();
  for (const reject of dataset.rejects) {
    if (listed.has(reject.member)) {
      continue;
    }
    const { code, severity, member, unitStart, line, offset, pointer, detail } = reject;
    const draft = ledger.add({
      code,
      severity,
      subject: { kind: "row", id: String(line) },
      place: { member, unitStart, line, offset, pointer },
      actual: detail,
    });
    drafts.set(reject, draft);
  }
  return drafts;
}

function recordName(member: number, offset: number, pointer: string): string {
  return `${member} ${offset} ${pointer}`;
}
