import { describe, expect, it } from "vitest";
import { answer, type Facts, headlineOf } from "./questions.ts";
import type { QuestionName } from "./report.ts";

/** A clean log of ten receipts under one checkpoint by one pinned key. */
const CLEAN: Facts = {
  trust: "pinned",
  pinnedKeys: 1,
  receipts: 10,
  signatures: {
    fit: 10,
    fail: 0,
    unsupported: 0,
    uncheckable: 0,
    otherFit: 1,
    otherFail: 0,
    otherUnsupported: 0,
  },
  pinned: 10,
  isAnySignerRefused: false,
  keysSeen: 1,
  unalteredReceipts: 10,
  alteredOthers: 0,
  ambiguousRows: 0,
  included: 10,
  inclusionFailures: 0,
  notCovered: 0,
  checkpoints: 1,
  rootFailures: 0,
  numbered: 10,
  expected: 10,
  absent: 0,
  absentCheckpoints: 0,
  tail: 0,
  rejected: 0,
  isFiltered: false,
  isFromStart: true,
  isUnexplained: false,
  isAbsenceCertain: false,
  lastCovered: 10,
  forks: 0,
  conflicts: 0,
  brokenLinks: 0,
  linksFit: 0,
  links: 0,
  errors: 0,
  isPartial: false,
};
const signed = (change: Partial<Facts["signatures"]>) => ({
  signatures: { ...CLEAN.signatures, ...change },
});

function said(name: QuestionName, change: Partial<Facts>): string {
  const question = answer({ ...CLEAN, ...change })[name];
  return `${question.answer} ${question.numerator}/${question.denominator} ${question.reason}`;
}

function headline(change: Partial<Facts>): string {
  const facts = { ...CLEAN, ...change };
  return headlineOf(facts, answer(facts));
}

describe("authentic", () => {
  it.each<[string, Partial<Facts>]>([
    ["yes 10/10 None by a key you did not pin", {}],
    ["cannot-tell 0/10 1 key found in the data, none pinned", { trust: "none", pinned: 0 }],
    [
      "no 4/10 A signer is not pinned for its role and time, or its key is weak",
      { isAnySignerRefused: true, pinned: 4 },
    ],
    [
      "cannot-tell 10/10 2 signatures by an algorithm that is not supported here",
      signed({ unsupported: 2 }),
    ],
    [
      "cannot-tell 10/10 1 record without a signature that can be checked",
      signed({ uncheckable: 1 }),
    ],
    [
      "cannot-tell 0/0 No signature fits",
      { ...signed({ fit: 0, otherFit: 0, fail: 10 }), pinned: 0 },
    ],
  ])("%s", (expected, change) => {
    expect(said("authentic", change)).toBe(expected);
  });
});

describe("unaltered", () => {
  it.each<[string, Partial<Facts>]>([
    ["yes 10/10 Every signature and hash fits", {}],
    ["yes 10/10 Every signature and hash fits the key inside the record", { trust: "none" }],
    ["no 9/10 1 receipt not as signed", { unalteredReceipts: 9 }],
    ["no 10/10 2 other records not as signed", { alteredOthers: 2 }],
    ["cannot-tell 10/10 1 row can be read in two ways or not at all", { ambiguousRows: 1 }],
    [
      "cannot-tell 0/0 No signature was checked",
      { ...signed({ fit: 0, otherFit: 0 }), unalteredReceipts: 0 },
    ],
  ])("%s", (expected, change) => {
    expect(said("unaltered", change)).toBe(expected);
  });
});

describe("included", () => {
  it.each<[string, Partial<Facts>]>([
    ["yes 10/10 Every receipt leads to a signed root", {}],
    [
      "no 9/10 1 proof does not fit, 1 root does not fit",
      { included: 9, inclusionFailures: 1, rootFailures: 1 },
    ],
    ["cannot-tell 0/10 No checkpoint is loaded", { included: 0, checkpoints: 0 }],
    ["cannot-tell 8/10 2 receipts not proved by a checkpoint", { included: 8 }],
    ["cannot-tell 0/0 No receipt is loaded", { receipts: 0, included: 0 }],
  ])("%s", (expected, change) => {
    expect(said("included", change)).toBe(expected);
  });
});

describe("complete", () => {
  it.each<[string, Partial<Facts>]>([
    ["yes 10/10 No gap. After 10: can't tell without an outside anchor", {}],
    ["no 9/10 1 receipt absent", { numbered: 9, absent: 1, isAbsenceCertain: true }],
    [
      "no 9/10 1 receipt absent",
      { numbered: 9, absent: 1, isAbsenceCertain: true, isUnexplained: true },
    ],
    ["no 8/10 2 receipts absent, 1 checkpoint", { numbered: 8, absent: 2, absentCheckpoints: 1 }],
    ["cannot-tell 10/10 The export was filtered", { isFiltered: true }],
    ["cannot-tell 10/10 3 rows not understood", { rejected: 3 }],
    ["cannot-tell 0/10 No sequence numbers", { numbered: 0 }],
    ["cannot-tell 10/10 No checkpoint says how many there should be", { checkpoints: 0 }],
    [
      "cannot-tell 10/10 The log starts after its first receipt: retention or removal",
      { isFromStart: false },
    ],
    ["cannot-tell 10/10 No checkpoint covers the last 2", { tail: 2 }],
    ["cannot-tell 10/10 The run was stopped", { isPartial: true }],
  ])("%s", (expected, change) => {
    expect(said("complete", change)).toBe(expected);
  });
});

describe("consistent", () => {
  it.each<[string, Partial<Facts>]>([
    ["yes 0/0 0 forks. 0 / 0 links fit", {}],
    ["yes 2/3 0 forks. 2 / 3 links fit, 1 can't be checked", { links: 3, linksFit: 2 }],
    [
      "no 1/2 1 fork, 1 id with two contents, 1 link not fitting",
      { links: 2, linksFit: 1, forks: 1, conflicts: 1, brokenLinks: 1 },
    ],
    ["cannot-tell 0/0 No checkpoint is loaded", { checkpoints: 0 }],
    ["cannot-tell 0/2 No link could be checked", { links: 2 }],
  ])("%s", (expected, change) => {
    expect(said("consistent", change)).toBe(expected);
  });
});

describe("the headline", () => {
  it.each<[string, Partial<Facts>]>([
    ["verified", {}],
    ["verified", { tail: 3 }],
    ["verified", { rejected: 3 }],
    ["self-consistent", { trust: "none", pinned: 0 }],
    ["does-not-verify", { errors: 1 }],
    ["does-not-verify", { isAnySignerRefused: true }],
    ["does-not-verify", { errors: 1, ...signed({ fit: 0, otherFit: 0 }) }],
    ["not-checked", { ...signed({ fit: 0, otherFit: 0 }), unalteredReceipts: 0 }],
    ["not-checked", signed({ unsupported: 1 })],
    ["not-checked", signed({ otherUnsupported: 1 })],
    ["not-checked", { isPartial: true }],
  ])("is %s", (expected, change) => {
    expect(headline(change)).toBe(expected);
  });
});
