import type { Relations } from "./conclude.ts";
import { describeInputs } from "./describe-inputs.ts";
import { groupOf } from "./ledger.ts";
import { answer, type Facts, headlineOf } from "./questions.ts";
import type {
  Finding,
  FindingRow,
  Question,
  QuestionName,
  SealEdges,
  Verdict,
  VerificationReport,
} from "./report.ts";
import type { RowStatuses } from "./statuses.ts";
import { checkpointStrip } from "./strip.ts";

/** Turns what the relations found into the five answers, the headline, the report and its extras. */
export function composeVerdict(
  relations: Relations,
  statuses: RowStatuses,
): { readonly verdict: Verdict; readonly findingsOfRow: ReadonlyMap<number, readonly string[]> } {
  const { dataset, ledger, options, standings, chains, sequences } = relations;
  const { members, rows } = dataset;
  const isTrustInput = (input: number): boolean => options.trustInputs?.has(input) === true;
  reportRun(relations);
  const facts = gatherFacts(relations, statuses);
  const questions = answer(facts);
  const headline = headlineOf(facts, questions);
  const { findings, rowsOf } = ledger.list((id) => members.pathOf(id), members.lineNumbers());
  const report: VerificationReport = {
    schema: "chio-explorer.verification-report.v1",
    headline,
    trust_mode: facts.trust,
    questions,
    counts: {
      files: dataset.inputs.filter(({ input }) => !isTrustInput(input)).length,
      rows: members.all.reduce(
        (sum, { id, input }) => sum + (isTrustInput(input) ? 0 : members.recordsOf(id)),
        0,
      ),
      rejected: facts.rejected,
      receipts: statuses.receipts,
      by_form: statuses.byForm,
      by_status: statuses.byStatus,
      checkpoints: distinctCheckpoints(relations),
      proofs: proofCount(relations),
    },
    inputs: describeInputs(dataset, relations.drafted.draftOfReject, isTrustInput),
    findings,
  };
  const here = findings.filter(
    (finding) => finding.severity === "error" && groupOf(finding.code) === "here",
  );
  const { findingRows, findingsOfRow } = relateRows(rowsOf, rows);
  const verdict: Verdict = {
    report,
    partial: options.partial,
    causes: here.filter((finding) => finding.cause === null).length,
    effects: here.length,
    absentReceipts: facts.absent,
    absentCheckpoints: facts.absentCheckpoints,
    uncovered: sequences.reduce((sum, { tail }) => sum + tail, 0),
    unsupported: facts.signatures.unsupported + facts.signatures.otherUnsupported,
    unsignedSynthetic: statuses.synthetic,
    forks: facts.forks,
    links: { fit: facts.linksFit, total: facts.links },
    range: statuses.from <= statuses.to ? { from: statuses.from, to: statuses.to } : null,
    seal: sealOf(findings, questions, facts),
    keys: standings.keys,
    strip: checkpointStrip(chains, sequences, ledger.drafts),
    pinnedKeys: facts.pinnedKeys,
    rows: findingRows,
    refereed: { ...dataset.refereed },
  };
  return { verdict, findingsOfRow };
}

/** Which row each finding is about, and which findings are about each row, by the database's numbers. */
function relateRows(
  rowsOf: ReadonlyMap<string, number>,
  rows: Relations["dataset"]["rows"],
): {
  readonly findingRows: ReadonlyMap<string, FindingRow>;
  readonly findingsOfRow: ReadonlyMap<number, readonly string[]>;
} {
  const findingRows = new Map<string, FindingRow>();
  const findingsOfRow = new Map<number, string[]>();
  for (const [id, row] of rowsOf) {
    const number = rows.numberOf(row);
    const seq = rows.seq[row] ?? Number.NaN;
    findingRows.set(id, { row: number, seq: Number.isNaN(seq) ? null : seq });
    const own = findingsOfRow.get(number) ?? [];
    own.push(id);
    findingsOfRow.set(number, own);
  }
  return { findingRows, findingsOfRow };
}

/** Findings about the run as a whole: that it was stopped. */
function reportRun({ ledger, options }: Relations): void {
  if (options.partial) {
    ledger.add({
      code: "LIM-006",
      subject: { kind: "run", id: "stopped" },
      place: { member: -1, unitStart: null, line: null, offset: null, pointer: "" },
    });
  }
}

function gatherFacts(relations: Relations, statuses: RowStatuses): Facts {
  const { dataset, ledger, options, drafted, standings, chains, sequences, checkpoints } =
    relations;
  const signed = (state: string): number =>
    dataset.others.filter(({ signature }) => signature === state).length;
  const rejects = [...drafted.draftOfReject.keys()];
  const total = (of: (sequence: (typeof sequences)[number]) => number): number =>
    sequences.reduce((sum, sequence) => sum + of(sequence), 0);
  const numbered = sequences.filter(({ present }) => present > 0);
  const failures = ledger.errorsOf("INC-001") + ledger.errorsOf("INC-002");
  return {
    trust: options.trust === null ? "none" : "pinned",
    pinnedKeys: options.trust === null ? 0 : options.trust.byKey.size,
    receipts: statuses.receipts,
    signatures: {
      fit: statuses.fit,
      fail: statuses.fail,
      unsupported: statuses.unsupported,
      uncheckable: statuses.uncheckable,
      otherFit: signed("fits"),
      otherFail: signed("does-not-fit") + signed("unreadable"),
      otherUnsupported: signed("unsupported"),
    },
    pinned: statuses.pinned,
    isAnySignerRefused: standings.isAnyRefused,
    keysSeen: standings.keys.length,
    unalteredReceipts: statuses.unaltered,
    alteredOthers: signed("does-not-fit") + signed("unreadable") + ledger.errorsOf("SIG-009"),
    ambiguousRows: rejects.filter(({ severity }) => severity === "error").length,
    included: statuses.included,
    inclusionFailures: failures,
    notCovered: statuses.notCovered,
    checkpoints: checkpoints.length,
    rootFailures: ledger.errorsOf("CKP-002"),
    numbered: total(({ present }) => present),
    expected: total(({ expected }) => expected),
    absent: total(({ absentReceipts }) => absentReceipts),
    absentCheckpoints: chains.reduce(
      (sum, { absent }) =>
        sum + absent.reduce((of, { fromSeq, toSeq }) => of + toSeq - fromSeq + 1, 0),
      0,
    ),
    tail: total(({ tail }) => tail),
    rejected: rejects.length,
    isFiltered: sequences.some(({ isFiltered }) => isFiltered),
    isFromStart: numbered.length > 0 && numbered.every(({ fromStart }) => fromStart),
    isUnexplained: sequences.some(({ unexplained }) => unexplained),
    isAbsenceCertain: ledger.errorsOf("SEQ-001") > 0,
    lastCovered: sequences.reduce((last, sequence) => Math.max(last, sequence.lastCovered), 0),
    forks: relations.forks,
    conflicts: ledger.errorsOf("SEQ-004"),
    brokenLinks: ledger.errorsOf("CKP-003") + ledger.errorsOf("CKP-005"),
    linksFit: chains.reduce((sum, { linksFit }) => sum + linksFit, 0),
    links: chains.reduce((sum, { links }) => sum + links, 0),
    errors: ledger.errors,
    isPartial: options.partial,
  };
}

function distinctCheckpoints({ checkpoints }: Relations): number {
  return new Set(checkpoints.map(({ sha256 }) => sha256)).size;
}

function proofCount({ dataset }: Relations): number {
  return dataset.proofs.count + dataset.others.filter(({ kind }) => kind === "anchor-proof").length;
}

type Edge = SealEdges[keyof SealEdges];

/** The six edges in the order of the seal; an edge fails only by an error of its own kind. */
function sealOf(
  findings: readonly Finding[],
  questions: Readonly<Record<QuestionName, Question>>,
  facts: Facts,
): SealEdges {
  const fails = (...families: readonly string[]): boolean =>
    findings.some(
      ({ code, severity }) => severity === "error" && families.includes(code.slice(0, 3)),
    );
  const { fit, fail, otherFit, otherFail } = facts.signatures;
  const isChecked = fit + fail + otherFit + otherFail > 0;
  const judged = (isFailing: boolean): Edge =>
    isFailing ? "fails" : isChecked ? "holds" : "unknown";
  const fromAnswer = (question: Question): Edge =>
    question.answer === "yes" ? "holds" : question.answer === "no" ? "fails" : "open";
  const { authentic, included, complete, consistent } = questions;
  const continuity: Edge =
    complete.answer === "no" || consistent.answer === "no"
      ? "fails"
      : complete.answer === "yes" && consistent.answer === "yes"
        ? "holds"
        : "open";
  return {
    format: judged(fails("FMT", "LIM", "MAN")),
    hash: judged(fails("HSH")),
    signature: judged(fails("SIG")),
    key: fromAnswer(authentic),
    inclusion: fromAnswer(included),
    continuity,
  };
}
