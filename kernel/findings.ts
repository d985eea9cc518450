/**
 * The closed list of what a verification can find. Codes are API: tests assert them, reports carry them,
 * and `docs/findings.md` is generated from this table. The sentence that a person reads lives elsewhere.
 */
export type Severity = "error" | "warning" | "info";

/** Whether the finding is about something present that does not fit, or about something that is absent. */
export type FindingGroup = "here" | "absent" | "note";

interface FindingFacts {
  readonly severity: Severity;
  readonly group: FindingGroup;
  readonly meaning: string;
}

export const FINDINGS = {
  "SIG-001": {
    severity: "error",
    group: "here",
    meaning: "The signature, or the key that it names, is absent or cannot be read.",
  },
  "SIG-002": {
    severity: "error",
    group: "here",
    meaning: "The signature does not match the signed content.",
  },
  "SIG-003": {
    severity: "error",
    group: "here",
    meaning:
      "The kind, boundary, trust level, decision and outcome of a v1 receipt do not belong together.",
  },
  "SIG-004": {
    severity: "warning",
    group: "note",
    meaning: "The signature's algorithm is not supported here: neither confirmed nor refuted.",
  },
  "SIG-005": {
    severity: "info",
    group: "note",
    meaning:
      "A denial that a client made up without a kernel: it carries no signature and proves nothing.",
  },
  "SIG-006": {
    severity: "info",
    group: "note",
    meaning: "The signature fits a tolerated spelling of the content, which is named.",
  },
  "SIG-007": {
    severity: "error",
    group: "here",
    meaning:
      "The fast and the exact signature rule disagree: no verdict on this record can be given.",
  },
  "SIG-008": {
    severity: "warning",
    group: "note",
    meaning:
      "The record is an abbreviated example, or names its signer without a key: its signature cannot be checked.",
  },
  "SIG-009": {
    severity: "error",
    group: "here",
    meaning: "A delegation link is not signed by its delegator, or the links do not join.",
  },
  "HSH-001": {
    severity: "error",
    group: "here",
    meaning: "The parameter hash is not the hash of the parameters.",
  },
  "HSH-002": {
    severity: "error",
    group: "here",
    meaning: "The id is not the hash of the receipt's content.",
  },
  "HSH-003": {
    severity: "info",
    group: "note",
    meaning:
      "The parameter hash of a receipt derived from an HTTP receipt is another hash by rule: not applicable.",
  },
  "KEY-001": {
    severity: "error",
    group: "here",
    meaning: "The signer is not among the pinned keys.",
  },
  "KEY-002": {
    severity: "error",
    group: "here",
    meaning: "The signer's key is weak: a signature under it proves nothing.",
  },
  "KEY-003": {
    severity: "error",
    group: "here",
    meaning: "The signer is pinned, but not for the time of this signature.",
  },
  "KEY-004": {
    severity: "warning",
    group: "note",
    meaning: "The key is derived from a published test seed: anyone can sign with it.",
  },
  "KEY-005": {
    severity: "error",
    group: "here",
    meaning: "The signer is pinned for another role.",
  },
  "KEY-006": {
    severity: "info",
    group: "note",
    meaning: "A trust file came together with the evidence: offered, not pinned.",
  },
  "INC-001": {
    severity: "error",
    group: "here",
    meaning: "The inclusion proof does not lead from the receipt to the checkpoint's root.",
  },
  "INC-002": {
    severity: "error",
    group: "here",
    meaning: "The inclusion proof does not agree with the checkpoint that it names.",
  },
  "INC-003": {
    severity: "warning",
    group: "absent",
    meaning: "The receipt or the checkpoint of an inclusion proof is not loaded.",
  },
  "INC-004": {
    severity: "warning",
    group: "note",
    meaning: "A receipt has two different inclusion proofs for one checkpoint.",
  },
  "INC-005": {
    severity: "warning",
    group: "note",
    meaning:
      "The proof fits another receipt of the batch: the two sequences number different things.",
  },
  "INC-006": {
    severity: "info",
    group: "note",
    meaning: "The proof starts from the receipt without its signature (anchor convention).",
  },
  "CKP-001": {
    severity: "error",
    group: "here",
    meaning: "The checkpoint statement contradicts itself or its schema.",
  },
  "CKP-002": {
    severity: "error",
    group: "here",
    meaning: "The root computed from the receipts is not the checkpoint's root.",
  },
  "CKP-003": {
    severity: "error",
    group: "here",
    meaning: "The checkpoint does not continue its predecessor.",
  },
  "CKP-004": {
    severity: "error",
    group: "absent",
    meaning: "A checkpoint between two others is absent.",
  },
  "CKP-005": {
    severity: "error",
    group: "here",
    meaning: "The consistency proof, or the chain root, does not hold.",
  },
  "CKP-006": {
    severity: "info",
    group: "note",
    meaning: "The checkpoint names no predecessor: sequential, but unlinked.",
  },
  "CKP-007": {
    severity: "info",
    group: "note",
    meaning:
      "A consistency record of version 1 is metadata: it repeats two statements and proves nothing more.",
  },
  "CKP-008": {
    severity: "warning",
    group: "note",
    meaning: "An unsigned record derived from checkpoints does not agree with them.",
  },
  "EQV-001": { severity: "error", group: "here", meaning: "One key signed two histories." },
  "SEQ-001": { severity: "error", group: "absent", meaning: "Sequence numbers are missing." },
  "SEQ-002": {
    severity: "warning",
    group: "note",
    meaning: "The same receipt occurs more than once.",
  },
  "SEQ-003": {
    severity: "info",
    group: "absent",
    meaning: "No checkpoint covers the last receipts yet.",
  },
  "SEQ-004": { severity: "error", group: "here", meaning: "One id stands for two contents." },
  "SEQ-005": {
    severity: "warning",
    group: "note",
    meaning: "One sequence number is claimed by two receipts.",
  },
  "SEQ-006": {
    severity: "info",
    group: "absent",
    meaning:
      "The log starts after its first checkpoint: retention or removal, which cannot be told apart.",
  },
  "LNK-001": {
    severity: "info",
    group: "absent",
    meaning: "A receipt names a parent that is not loaded.",
  },
  "LNK-002": {
    severity: "warning",
    group: "note",
    meaning: "The capability was revoked before the receipt's time.",
  },
  "LNK-003": {
    severity: "warning",
    group: "note",
    meaning: "The capability was not valid at the receipt's time.",
  },
  "LNK-004": {
    severity: "warning",
    group: "note",
    meaning: "A receipt names itself as its parent.",
  },
  "LNK-005": {
    severity: "warning",
    group: "note",
    meaning: "Receipts name each other as parents, in a circle.",
  },
  "LNK-006": {
    severity: "warning",
    group: "note",
    meaning: "A receipt is earlier than the parent that it names.",
  },
  "LNK-007": {
    severity: "warning",
    group: "note",
    meaning: "A receipt names a denied call as its parent.",
  },
  "LNK-008": {
    severity: "info",
    group: "note",
    meaning:
      "A receipt should have a parent and names none: it says that it continues something, or it consumes what a loaded service produced.",
  },
  "MAN-001": {
    severity: "error",
    group: "here",
    meaning: "A file does not have the size or hash that the manifest lists.",
  },
  "MAN-002": {
    severity: "warning",
    group: "note",
    meaning: "A file is not listed in the manifest.",
  },
  "MAN-003": {
    severity: "error",
    group: "absent",
    meaning: "A file that the manifest lists is absent.",
  },
  "MAN-004": {
    severity: "error",
    group: "here",
    meaning: "The manifest's counts are not the counts of the files.",
  },
  "MAN-005": {
    severity: "error",
    group: "here",
    meaning: "The manifest's query is not the query file's.",
  },
  "MAN-006": {
    severity: "error",
    group: "here",
    meaning: "The manifest cannot be used: an unsafe or repeated path, or a missing member.",
  },
  "MAN-007": {
    severity: "warning",
    group: "note",
    meaning:
      "What the manifest claims of coverage or of its claim boundary is not what the files show.",
  },
  "FMT-001": {
    severity: "error",
    group: "here",
    meaning: "A member name occurs twice: which value was signed is unclear.",
  },
  "FMT-002": { severity: "warning", group: "note", meaning: "Not JSON." },
  "FMT-003": { severity: "warning", group: "note", meaning: "Ends in the middle of a value." },
  "FMT-004": {
    severity: "warning",
    group: "note",
    meaning: "JSON, but no record that is known here.",
  },
  "FMT-005": { severity: "error", group: "here", meaning: "The text is not well-formed Unicode." },
  "FMT-006": { severity: "error", group: "here", meaning: "A number is outside JSON." },
  "FMT-007": {
    severity: "warning",
    group: "note",
    meaning: "An integer beyond 64 bits was read as a floating-point number.",
  },
  "FMT-008": {
    severity: "info",
    group: "note",
    meaning: "Members that the signature does not cover.",
  },
  "FMT-009": {
    severity: "info",
    group: "note",
    meaning:
      "A key, hash or signature is spelled with a prefix or in upper case; it was read in normal form.",
  },
  "FMT-010": {
    severity: "warning",
    group: "note",
    meaning: "A column of the store differs from the signed record beside it.",
  },
  "FMT-011": {
    severity: "error",
    group: "here",
    meaning: "The archive, store or file is damaged or cut: what could be read was kept.",
  },
  "FMT-012": {
    severity: "warning",
    group: "note",
    meaning: "The store's write-ahead log was not given or could not be read in full.",
  },
  "FMT-013": {
    severity: "warning",
    group: "note",
    meaning:
      "An exported record of a topic holds a member that its form does not allow: the record was not read.",
  },
  "FMT-014": {
    severity: "warning",
    group: "note",
    meaning:
      "The exporting tool may have rounded a number or replaced characters in the receipt: that it does not fit says nothing.",
  },
  "DLQ-001": {
    severity: "info",
    group: "note",
    meaning: "A dead letter whose receipt is neither inside it nor loaded: a claim, set aside.",
  },
  "DLQ-002": {
    severity: "warning",
    group: "note",
    meaning: "A dead letter's envelope, headers and receipt name different receipts.",
  },
  "DLQ-003": {
    severity: "warning",
    group: "note",
    meaning: "A dead letter's envelope, headers and receipt give different verdicts.",
  },
  "DLQ-004": {
    severity: "warning",
    group: "note",
    meaning: "A dead letter's coordinates are not those that its receipt was made for.",
  },
  "DLQ-005": {
    severity: "warning",
    group: "note",
    meaning: "A dead letter's guard or reason is not the one in its receipt.",
  },
  "DLQ-006": {
    severity: "warning",
    group: "note",
    meaning: "A dead letter's payload is not the message that was judged.",
  },
  "DLQ-007": {
    severity: "info",
    group: "note",
    meaning: "Kafka Connect could not process a record: a processing failure, not a denial.",
  },
  "LIM-001": {
    severity: "error",
    group: "here",
    meaning: "A record is longer than the limit and was not read.",
  },
  "LIM-002": {
    severity: "error",
    group: "here",
    meaning: "A record is nested deeper than the limit and was not read.",
  },
  "LIM-003": {
    severity: "error",
    group: "here",
    meaning:
      "An archive or a row exceeds a limit on size, ratio, members or nesting and was not unpacked further.",
  },
  "LIM-004": {
    severity: "warning",
    group: "note",
    meaning: "The memory limit was reached: further rows were counted, not indexed.",
  },
  "LIM-005": {
    severity: "info",
    group: "note",
    meaning: "More findings of this kind were counted than are listed.",
  },
  "LIM-006": {
    severity: "warning",
    group: "note",
    meaning: "The run was stopped before its end: the results are partial.",
  },
} as const satisfies Record<string, FindingFacts>;

export type FindingCode = keyof typeof FINDINGS;
