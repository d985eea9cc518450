import type { Headline, Question, QuestionName, TrustMode } from "./report.ts";

/** The counted facts that the five answers are given from. */
export interface Facts {
  readonly trust: TrustMode;
  readonly pinnedKeys: number;
  /** Distinct receipts, synthetic ones apart. */
  readonly receipts: number;
  readonly signatures: {
    /** Of receipts whose signature could be decided. */
    readonly fit: number;
    readonly fail: number;
    readonly unsupported: number;
    readonly uncheckable: number;
    /** Of all records, receipts or not, that carry one. */
    readonly otherFit: number;
    readonly otherFail: number;
    readonly otherUnsupported: number;
  };
  /** Receipts by a pinned, timely, strong key. */
  readonly pinned: number;
  readonly isAnySignerRefused: boolean;
  readonly keysSeen: number;
  readonly unalteredReceipts: number;
  readonly alteredOthers: number;
  readonly ambiguousRows: number;
  readonly included: number;
  readonly inclusionFailures: number;
  readonly notCovered: number;
  readonly checkpoints: number;
  readonly rootFailures: number;
  readonly numbered: number;
  readonly expected: number;
  readonly absent: number;
  readonly absentCheckpoints: number;
  readonly tail: number;
  readonly rejected: number;
  readonly isFiltered: boolean;
  readonly isFromStart: boolean;
  readonly isUnexplained: boolean;
  /** An absence that neither a filter nor an unreadable row may explain. */
  readonly isAbsenceCertain: boolean;
  readonly lastCovered: number;
  readonly forks: number;
  readonly conflicts: number;
  readonly brokenLinks: number;
  readonly linksFit: number;
  readonly links: number;
  readonly errors: number;
  readonly isPartial: boolean;
}

export function answer(facts: Facts): Readonly<Record<QuestionName, Question>> {
  return {
    authentic: authentic(facts),
    unaltered: unaltered(facts),
    included: included(facts),
    complete: complete(facts),
    consistent: consistent(facts),
  };
}

/**
 * The headline in the order in which it must be decided: what contradicts comes before what could not be
 * checked, and "verified" only when nothing is left to doubt and the keys were pinned.
 */
export function headlineOf(
  facts: Facts,
  questions: Readonly<Record<QuestionName, Question>>,
): Headline {
  const { signatures } = facts;
  if (facts.errors > 0 || Object.values(questions).some((question) => question.answer === "no")) {
    return "does-not-verify";
  }
  const checked = signatures.fit + signatures.fail + signatures.otherFit + signatures.otherFail;
  const unsupported = signatures.unsupported + signatures.uncheckable + signatures.otherUnsupported;
  if (checked === 0 || unsupported > 0 || facts.isPartial) {
    return "not-checked";
  }
  return facts.trust === "pinned" ? "verified" : "self-consistent";
}

/** Whether the signers are the pinned ones. Counts receipts whose signature fits; without receipts, records. */
function authentic(facts: Facts): Question {
  const { signatures } = facts;
  const counted = facts.receipts === 0 ? signatures.otherFit : signatures.fit;
  const isPinned = facts.trust === "pinned" && !facts.isAnySignerRefused;
  const denominator = counted;
  const numerator = facts.receipts > 0 ? facts.pinned : isPinned ? counted : 0;
  const unsupported = signatures.unsupported + signatures.otherUnsupported;
  if (facts.isAnySignerRefused) {
    const reason = "A signer is not pinned for its role and time, or its key is weak";
    return { answer: "no", reason, numerator, denominator };
  }
  if (unsupported > 0) {
    const reason = `${count(unsupported, "signature")} by an algorithm that is not supported here`;
    return { answer: "cannot-tell", reason, numerator, denominator };
  }
  if (signatures.uncheckable > 0) {
    const reason = `${count(signatures.uncheckable, "record")} without a signature that can be checked`;
    return { answer: "cannot-tell", reason, numerator, denominator };
  }
  if (signatures.fit + signatures.otherFit === 0) {
    return { answer: "cannot-tell", reason: "No signature fits", numerator, denominator };
  }
  if (facts.trust === "none") {
    const reason = `${count(facts.keysSeen, "key")} found in the data, none pinned`;
    return { answer: "cannot-tell", reason, numerator: 0, denominator };
  }
  return { answer: "yes", reason: "None by a key you did not pin", numerator, denominator };
}

/** Whether signed content is as it was signed. Counts receipts; without receipts, signed records. */
function unaltered(facts: Facts): Question {
  const { signatures } = facts;
  const receipts = signatures.fit + signatures.fail;
  const failing = receipts - facts.unalteredReceipts;
  const others = signatures.otherFit + signatures.otherFail;
  const denominator = facts.receipts === 0 ? others : receipts;
  const numerator = facts.receipts === 0 ? signatures.otherFit : facts.unalteredReceipts;
  if (failing > 0 || facts.alteredOthers > 0) {
    const reasons = [
      ...(failing > 0 ? [`${count(failing, "receipt")} not as signed`] : []),
      ...(facts.alteredOthers > 0
        ? [`${count(facts.alteredOthers, "other record")} not as signed`]
        : []),
    ];
    return { answer: "no", reason: reasons.join(", "), numerator, denominator };
  }
  if (facts.ambiguousRows > 0) {
    const reason = `${count(facts.ambiguousRows, "row")} can be read in two ways or not at all`;
    return { answer: "cannot-tell", reason, numerator, denominator };
  }
  if (receipts + signatures.otherFit === 0) {
    return { answer: "cannot-tell", reason: "No signature was checked", numerator, denominator };
  }
  const reason =
    facts.trust === "pinned"
      ? "Every signature and hash fits"
      : "Every signature and hash fits the key inside the record";
  return { answer: "yes", reason, numerator, denominator };
}

/** Whether receipts are proved inside signed checkpoints. Counts receipts. */
function included(facts: Facts): Question {
  const denominator = facts.receipts;
  const numerator = facts.included;
  const failures = facts.inclusionFailures + facts.rootFailures;
  if (failures > 0) {
    const { inclusionFailures: proofs, rootFailures: roots, notCovered } = facts;
    const reason = [
      ...(proofs > 0 ? [`${count(proofs, "proof does", "proofs do")} not fit`] : []),
      ...(roots > 0 ? [`${count(roots, "root does", "roots do")} not fit`] : []),
      ...(notCovered > 0 ? [`${grouped(notCovered)} not covered yet`] : []),
    ].join(", ");
    return { answer: "no", reason, numerator, denominator };
  }
  if (facts.checkpoints === 0) {
    return { answer: "cannot-tell", reason: "No checkpoint is loaded", numerator, denominator };
  }
  if (numerator < denominator) {
    const reason = `${count(denominator - numerator, "receipt")} not proved by a checkpoint`;
    return { answer: "cannot-tell", reason, numerator, denominator };
  }
  if (denominator === 0) {
    return { answer: "cannot-tell", reason: "No receipt is loaded", numerator, denominator };
  }
  return { answer: "yes", reason: "Every receipt leads to a signed root", numerator, denominator };
}

/** Whether anything is missing between the first and the last number. Counts sequence numbers. */
function complete(facts: Facts): Question {
  const numerator = facts.numbered;
  const denominator = facts.expected;
  const say = (answered: Question["answer"], reason: string): Question => ({
    answer: answered,
    reason,
    numerator,
    denominator,
  });
  if (facts.isAbsenceCertain || facts.absentCheckpoints > 0) {
    const checkpoints =
      facts.absentCheckpoints > 0 ? `, ${count(facts.absentCheckpoints, "checkpoint")}` : "";
    return say("no", `${count(facts.absent, "receipt")} absent${checkpoints}`);
  }
  if (facts.isFiltered) {
    return say("cannot-tell", "The export was filtered");
  }
  if (facts.rejected > 0 || facts.isUnexplained) {
    return say("cannot-tell", `${count(facts.rejected, "row")} not understood`);
  }
  if (numerator === 0) {
    return say("cannot-tell", "No sequence numbers");
  }
  if (facts.checkpoints === 0) {
    return say("cannot-tell", "No checkpoint says how many there should be");
  }
  if (!facts.isFromStart) {
    return say("cannot-tell", "The log starts after its first receipt: retention or removal");
  }
  if (facts.tail > 0) {
    return say("cannot-tell", `No checkpoint covers the last ${grouped(facts.tail)}`);
  }
  if (facts.isPartial) {
    return say("cannot-tell", "The run was stopped");
  }
  return say(
    "yes",
    `No gap. After ${grouped(facts.lastCovered)}: can't tell without an outside anchor`,
  );
}

/** Whether there is one history. Counts links between checkpoints. */
function consistent(facts: Facts): Question {
  const numerator = facts.linksFit;
  const denominator = facts.links;
  const unchecked = denominator - numerator;
  if (facts.forks > 0 || facts.conflicts > 0 || facts.brokenLinks > 0) {
    const reasons = [
      ...(facts.forks > 0 ? [count(facts.forks, "fork")] : []),
      ...(facts.conflicts > 0 ? [`${count(facts.conflicts, "id")} with two contents`] : []),
      ...(facts.brokenLinks > 0 ? [`${count(facts.brokenLinks, "link")} not fitting`] : []),
    ];
    return { answer: "no", reason: reasons.join(", "), numerator, denominator };
  }
  if (facts.checkpoints === 0) {
    return { answer: "cannot-tell", reason: "No checkpoint is loaded", numerator, denominator };
  }
  if (denominator > 0 && numerator === 0) {
    return { answer: "cannot-tell", reason: "No link could be checked", numerator, denominator };
  }
  const reason =
    unchecked > 0
      ? `0 forks. ${numerator} / ${denominator} links fit, ${unchecked} can't be checked`
      : `0 forks. ${numerator} / ${denominator} links fit`;
  return { answer: "yes", reason, numerator, denominator };
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** Digits in groups of three, as a person reads them: 3,800. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
