import type { FindingCode } from "@/kernel/findings.ts";
import type { Finding, SubjectKind } from "@/lib/verification/report.ts";
import { looksLikeHash, shortHash } from "./hash.ts";
import { formatCount } from "./numbers.ts";

/** From codes to sentences: what a finding says to a person. Text from files comes in as text, shortened. */

type Clause = string | ((finding: Finding) => string);

/** What is said after the subject and a colon. */
const CLAUSES: Readonly<Record<FindingCode, Clause>> = {
  "SIG-001": "the signature, or its key, is absent or cannot be read",
  "SIG-002": "the signature does not fit the content",
  "SIG-003": "its kind, boundary, trust level and decision do not belong together",
  "SIG-004": "signed by an algorithm that is not supported here",
  "SIG-005": "a denial made without a kernel, unsigned: set aside",
  "SIG-006": "the signature fits another spelling of the same content",
  "SIG-007": "two ways of checking the signature disagree: no verdict on this record",
  "SIG-008": "an abbreviated example, or no key named: can’t be checked",
  "SIG-009": "a delegation link is not signed by its delegator, or does not join",
  "HSH-001": "the parameter hash is not the hash of the parameters",
  "HSH-002": "the id is not the hash of the content",
  "HSH-003": "the parameter hash of an HTTP receipt follows another rule: not applicable",
  "KEY-001": "signed records, but is not among the pinned keys",
  "KEY-002": "weak: a signature under it proves nothing",
  "KEY-003": "pinned, but not for the time of this signature",
  "KEY-004": "made from a published test seed: anyone can sign with it",
  "KEY-005": "pinned for another role",
  "KEY-006": "offered together with the evidence, not pinned",
  "INC-001": "does not lead from the receipt to the checkpoint’s root",
  "INC-002": "does not agree with the checkpoint that it names",
  "INC-003": "its receipt or its checkpoint is not loaded",
  "INC-004": "two different inclusion proofs for one checkpoint",
  "INC-005": "fits another receipt of the batch: the two sequences number different things",
  "INC-006": "starts from the receipt without its signature",
  "CKP-001": "the statement contradicts itself or its schema",
  "CKP-002": "its root is not the root of its receipts",
  "CKP-003": "does not continue its predecessor",
  "CKP-004": (finding) =>
    finding.expected === null ? "absent" : `absent, and with it ${readable(finding.expected)}`,
  "CKP-005": "the consistency proof, or the chain root, does not hold",
  "CKP-006": "names no predecessor",
  "CKP-007": "a consistency record of version 1 repeats two statements and proves nothing more",
  "CKP-008": "an unsigned record derived from checkpoints does not agree with them",
  "EQV-001": "one key signed two histories",
  "SEQ-001": (finding) =>
    finding.expected === null ? "absent" : `${readable(finding.expected)} absent from the sequence`,
  "SEQ-002": "occurs more than once",
  "SEQ-003": "no checkpoint covers these yet: can’t tell",
  "SEQ-004": "one id stands for two contents",
  "SEQ-005": "one sequence number is claimed by two receipts",
  "SEQ-006": (finding) =>
    `the log starts at ${finding.actual ?? "a later one"}: retention or removal, can’t tell which`,
  "LNK-001": (finding) =>
    finding.expected === null
      ? "names a parent that is not loaded"
      : `names the parent ${clip(finding.expected, 60)}, which is not loaded`,
  "LNK-002": "its capability was revoked before",
  "LNK-003": "its capability was not valid at that time",
  "LNK-004": "names itself as its parent",
  "LNK-005": (finding) =>
    finding.actual === null
      ? "is its own cause, by way of others"
      : `is its own cause, by way of others: ${clip(finding.actual, 120)}`,
  "LNK-006": "is earlier than the parent that it names: ordinary where clocks differ",
  "LNK-007": "names a denied call as its parent",
  "LNK-008": "should have a parent, and names none",
  "MAN-001": "a file does not have the size or hash that the manifest lists",
  "MAN-002": "not listed in the manifest",
  "MAN-003": (finding) =>
    finding.expected === null
      ? "a listed file is absent"
      : `lists ${clip(finding.expected, 60)}, which is absent`,
  "MAN-004": "its counts are not the counts of the files",
  "MAN-005": "its query is not the query file’s",
  "MAN-006": "cannot be used: a path that repeats or leaves the folder, or a missing member",
  "MAN-007": "claims another coverage than its files show",
  "FMT-001": "a name appears twice: which value was signed is unclear",
  "FMT-002": "not JSON",
  "FMT-003": "ends in the middle of a value",
  "FMT-004": "JSON, but no record that is known here",
  "FMT-005": "the text is not well-formed Unicode",
  "FMT-006": "a number is outside JSON",
  "FMT-007": "an integer beyond 64 bits was read as a floating-point number",
  "FMT-008": "members that the signature does not cover",
  "FMT-009": "a key, hash or signature is spelled with a prefix or in upper case",
  "FMT-010": "a column of the store differs from the signed record beside it",
  "FMT-011": "damaged or cut: what could be read was kept",
  "FMT-012": "the write-ahead log was not given, or not read in full",
  "FMT-013": "an exported record that can’t be read as its form says",
  "FMT-014": "perhaps changed by the exporting tool: can’t be checked",
  "DLQ-001": "a dead letter without a receipt: set aside as a claim",
  "DLQ-002": "envelope, headers and receipt name different receipts",
  "DLQ-003": "envelope, headers and receipt give different verdicts",
  "DLQ-004": "the coordinates are not those that the receipt was made for",
  "DLQ-005": "the guard or the reason is not the one in the receipt",
  "DLQ-006": "the payload is not the message that was judged",
  "DLQ-007": "Kafka Connect could not process it: that is no denial",
  "LIM-001": "longer than the limit: not read",
  "LIM-002": "nested deeper than the limit: not read",
  "LIM-003": "beyond a limit on size, ratio, members or nesting: not unpacked further",
  "LIM-004": "the memory limit was reached: further rows were counted, not indexed",
  "LIM-005": (finding) =>
    finding.actual === null
      ? "more were counted than are listed"
      : `${readable(finding.actual)} counted, ${readable(finding.expected ?? "0")} listed`,
  "LIM-006": "stopped before its end: the results are partial",
};

const SUBJECTS: Readonly<Record<SubjectKind, string>> = {
  receipt: "Receipt",
  checkpoint: "Checkpoint",
  "inclusion-proof": "Inclusion proof",
  "consistency-proof": "Consistency proof",
  capability: "Capability",
  "tool-manifest": "Tool manifest",
  statement: "Statement",
  manifest: "Manifest",
  key: "Key",
  sequence: "Sequence",
  file: "File",
  "dead-letter": "Dead letter",
  row: "Row",
  run: "Run",
};

/** The finding as one sentence without a full stop: `Checkpoint 17: absent, and with it receipts 1,601 to 1,700`. */
export function findingSentence(
  code: FindingCode,
  finding: Finding,
  seq: number | null = null,
): string {
  const clause = CLAUSES[code];
  return `${subjectLabel(finding, seq)}: ${typeof clause === "string" ? clause : clause(finding)}`;
}

/**
 * The sentence of a cause. What its effects say together says more than the first of them: content whose
 * hash and signature both do not fit was changed after it was signed.
 *
 * @param seq        the receipt's sequence number, where it has one
 * @param isOneValue one value is known with which the signature fits
 */
export function causeSentence(
  cause: { readonly finding: Finding; readonly effects: readonly Finding[] },
  seq: number | null = null,
  isOneValue = false,
): string {
  const { finding } = cause;
  const subject = subjectLabel(finding, seq);
  if (isOneValue) return `${subject}: ${CHANGED_VALUE}`;
  const codes = new Set([finding, ...cause.effects].map((each) => each.code));
  if ((finding.code === "SIG-002" || finding.code === "HSH-001") && codes.has("SIG-002")) {
    if (codes.has("HSH-001")) return `${subject}: ${CHANGED_PARAMETERS}`;
  }
  if (finding.code === "HSH-002" && codes.has("SIG-002")) {
    return `${subject}: ${CHANGED_CONTENT}`;
  }
  return findingSentence(finding.code, finding, seq);
}

const CHANGED_PARAMETERS = "its parameters are not the parameters that were signed";
const CHANGED_CONTENT = "its content is not the content that was signed";
const CHANGED_VALUE = "one value is not the value that was signed";

/** What the finding is about: `Receipt #803`, `Checkpoint 17`, `Receipts 3,801 to 3,892`. */
export function subjectLabel(finding: Finding, seq: number | null = null): string {
  const { subject, place } = finding;
  const name = SUBJECTS[subject.kind];
  switch (subject.kind) {
    case "sequence":
      return subject.id.includes(" to ")
        ? `Receipts ${readable(subject.id)}`
        : `Receipt ${readable(subject.id)}`;
    case "receipt":
    case "row":
      if (seq !== null) return `${name} #${seq}`;
      return place.line === null
        ? `${name} ${shortId(subject.id)}`.trim()
        : `${name} on line ${formatCount(place.line)}`;
    case "run":
      return "This run";
    case "checkpoint":
      return `${name} ${readable(subject.id)}`;
    default:
      return `${name} ${shortId(subject.id)}`.trim();
  }
}

/** An id at a length that a line can hold; a hash as its ends. */
export function shortId(id: string): string {
  return looksLikeHash(id) ? shortHash(id) : clip(id, 40);
}

/** Text of a file cut to a length, so that no line grows without bound. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Sets commas into whole numbers inside a short text. */
function readable(text: string): string {
  return clip(text, 80).replace(/\b\d{4,15}\b/g, (digits) => formatCount(Number(digits)));
}

/** The check that an effect belongs to, as a noun: `Signature`, `Root`. */
const EFFECTS: Readonly<Partial<Record<FindingCode, string>>> = {
  "SIG-001": "Signature",
  "SIG-002": "Signature",
  "SIG-003": "Coherence",
  "SIG-009": "Delegation",
  "HSH-001": "Parameter hash",
  "HSH-002": "Id",
  "KEY-001": "Key",
  "KEY-002": "Key",
  "KEY-003": "Key",
  "INC-001": "Leaf",
  "INC-002": "Proof",
  "INC-003": "Proof",
  "CKP-001": "Statement",
  "CKP-002": "Root",
  "CKP-003": "Link",
  "CKP-005": "Consistency",
  "EQV-001": "History",
  "SEQ-001": "Sequence",
  "SEQ-004": "Content",
  "SEQ-005": "Sequence number",
  "MAN-001": "File hash",
  "MAN-004": "Counts",
};

/** One effect of a cause, in two parts: `Root` and `of checkpoint 9`. */
export function effectWords(
  finding: Finding,
  seq: number | null = null,
): { readonly what: string; readonly of: string } {
  const label = subjectLabel(finding);
  return {
    what: EFFECTS[finding.code] ?? finding.code,
    of: seq !== null ? `of #${seq}` : `of ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
  };
}
