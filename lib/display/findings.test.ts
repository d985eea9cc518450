import { describe, expect, it } from "vitest";
import { FINDINGS, type FindingCode } from "@/kernel/findings.ts";
import type { Finding } from "@/lib/verification/report.ts";
import { ordinaryCauses } from "./finding-causes.ts";
import { groupFindings } from "./finding-groups.ts";
import { causeSentence, effectWords, findingSentence, subjectLabel } from "./finding-sentence.ts";

const CODES = Object.keys(FINDINGS).filter((code): code is FindingCode => code in FINDINGS);

function finding(code: FindingCode, over: Partial<Finding> = {}): Finding {
  return {
    id: `finding-${code}`,
    code,
    severity: FINDINGS[code].severity,
    subject: { kind: "receipt", id: "rcpt-1" },
    place: { file: "receipts.ndjson", line: 803, byte_offset: 1148293, pointer: "" },
    cause: null,
    expected: null,
    actual: null,
    ...over,
  };
}

describe("a finding's sentence", () => {
  it("exists for every code, names its subject, and raises no alarm", () => {
    for (const code of CODES) {
      const sentence = findingSentence(code, finding(code));
      expect(sentence).toMatch(/^Receipt on line 803: \S/);
      expect(sentence).not.toMatch(/tamper|attacker|invalid|broken|safe\b|secure|fail/i);
      expect(ordinaryCauses(code).causes.length).toBeGreaterThan(0);
    }
  });

  it("names absences by their numbers", () => {
    const gap = finding("CKP-004", {
      subject: { kind: "checkpoint", id: "17" },
      expected: "receipts 1601 to 1700",
    });
    expect(findingSentence("CKP-004", gap)).toBe(
      "Checkpoint 17: absent, and with it receipts 1,601 to 1,700",
    );
    const tail = finding("SEQ-003", { subject: { kind: "sequence", id: "3801 to 3892" } });
    expect(subjectLabel(tail)).toBe("Receipts 3,801 to 3,892");
  });

  it("says that content was changed where hash and signature both do not fit", () => {
    const cause = finding("HSH-001");
    const effect = finding("SIG-002", { cause: cause.id });
    expect(causeSentence({ finding: cause, effects: [effect] })).toBe(
      "Receipt on line 803: its parameters are not the parameters that were signed",
    );
    expect(causeSentence({ finding: cause, effects: [] })).toContain("the parameter hash is not");
    expect(effectWords(effect)).toEqual({ what: "Signature", of: "of receipt on line 803" });
  });

  it("cuts text of a file to a length", () => {
    const long = finding("MAN-003", { expected: "x".repeat(10_000) });
    expect(findingSentence("MAN-003", long).length).toBeLessThan(200);
  });
});

describe("grouping", () => {
  it("folds effects into their cause and parts what differs from what is absent", () => {
    const cause = finding("HSH-001", { id: "a" });
    const groups = groupFindings([
      finding("FMT-009", { id: "note" }),
      finding("SEQ-003", { id: "tail" }),
      finding("CKP-004", { id: "gap" }),
      finding("SIG-002", { id: "b", cause: "a" }),
      finding("SEQ-004", { id: "remark", cause: "a", severity: "info" }),
      cause,
      finding("INC-001", { id: "orphan", cause: "not listed" }),
    ]);
    expect(groups.here.map((each) => each.finding.id)).toEqual(["a", "orphan"]);
    expect(groups.here[0]?.effects.map((each) => each.id)).toEqual(["b"]);
    expect(groups.absent.map((each) => each.finding.id)).toEqual(["gap", "tail"]);
    expect(groups.notes.map((each) => each.finding.id)).toEqual(["note", "remark"]);
  });
});
