import { describe, expect, it } from "vitest";
import { folder, lines, numbered } from "./testing/files.ts";
import { log } from "./testing/log.ts";
import { codesOf, only, report } from "./testing/verify.ts";

const whole = log({ receipts: 20, batch: 8 });
const RECEIPTS = "evidence/receipts.ndjson";

/** The log of 20 receipts, 16 of them under checkpoints, without some of its rows. */
function without(...absent: readonly number[]) {
  const rows = numbered(whole.receipts).filter((_, at) => !absent.includes(at + 1));
  return { ...folder(whole), "evidence/inclusion-proofs.ndjson": "", [RECEIPTS]: lines(rows) };
}

describe("a missing number", () => {
  it("under a checkpoint is an error, at either end of the coverage too", async () => {
    for (const absent of [1, 8, 9, 16]) {
      const found = await report(without(absent));
      expect(only(found, "SEQ-001")).toMatchObject({
        severity: "error",
        subject: { id: String(absent) },
      });
      expect(found.questions.complete.answer).toBe("no");
    }
  });

  it("after the checkpoints is an error between two rows, and not seen at the end", async () => {
    expect(only(await report(without(18)), "SEQ-001").severity).toBe("error");
    const cut = await report(without(20));
    expect(codesOf(cut)).toEqual(["SEQ-003"]);
    expect(cut.questions.complete.answer).toBe("cannot-tell");
  });

  it("may be a row that could not be read, where no checkpoint counts it", async () => {
    const files = without(18);
    const found = await report({ ...files, [RECEIPTS]: `${files[RECEIPTS]}noise\n` });
    expect(only(found, "SEQ-001").severity).toBe("warning");
    expect(found.headline).toBe("self-consistent");
    const covered = without(5);
    const under = await report({ ...covered, [RECEIPTS]: `${covered[RECEIPTS]}noise\n` });
    expect(only(under, "SEQ-001").severity).toBe("error");
  });

  it("is certain under a checkpoint, whatever may explain another", async () => {
    const { [RECEIPTS]: text, ...files } = without(5);
    const other = {
      "z.ndjson": `${lines([...numbered(log({ name: "z", receipts: 4 }).receipts)].filter((_, at) => at !== 1))}noise\n`,
    };
    const found = await report({ ...files, [RECEIPTS]: text ?? "", ...other });
    expect(found.questions.complete.answer).toBe("no");
  });

  it("is told as one run with its length", async () => {
    const found = await report(without(5, 6, 7));
    expect(only(found, "SEQ-001")).toMatchObject({ subject: { id: "5 to 7" }, expected: "3" });
    expect(found.questions.complete).toMatchObject({ numerator: 17, denominator: 20 });
  });

  it("beyond exact numbers is no number", async () => {
    const rows = [
      { seq: 1, receipt: whole.receipts[0] ?? {} },
      { seq: "9007199254740993", receipt: whole.receipts[1] ?? {} },
    ];
    const found = await report({ [RECEIPTS]: lines(rows) });
    expect(codesOf(found)).toEqual([]);
  });
});

it("one number claimed by two receipts is a warning", async () => {
  const files = folder(log({ receipts: 20, batch: 8 }));
  const [extra] = numbered(log({ name: "extra", receipts: 1 }).receipts, 18);
  const found = await report({ ...files, [RECEIPTS]: `${files[RECEIPTS]}${lines([extra ?? {}])}` });
  expect(codesOf(found)).toEqual(["SEQ-003", "SEQ-005"]);
  expect(found.headline).toBe("self-consistent");
});
