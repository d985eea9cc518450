import { describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { edited, type Files, folder, lines } from "./testing/files.ts";
import { keyOf, seedOf, trustKernel } from "./testing/keys.ts";
import { log } from "./testing/log.ts";
import { answers, codesOf, only, report } from "./testing/verify.ts";

const KEY = keyOf(seedOf("kernel"));
const PROOFS = "evidence/inclusion-proofs.ndjson";
const clean = log();
const withProofs = (proofs: readonly JsonObject[]): Files => ({
  ...folder(clean),
  [PROOFS]: lines(proofs),
});
const [first = {}] = clean.proofs;
const inner = isObject(first["proof"]) ? first["proof"] : {};
const path = Array.isArray(inner["audit_path"]) ? inner["audit_path"] : [];

describe("an inclusion proof", () => {
  it.each<[string, JsonObject, string]>([
    ["names another leaf", { ...first, leaf_index: 1 }, "INC-002"],
    ["has another tree size", { ...first, proof: { ...inner, tree_size: 9 } }, "INC-002"],
    ["has another root", { ...first, merkle_root: `0x${"ab".repeat(32)}` }, "INC-002"],
    ["names a receipt outside the batch", { ...first, receipt_seq: 9 }, "INC-002"],
    ["names a receipt outside the log", { ...first, receipt_seq: 77 }, "INC-002"],
    [
      "has a hash that cannot be read",
      { ...first, proof: { ...inner, audit_path: ["0x"] } },
      "INC-002",
    ],
    ["is short of a hash", { ...first, proof: { ...inner, audit_path: path.slice(1) } }, "INC-001"],
    [
      "has another hash",
      { ...first, proof: { ...inner, audit_path: [...path.slice(1), `0x${"ab".repeat(32)}`] } },
      "INC-001",
    ],
  ])("that %s is an error", async (_, proof, code) => {
    const found = await report(withProofs([proof, ...clean.proofs.slice(1)]));
    expect(codesOf(found, "error")).toEqual([code]);
    expect(found.questions.included.answer).toBe("no");
  });

  it("of a checkpoint that is not here is a warning", async () => {
    const found = await report(withProofs([{ ...first, checkpoint_seq: 4 }]));
    expect(codesOf(found)).toEqual(["INC-003"]);
  });

  it("that names no checkpoint is a warning and is named by its leaf", async () => {
    const found = await report(withProofs([inner]));
    expect(codesOf(found)).toEqual(["INC-003"]);
    expect(only(found, "INC-003").subject.id).toMatch(/^leaf 0 of \d+$/);
  });

  it("is not needed where the root is computed from the receipts", async () => {
    const found = await report(withProofs([]), trustKernel(KEY));
    expect(found.findings).toEqual([]);
    expect(found.questions.included).toMatchObject({ answer: "yes", numerator: 24 });
  });

  it("proves its receipt where the batch's other receipts are not here", async () => {
    const files = edited(folder(clean), "evidence/receipts.ndjson", (line, at) =>
      at === 0 ? line : null,
    );
    const filtered = {
      ...files,
      "evidence/query.json": '{"toolName":"x"}',
      [PROOFS]: lines([first]),
    };
    const found = await report(filtered);
    expect(found.findings).toEqual([]);
    expect(found.questions.included).toMatchObject({ answer: "yes", numerator: 1 });
  });

  it("that differs from another of the same receipt is named beside its error", async () => {
    const second = { ...first, proof: { ...inner, audit_path: path.slice(1) } };
    const found = await report(withProofs([...clean.proofs, second]));
    expect(codesOf(found)).toEqual(["INC-001", "INC-004"]);
  });

  it("may be repeated", async () => {
    expect((await report(withProofs([first, ...clean.proofs]))).findings).toEqual([]);
  });
});

describe("child receipts among the entries of a batch", () => {
  const mixed = log({ children: [2, 3, 12] });
  const entries = { "evidence/entries.ndjson": lines(mixed.entries) };

  it("are placed by a store's claim log, and the root is computed", async () => {
    const found = await report({ ...folder(mixed), ...entries }, trustKernel(KEY));
    expect(codesOf(found, "error")).toEqual([]);
    expect(found.headline).toBe("verified");
    expect(answers(found)).toBe("yes yes yes yes yes");
    expect(found.questions.included).toMatchObject({ numerator: 24, denominator: 24 });
  });

  it("and an edited one is then found by the root too", async () => {
    const files = edited(folder(mixed), "evidence/child-receipts.ndjson", (line, at) =>
      at === 1 ? line.replace("create_message", "get_prompt") : line,
    );
    const found = await report({ ...files, ...entries });
    expect(codesOf(found, "error")).toEqual(["CKP-002", "SIG-002"]);
    expect(only(found, "CKP-002").cause).toBe(only(found, "SIG-002").id);
  });

  it("and an absent one is a gap, with its entry and without", async () => {
    const without = edited(folder(mixed), "evidence/child-receipts.ndjson", (line, at) =>
      at === 0 ? null : line,
    );
    const entryToo = edited(entries, "evidence/entries.ndjson", (line, at) =>
      at === 1 ? null : line,
    );
    for (const files of [
      { ...without, ...entries },
      { ...without, ...entryToo },
    ]) {
      const found = await report(files);
      expect(only(found, "SEQ-001").subject.id).toBe("2");
      expect(found.questions.complete.answer).toBe("no");
    }
  });

  it("shift the numbers of the export, which accuses nobody", async () => {
    const found = await report(folder(mixed), trustKernel(KEY));
    expect(codesOf(found)).toEqual(["INC-005"]);
    expect(found.headline).toBe("verified");
  });

  it("may make an exporter look a proof up by the wrong number: the proof fits another receipt", async () => {
    const shifted = mixed.proofs.map((proof, at) => ({
      ...proof,
      receipt_seq: ((at + 1) % 21) + 1,
    }));
    const found = await report({ ...folder(mixed), [PROOFS]: lines(shifted) }, trustKernel(KEY));
    expect(codesOf(found, "error")).toEqual([]);
    expect(codesOf(found)).toEqual(["INC-005"]);
  });

  it("may be very many", { timeout: 60_000 }, async () => {
    const children = Array.from({ length: 300 }, (_, at) => at + 1);
    const many = log({ receipts: 320, batch: 320, children });
    const proofs = many.proofs.map((proof, at) => ({ ...proof, receipt_seq: 20 - at }));
    const found = await report({ ...folder(many), [PROOFS]: lines(proofs) });
    expect(codesOf(found, "error")).toEqual([]);
  });
});
