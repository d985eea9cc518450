import { describe, expect, it } from "vitest";
import type { CheckpointCell, Question, Verdict } from "@/lib/verification/report.ts";
import { headlineQualifier, separately, trustLine } from "./headline.ts";
import { questionFraction, questionParts } from "./question-parts.ts";
import { describeSeal } from "./status.ts";
import { stillHolds } from "./still-holds.ts";
import { describeCell, stripBrackets, stripCells, stripLabels, stripSummary } from "./strip.ts";

function cell(seq: number, over: Partial<CheckpointCell> = {}): CheckpointCell {
  return {
    state: "fits",
    log: 0,
    checkpoint_seq: seq,
    from_seq: (seq - 1) * 100 + 1,
    to_seq: seq * 100,
    issued_at: null,
    key: "k1",
    ...over,
  };
}

const STRIP: readonly CheckpointCell[] = [
  ...Array.from({ length: 38 }, (_, index) =>
    index === 16
      ? cell(17, { state: "absent", key: null })
      : cell(index + 1, index > 20 ? { key: "k2" } : {}),
  ),
  cell(39, { state: "not-covered", checkpoint_seq: null, to_seq: 3892, key: null }),
];

function question(answer: Question["answer"], numerator: number, denominator: number): Question {
  return { answer, reason: "", numerator, denominator };
}

const VERDICT: Verdict = {
  report: {
    schema: "chio-explorer.verification-report.v1",
    headline: "does-not-verify",
    trust_mode: "pinned",
    questions: {
      authentic: question("yes", 3791, 3791),
      unaltered: question("no", 3791, 3792),
      included: question("no", 3699, 3792),
      complete: question("no", 3792, 3892),
      consistent: question("yes", 35, 37),
    },
    counts: {
      files: 2,
      rows: 4792,
      rejected: 3,
      receipts: 3792,
      by_form: {},
      by_status: {
        verified: 3699,
        "verified-not-checkpointed": 92,
        "self-consistent": 0,
        "does-not-verify": 1,
        "not-checked": 0,
      },
      checkpoints: 37,
      proofs: 3700,
    },
    inputs: [],
    findings: [],
  },
  partial: false,
  causes: 1,
  effects: 4,
  absentReceipts: 100,
  absentCheckpoints: 1,
  uncovered: 92,
  unsupported: 0,
  unsignedSynthetic: 0,
  forks: 0,
  links: { fit: 35, total: 37 },
  range: null,
  seal: {
    format: "holds",
    hash: "fails",
    signature: "fails",
    key: "holds",
    inclusion: "fails",
    continuity: "unknown",
  },
  keys: [],
  strip: STRIP,
  rows: new Map(),
  pinnedKeys: 2,
  refereed: { checked: 0, signatures: 0, disagreements: 0 },
};

describe("the headline", () => {
  it("counts what is here, and says apart what is absent", () => {
    expect(headlineQualifier(VERDICT)).toBe("1 cause, 4 effects");
    expect(separately(VERDICT)).toBe(
      "Separately, 100 receipts are absent (1,601 to 1,700) and 92 have no checkpoint yet.",
    );
    expect(trustLine(VERDICT)).toBe("Checked against 2 pinned keys");
    expect(headlineQualifier({ ...VERDICT, causes: 0, effects: 0 })).toBe(
      "1 checkpoint and 100 receipts absent",
    );
  });
});

describe("a question's bar", () => {
  it("adds up to the whole", () => {
    for (const name of ["authentic", "unaltered", "included", "complete", "consistent"] as const) {
      const sum = questionParts(name, VERDICT).reduce((total, part) => total + part.share, 0);
      expect(sum).toBeCloseTo(1, 2);
    }
  });

  it("parts what does not fit from what is not covered", () => {
    expect(questionParts("included", VERDICT).map((part) => part.kind)).toEqual([
      "holds",
      "fails",
      "unknown",
    ]);
  });

  it("draws the gap where it is", () => {
    const [before, gap, after] = questionParts("complete", VERDICT);
    expect(before?.share).toBeCloseTo(1600 / 3892, 4);
    expect(gap).toEqual({ kind: "fails", share: expect.closeTo(100 / 3892, 4) });
    expect(after?.kind).toBe("holds");
  });

  it("counts forks where the question is about history", () => {
    expect(questionFraction("consistent", VERDICT)).toBe("0 forks");
    expect(questionFraction("unaltered", VERDICT)).toBe("3,791 / 3,792");
  });
});

describe("the checkpoint strip", () => {
  it("keeps each cell where there are few, and merges equal neighbours where there are many", () => {
    expect(stripCells(STRIP)).toHaveLength(39);
    const many = Array.from({ length: 1000 }, (_, index) =>
      cell(index + 1, index === 499 ? { state: "differs" } : {}),
    );
    const merged = stripCells(many);
    expect(merged.length).toBeLessThanOrEqual(64);
    expect(merged.filter((each) => each.state === "differs")).toHaveLength(1);
    expect(merged.at(-1)?.toSeq).toBe(100_000);
  });

  it("spans an absence with the bracket of the key on both sides", () => {
    expect(stripBrackets(stripCells(STRIP))).toEqual([
      { key: "k1", receipts: 2100, before: 0 },
      { key: "k2", receipts: 1700, before: 2100 },
    ]);
  });

  it("labels exceptions only, and counts those that would lie over each other", () => {
    const { labels, more } = stripLabels(stripCells(STRIP));
    expect(labels.map((label) => label.text)).toEqual([
      "17: absent, receipts 1,601 to 1,700",
      "3,801 to 3,892: not covered",
    ]);
    expect(more).toBe(0);
    const crowded = stripLabels(
      stripCells([cell(1, { state: "differs" }), cell(2, { state: "differs" }), ...STRIP.slice(2)]),
    );
    expect(crowded.more).toBe(1);
  });

  it("says each cell in words", () => {
    expect(stripSummary(STRIP)).toBe("37 of 38 present");
    expect(stripCells(STRIP).map(describeCell)[16]).toBe(
      "Checkpoint 17: absent, receipts 1,601 to 1,700",
    );
  });
});

describe("words for who does not see", () => {
  it("name every edge of the seal", () => {
    expect(describeSeal("Does not verify", VERDICT.seal)).toBe(
      "Does not verify: format holds, hash does not fit, signature does not fit, key holds, inclusion does not fit, continuity can’t tell",
    );
  });

  it("say what still holds", () => {
    expect(stillHolds(VERDICT).map((line) => `${line.number} ${line.of}`)).toContain(
      "3,791 of 3,792 receipts are as they were signed",
    );
  });
});
