import { describe, expect, it } from "vitest";
import { signCheckpoint } from "@/kernel/checkpoint/sign.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { edited, type Files, folder, lines, numbered, stamped } from "./testing/files.ts";
import { keyOf, seedOf, trust, trustKernel } from "./testing/keys.ts";
import { FIRST_TIME, log, receiptBody, signedChild, signReceipt } from "./testing/log.ts";
import { answers, codesOf, only, PLATFORM, read, report, verify } from "./testing/verify.ts";

const KEY = keyOf(seedOf("kernel"));
const april = log();
const v1 = log({ form: "v1", version: 2 });
const RECEIPTS = "evidence/receipts.ndjson";
const CHECKPOINTS = "evidence/checkpoints.ndjson";
const PROOFS = "evidence/inclusion-proofs.ndjson";

function change(record: string, edit: (value: Record<string, unknown>) => void): string {
  const value = JSON.parse(record);
  edit(value);
  return JSON.stringify(value);
}

/** One receipt's decision text replaced: the signed content is another. */
function editReceipt(files: Files, at: number, path = RECEIPTS): Files {
  return edited(files, path, (line, index) =>
    index === at ? line.replace('"amount":"', '"amount":"1') : line,
  );
}

describe("a log as it was signed", () => {
  it.each([
    ["pre-v1", april],
    ["v1", v1],
  ])("is self-consistent without trust and verified with its key pinned: %s", async (_, built) => {
    const files = stamped(folder(built));
    const plain = await report(files);
    expect(plain.findings).toEqual([]);
    expect(plain.headline).toBe("self-consistent");
    expect(answers(plain)).toBe("cannot-tell yes yes yes yes");
    const pinned = await report(files, trustKernel(KEY));
    expect(pinned.headline).toBe("verified");
    expect(answers(pinned)).toBe("yes yes yes yes yes");
    expect(pinned.counts.by_status.verified).toBe(24);
    expect(pinned.counts.proofs).toBe(24);
  });

  it("may be split into loose files that were dropped together", async () => {
    const files = {
      "a.ndjson": lines(numbered(april.receipts.slice(0, 9))),
      "b.ndjson": lines(numbered(april.receipts.slice(9), 10)),
      "c.ndjson": lines(april.checkpoints),
      "d.ndjson": lines(april.proofs),
    };
    const found = await report(files, trustKernel(KEY));
    expect(found.findings).toEqual([]);
    expect(found.headline).toBe("verified");
  });

  it("may be dropped twice", async () => {
    const files = { ...stamped(folder(april)), ...stamped(folder(april, "copy"), "copy") };
    const found = await report(files, trustKernel(KEY));
    expect(found.findings).toEqual([]);
    expect(found.headline).toBe("verified");
    expect(found.counts.receipts).toBe(24);
  });

  it("may be one JSON array for each kind, with white space and another member order", async () => {
    const shuffled = (value: JsonObject): JsonObject =>
      Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, isObject(inner) ? shuffled(inner) : inner]),
      );
    const files = {
      "evidence/receipts.json": JSON.stringify(numbered(april.receipts).map(shuffled), null, 3),
      "evidence/checkpoints.json": JSON.stringify(april.checkpoints.map(shuffled), null, 2),
    };
    const found = await report(files, trustKernel(KEY));
    expect(found.findings).toEqual([]);
    expect(found.headline).toBe("verified");
  });

  it("may be a single object for each file", async () => {
    const small = log({ receipts: 2, batch: 2 });
    const [first, second] = numbered(small.receipts);
    const files = {
      "1.json": JSON.stringify(first, null, 2),
      "2.json": JSON.stringify(second),
      "3.json": JSON.stringify(small.checkpoints[0], null, 1),
    };
    const found = await report(files, trustKernel(KEY));
    expect(found.findings).toEqual([]);
    expect(answers(found)).toBe("yes yes yes yes yes");
  });

  it("may write defaults that the signed text leaves out", async () => {
    const files = edited(folder(april), RECEIPTS, (line) =>
      change(line, (row) => {
        row["receipt"] = { ...Object(row["receipt"]), evidence: [], metadata: null };
      }),
    );
    const found = await report(files, trustKernel(KEY));
    expect(codesOf(found, "error")).toEqual([]);
    expect(found.headline).toBe("verified");
  });

  it("may come from April, whose checkpoints need not name their predecessors", async () => {
    const found = await report(folder(log({ linked: false })), trustKernel(KEY));
    expect(codesOf(found)).toEqual(["CKP-006"]);
    expect(found.headline).toBe("verified");
    expect(found.questions.consistent).toMatchObject({ answer: "cannot-tell", numerator: 0 });
  });

  it("may have a checkpoint key of its own, which must then be pinned as such", async () => {
    const files = folder(log({ checkpointer: seedOf("checkpointer") }));
    const checkpointer = keyOf(seedOf("checkpointer"));
    const both = trust({ role: "kernel", key: KEY }, { role: "checkpoint", key: checkpointer });
    expect((await report(files, both)).headline).toBe("verified");
    const misplaced = trust({ role: "kernel", key: KEY }, { role: "kernel", key: checkpointer });
    const found = await report(files, misplaced);
    expect(codesOf(found, "error")).toEqual(["KEY-005"]);
    expect(only(found, "KEY-005")).toMatchObject({ expected: "checkpoint", actual: "kernel" });
    expect(found.headline).toBe("does-not-verify");
    expect(found.counts.by_status.verified).toBe(0);
  });

  it("may change its key in the middle", async () => {
    const to = seedOf("rotated");
    const files = folder(log({ rotation: { from: 9, to } }));
    const pins = [KEY, keyOf(to)].flatMap((key) => [
      { role: "kernel" as const, key },
      { role: "checkpoint" as const, key },
    ]);
    const found = await report(files, trust(...pins));
    expect(found.findings).toEqual([]);
    expect(answers(found)).toBe("yes yes yes yes yes");
  });

  it("is concluded again with keys that came later, as if they had been there at once", async () => {
    const dataset = await read(stamped(folder(april)));
    const options = { platform: PLATFORM, partial: false };
    expect((await dataset.conclude({ ...options, trust: null })).verdict.report.headline).toBe(
      "self-consistent",
    );
    const later = await dataset.conclude({ ...options, trust: trustKernel(KEY) });
    const once = await verify(stamped(folder(april)), trustKernel(KEY));
    expect(later.verdict).toEqual(once.verdict);
  });
});

describe("an edited receipt", () => {
  it("is one cause, and everything that follows from it points there", async () => {
    const intact = stamped(folder(v1));
    const { verdict } = await verify(editReceipt(intact, 4));
    const found = verdict.report;
    expect(found.headline).toBe("does-not-verify");
    expect(codesOf(found, "error")).toEqual([
      "CKP-002",
      "HSH-001",
      "HSH-002",
      "INC-001",
      "MAN-001",
      "SIG-002",
    ]);
    const cause = only(found, "SIG-002");
    expect(cause.cause).toBeNull();
    for (const finding of found.findings) {
      expect([null, cause.id]).toContain(finding.cause);
      expect(finding === cause || finding.cause === cause.id).toBe(true);
    }
    expect(verdict).toMatchObject({ causes: 1, effects: 6 });
    expect(answers(found)).toBe("cannot-tell no no yes yes");
    expect(cause.place).toMatchObject({ file: RECEIPTS, line: 5, pointer: "/receipt/signature" });
  });

  it("does not verify beside its original, whichever comes first", async () => {
    const broken = editReceipt(folder(april, "x"), 4, "x/receipts.ndjson");
    for (const files of [
      { ...folder(april), "edited.ndjson": broken["x/receipts.ndjson"] ?? "" },
      { "edited.ndjson": broken["x/receipts.ndjson"] ?? "", ...folder(april) },
    ]) {
      const found = await report(files, trustKernel(KEY));
      expect(found.headline).toBe("does-not-verify");
      expect(codesOf(found, "error")).toEqual(["SIG-002", "HSH-001"].sort());
      expect(only(found, "SEQ-004").severity).toBe("info");
    }
  });
});

describe("an edited checkpoint", () => {
  it("explains the links and the roots that no longer fit", async () => {
    const files = edited(folder(v1), CHECKPOINTS, (line, index) =>
      index === 1 ? line.replace(/"merkle_root":"0x../, '"merkle_root":"0xaa') : line,
    );
    const { verdict } = await verify(files);
    const cause = only(verdict.report, "SIG-002");
    expect(codesOf(verdict.report, "error")).toEqual([
      "CKP-002",
      "CKP-003",
      "CKP-005",
      "INC-002",
      "SIG-002",
    ]);
    expect(verdict.causes).toBe(1);
    expect(verdict.report.findings.filter((finding) => finding.cause === null)).toEqual([cause]);
    expect(verdict.report.questions.included.numerator).toBe(16);
  });
});

describe("what is not here", () => {
  it("a removed receipt is a gap, since a checkpoint counts it", async () => {
    const files = edited(folder(april), RECEIPTS, (line, index) => (index === 4 ? null : line));
    const { verdict } = await verify(files);
    expect(codesOf(verdict.report, "error")).toEqual(["SEQ-001"]);
    expect(only(verdict.report, "SEQ-001").subject.id).toBe("5");
    expect(verdict.absentReceipts).toBe(1);
    expect(verdict.report.questions.complete).toMatchObject({ answer: "no", numerator: 23 });
    expect(only(verdict.report, "INC-003").cause).toBe(only(verdict.report, "SEQ-001").id);
  });

  it("a checkpoint removed with its receipts is found although the manifest was stamped again", async () => {
    const without = { ...v1, checkpoints: v1.checkpoints.filter((_, index) => index !== 1) };
    const rows = numbered(v1.receipts).filter((_, index) => index < 8 || index >= 16);
    const files = stamped({
      ...folder(without),
      [RECEIPTS]: lines(rows),
      [PROOFS]: lines(v1.proofs.filter(({ checkpoint_seq }) => checkpoint_seq !== 2)),
    });
    const { verdict } = await verify(files);
    expect(codesOf(verdict.report, "error")).toEqual(["CKP-004", "SEQ-001"]);
    expect(only(verdict.report, "SEQ-001").cause).toBe(only(verdict.report, "CKP-004").id);
    expect(verdict).toMatchObject({ absentReceipts: 8, absentCheckpoints: 1 });
    expect(verdict.strip.map(({ state }) => state)).toEqual(["fits", "absent", "fits"]);
  });

  it("a removed checkpoint alone leaves its receipts unproved", async () => {
    const files = edited(folder(v1), CHECKPOINTS, (line, index) => (index === 1 ? null : line));
    const { verdict } = await verify(files);
    expect(codesOf(verdict.report, "error")).toEqual(["CKP-004"]);
    expect(verdict.report.findings.filter(({ code }) => code === "INC-003")).toHaveLength(8);
    expect(verdict.report.questions.included).toMatchObject({
      answer: "cannot-tell",
      numerator: 16,
    });
  });

  it("a receipt absent under a checkpoint that holds child receipts is noticed", async () => {
    const mixed = log({ children: [3, 7] });
    const whole = await report(folder(mixed));
    expect(codesOf(whole, "error")).toEqual([]);
    const files = edited(folder(mixed), RECEIPTS, (line, index) => (index === 21 ? null : line));
    expect((await report(files)).questions.complete.answer).not.toBe("yes");
  });

  it("the end of a log that no checkpoint covers is cannot-tell", async () => {
    const found = await report(folder(log({ receipts: 20 })));
    expect(codesOf(found)).toEqual(["SEQ-003"]);
    expect(found.headline).toBe("self-consistent");
    expect(found.questions.complete).toMatchObject({ answer: "cannot-tell" });
    expect(found.questions.complete.reason).toBe("No checkpoint covers the last 4");
  });

  it("a log that starts late is cannot-tell, even where rows pretend to fill its start", async () => {
    const late = {
      ...folder(v1),
      [RECEIPTS]: lines(numbered(v1.receipts.slice(8), 9)),
      [CHECKPOINTS]: lines(v1.checkpoints.slice(1)),
      [PROOFS]: lines(v1.proofs.slice(8)),
    };
    const found = await report(late);
    expect(codesOf(found)).toEqual(["SEQ-006"]);
    expect(answers(found)).toBe("cannot-tell yes yes cannot-tell yes");
    const pretended = {
      ...late,
      [RECEIPTS]: lines([
        ...numbered(v1.receipts.slice(8, 16)),
        ...numbered(v1.receipts.slice(8), 9),
      ]),
    };
    expect((await report(pretended)).questions.complete.answer).toBe("cannot-tell");
  });

  it("a gap of a filtered export is cannot-tell", async () => {
    const files = edited(folder(april), RECEIPTS, (line, index) => (index === 4 ? null : line));
    const found = await report({ ...files, "evidence/query.json": '{"toolServer":"payments"}' });
    expect(codesOf(found, "error")).toEqual([]);
    expect(found.questions.complete).toMatchObject({ answer: "cannot-tell" });
  });
});

describe("rows that are not understood", () => {
  it("noise and a cut line are warnings", async () => {
    const files = folder(april);
    const found = await report({
      ...files,
      [RECEIPTS]: `${files[RECEIPTS]}started\n{"seq":25,"receipt":{"id":"`,
    });
    expect(codesOf(found, "error")).toEqual([]);
    expect(codesOf(found, "warning")).toEqual(["FMT-002", "FMT-003"]);
    expect(found.counts.rejected).toBe(2);
    expect(found.questions.complete.answer).toBe("cannot-tell");
    expect(found.headline).toBe("self-consistent");
  });

  it("a receipt that names a member twice is an error, however the names are spelled", async () => {
    for (const twice of ['"id":"other",', '"\\u0069d":"other",']) {
      const files = edited(folder(april), RECEIPTS, (line, index) =>
        index === 4 ? line.replace('"id":', `${twice}"id":`) : line,
      );
      const found = await report(files);
      expect(found.headline).toBe("does-not-verify");
      expect(only(found, "FMT-001").severity).toBe("error");
      expect(found.questions.unaltered.answer).toBe("cannot-tell");
    }
  });

  it("unsigned synthetic denials change no answer", async () => {
    const made = {
      ...receiptBody("chio-streaming-synth-0123456789", FIRST_TIME),
      decision: { verdict: "deny", reason: "[unsigned] down", guard: "g" },
      kernel_key: "",
      signature: "",
    };
    const { verdict } = await verify(
      { ...folder(april), "evidence/dlq.ndjson": lines([made]) },
      trustKernel(KEY),
    );
    expect(verdict.unsignedSynthetic).toBe(1);
    expect(verdict.report.headline).toBe("verified");
    expect(answers(verdict.report)).toBe("yes yes yes yes yes");
  });

  it("a hybrid signature is unsupported: nothing is claimed of it", async () => {
    const hybrid = `hybrid:${KEY}:${"ab".repeat(1952)}:ed25519+mldsa65`;
    const signature = `hybrid:${"ab".repeat(64)}:${"ab".repeat(3309)}:ed25519+mldsa65`;
    const body = { ...receiptBody("h", FIRST_TIME), kernel_key: hybrid, signature };
    const { verdict } = await verify({ "a.ndjson": lines([body]) });
    expect(verdict.report.headline).toBe("not-checked");
    expect(verdict.unsupported).toBe(1);
    expect(codesOf(verdict.report, "error")).toEqual([]);
  });

  it("unsigned extra members are shown and nothing more", async () => {
    const files = edited(folder(april), RECEIPTS, (line) =>
      change(line, (row) => {
        row["receipt"] = { ...Object(row["receipt"]), extra: 1, seq: 1, entry_seq: 2 };
      }),
    );
    const found = await report(files, trustKernel(KEY));
    expect(codesOf(found)).toEqual(["FMT-008"]);
    expect(found.headline).toBe("verified");
  });
});

describe("several logs", () => {
  const other = seedOf("other");
  const second = log({ name: "second", kernel: other });

  it("of different keys may use equal numbers", async () => {
    const files = { ...folder(april, "one"), ...folder(second, "two") };
    const found = await report(files);
    expect(found.findings).toEqual([]);
    expect(answers(found)).toBe("cannot-tell yes yes yes yes");
    expect(found.questions.included).toMatchObject({ numerator: 48, denominator: 48 });
  });

  it("of different keys may stand in one file", async () => {
    const files = {
      "all.ndjson": lines([
        ...numbered(april.receipts),
        ...numbered(second.receipts),
        ...april.checkpoints,
        ...second.checkpoints,
      ]),
    };
    const found = await report(files);
    expect(codesOf(found, "error")).toEqual([]);
    expect(answers(found)).toBe("cannot-tell yes yes yes yes");
    const without = edited(files, "all.ndjson", (line, at) => (at === 30 ? null : line));
    expect((await report(without)).questions.complete.answer).toBe("no");
  });

  it("of one key that differ are a fork", async () => {
    const fork = log({ name: "fork" });
    const { verdict } = await verify({ ...folder(april, "one"), ...folder(fork, "two") });
    expect(codesOf(verdict.report, "error")).toEqual(["EQV-001"]);
    expect(verdict.forks).toBe(3);
    expect(verdict.report.questions.consistent.answer).toBe("no");
  });

  it("one id with two signed contents is a conflict, whatever stands before them", async () => {
    const seed = seedOf("kernel");
    const first = signReceipt(receiptBody("same", 1), seed);
    const next = signReceipt({ ...receiptBody("same", 2), tool_name: "other" }, seed);
    const brokenCopy = { ...first, tool_name: "third" };
    for (const rows of [
      [first, next, brokenCopy],
      [brokenCopy, first, next],
      [next, brokenCopy, first],
    ]) {
      const found = await report({ "a.ndjson": lines(rows) });
      const severities = found.findings
        .filter(({ code }) => code === "SEQ-004")
        .map(({ severity }) => severity);
      expect(severities.sort()).toEqual(["error", "info"]);
      expect(found.questions.consistent.answer).toBe("no");
    }
  });
});

describe("a checkpoint of its own making", () => {
  it("does not make a receipt verified where its signer is not pinned", async () => {
    const files = folder(log({ checkpointer: seedOf("stranger") }));
    const found = await report(files, trust({ role: "kernel", key: KEY }));
    expect(found.counts.by_status).toMatchObject({ verified: 0, "verified-not-checkpointed": 24 });
  });

  it("cannot be dressed up as an unsigned record", async () => {
    const files = edited(folder(april), CHECKPOINTS, (line, index) =>
      index === 2
        ? change(line.replace(/"issued_at":\d/, '"issued_at":9'), (row) => {
            row["witness_checkpoint_seq"] = 1;
            row["witnessed_at"] = 1;
          })
        : line,
    );
    const found = await report(files);
    expect(found.headline).toBe("does-not-verify");
    expect(codesOf(found, "error")).toContain("SIG-002");
  });
});

it("child receipts alone are signed records as any other", async () => {
  const child = signedChild("c", 1, seedOf("kernel"));
  expect((await report({ "c.json": JSON.stringify(child) })).headline).toBe("self-consistent");
  const broken = { ...child, operation_kind: "heartbeat" };
  expect((await report({ "c.json": JSON.stringify(broken) })).headline).toBe("does-not-verify");
});

it("a checkpoint alone is signed by whom it says", async () => {
  const [first] = april.checkpoints;
  const files = { "c.json": JSON.stringify(first) };
  expect((await report(files, trustKernel(KEY))).headline).toBe("verified");
  const body = isObject(first?.["body"]) ? first["body"] : {};
  const resigned = { "c.json": JSON.stringify(signCheckpoint(body, seedOf("stranger"))) };
  expect((await report(resigned, trustKernel(KEY))).headline).toBe("does-not-verify");
});
