import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import { ReceiptWriter } from "@/lib/database/receipt-writer.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import { demoTrust } from "@/lib/demo/samples.ts";
import { askOrder, askPage, askTotals } from "@/lib/queries/ask-receipts.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import { EVERY_RECEIPT } from "@/lib/queries/receipts.ts";
import type { ConcludedMessage } from "./protocol.ts";
import { Bench } from "./testing/bench.ts";

const SORT = { column: "seq", descending: false } as const;

async function detailOf(bench: Bench, row: number): Promise<ReceiptDetail> {
  await bench.engine.receive({ kind: "detail", ask: 1, row });
  const last = bench.heard.at(-1);
  if (last?.kind !== "detail") {
    throw new Error(`instead of a detail: ${JSON.stringify(last)}`);
  }
  return last.detail;
}

describe("the engine", () => {
  describe("with the sample in which a receipt was changed", () => {
    let bench: Bench;
    let concluded: ConcludedMessage;
    let database: Database;
    beforeAll(async () => {
      bench = await Bench.make();
      concluded = await bench.drop({ kind: "sample", name: "changed" });
      database = await Database.lay(await nodeEngine());
      for (const unit of bench.batches) {
        await database.writer.insert(unit);
      }
      await database.writer.flush();
      await database.writer.replaceConclusion(concluded.tables);
    });

    it("finds the one cause, against the demo keys that came in a drop of their own", () => {
      expect(concluded.verdict.report.headline).toBe("does-not-verify");
      expect(concluded.verdict.report.trust_mode).toBe("pinned");
      expect(concluded.verdict.causes).toBe(1);
      expect(concluded.trust.pinned.length).toBeGreaterThan(0);
      expect(concluded.trust.pinned.every(({ note }) => note.includes("demo key"))).toBe(true);
    });

    it("counts a receipt that lies in two files once, by its worst copy", async () => {
      const totals = await askTotals(database, EVERY_RECEIPT);
      expect(totals).toMatchObject({ every: 3800, matching: 3800, doesNotVerify: 1, unjudged: 0 });
      const copies = { ...EVERY_RECEIPT, include: { file: ["export-B.ndjson"] } };
      expect(await askTotals(database, copies)).toMatchObject({ matching: 999, doesNotVerify: 0 });
      const failing = { ...EVERY_RECEIPT, include: { integrity: ["does-not-verify"] } };
      const order = await askOrder(database, failing, SORT);
      const page = await askPage(database, [...order]);
      expect(new Set(page.map(({ seq }) => seq))).toEqual(new Set(["803"]));
    });

    it("tells the same of a single receipt, from its bytes", async () => {
      const failing = { ...EVERY_RECEIPT, include: { integrity: ["does-not-verify"] } };
      const order = await askOrder(database, failing, SORT);
      const details = await Promise.all([...order].map((row) => detailOf(bench, row)));
      const changed = details.find(({ place }) => place.file.startsWith("evidence-changed"));
      expect(changed?.row).toMatchObject({ seq: "803", status: "does-not-verify" });
      expect(changed?.rawText).toContain("12000.00");
      const signature = changed?.checks.find(({ name }) => name === "signature");
      expect(signature?.outcome).toMatchObject({ kind: "failed", code: "SIG-002" });
      expect(changed?.findings.map(({ code }) => code)).toContain("SIG-002");
      expect(changed?.proof.state).toBe("does-not-fit");
      expect(changed?.proof.othersIncluded).toBe(99);
      expect(changed?.proof.computedRoot).not.toBe(changed?.proof.signedRoot);
    });

    it("leads an honest receipt to the signed root, step by step", async () => {
      const text = { ...EVERY_RECEIPT, include: { integrity: ["verified"] } };
      const [row = -1] = await askOrder(database, text, SORT);
      const detail = await detailOf(bench, row);
      expect(detail.checks.every(({ outcome }) => outcome.kind !== "failed")).toBe(true);
      expect(detail.proof).toMatchObject({ state: "included", treeSize: 100 });
      expect(detail.proof.steps.at(-1)?.result).toBe(detail.proof.signedRoot);
      expect(detail.fields[0]).toMatchObject({ pointer: "/seq", coverage: "not-covered" });
    });

    it("shows a card for each thing that was dropped", () => {
      const cards = concluded.files.map(({ name, recognisedAs, isTrustFile }) => [
        name,
        recognisedAs,
        isTrustFile,
      ]);
      expect(cards).toEqual([
        ["evidence-changed", "Evidence package", false],
        ["export-B.ndjson", "Receipt log", false],
        ["chio-trust.json", "Trust file", true],
      ]);
    });

    it("takes a unit's result once, should two verifiers bring it", async () => {
      for (const unit of bench.units) {
        await bench.verify(unit);
      }
      const again = await bench.conclude();
      expect(again.verdict.report.counts).toEqual(concluded.verdict.report.counts);
    });

    it("says so when a row is not there", async () => {
      await bench.engine.receive({ kind: "detail", ask: 2, row: 999_999_999 });
      expect(bench.heard.at(-1)).toMatchObject({ kind: "detail-failed", ask: 2 });
    });
  });

  it("takes two folders of one name for two folders", async () => {
    const bench = await Bench.make();
    await bench.drop({ kind: "sample", name: "clean" });
    const again = await bench.drop({ kind: "sample", name: "clean" });
    expect(again.verdict.report.headline).toBe("verified");
    expect(again.verdict.report.findings.filter(({ code }) => code.startsWith("MAN"))).toEqual([]);
    expect(new Set(again.files.map(({ name }) => name)).size).toBe(again.files.length);
  });

  describe("with a trust file", () => {
    const evidence = async (bench: Bench) => {
      await bench.drop({ kind: "make-log", receipts: 100 });
    };

    it("pins it where it comes alone, and verifies no signature twice", async () => {
      const bench = await Bench.make();
      await evidence(bench);
      const verified = bench.units.length;
      const concluded = await bench.dropFiles({ "trust.json": demoTrust() });
      expect(bench.units.length).toBe(verified + 1);
      const { counts, inputs } = concluded.verdict.report;
      expect(inputs.map(({ recognised_as }) => recognised_as)).not.toContain("trust file");
      expect(counts.files).toBe(inputs.length);
      expect(concluded.verdict.report.trust_mode).toBe("pinned");
    });

    it("only offers it beside evidence, until a person pins it", async () => {
      const bench = await Bench.make();
      const log = '{"not":"a receipt"}\n';
      const offered = await bench.dropFiles({ "log.ndjson": log, "trust.json": demoTrust() });
      expect(offered.trust).toMatchObject({ pinned: [] });
      expect(offered.verdict.report.trust_mode).toBe("none");
      const [offer] = offered.trust.offered;
      await bench.engine.receive({ kind: "pin", id: offer?.id ?? "" });
      expect((await bench.conclude()).verdict.report.trust_mode).toBe("pinned");
      await bench.engine.receive({ kind: "unpin-all" });
      const unpinned = await bench.conclude();
      expect(unpinned.verdict.report.trust_mode).toBe("none");
      expect(unpinned.trust.offered).toHaveLength(1);
    });

    it("only offers it out of a folder", async () => {
      const bench = await Bench.make();
      const concluded = await bench.dropFiles({ "folder/trust.json": demoTrust() });
      expect(concluded.trust).toMatchObject({
        pinned: [],
        offered: [{ path: "folder/trust.json" }],
      });
    });

    it("refuses one with an unknown member, and says why", async () => {
      const bench = await Bench.make();
      const changed = demoTrust().replace("{", '{"extra":1,');
      const concluded = await bench.dropFiles({ "trust.json": changed });
      expect(concluded.trust.refused).toEqual([
        { path: "trust.json", reason: expect.stringContaining("unknown-member") },
      ]);
    });
  });

  it("keeps rows that it does not understand, with line and reason", async () => {
    const bench = await Bench.make();
    const concluded = await bench.dropFiles({ "notes.ndjson": '{"a":1}\nnoise\n{"b":1,"b":2}\n' });
    expect(concluded.rejects.map(({ line, code }) => [line, code])).toEqual([
      [1, "FMT-004"],
      [2, "FMT-002"],
      [3, "FMT-001"],
    ]);
    expect(concluded.files[0]?.understanding).toBe("not-understood");
  });

  it("says what was not read where a unit was lost", async () => {
    const bench = await Bench.make();
    await bench.engine.receive({
      kind: "open",
      epoch: 0,
      content: { kind: "files", files: [{ path: "log.ndjson", file: new Blob(["{}\n"]) }] },
    });
    for (const unit of bench.units) {
      await bench.engine.receive({ kind: "unit-lost", unit, reason: "out of memory" });
    }
    const { verdict } = await bench.conclude();
    expect(verdict.report.findings.map(({ code }) => code)).toContain("FMT-011");
    expect(verdict.report.headline).not.toBe("verified");
  });

  it("verifies receipts that find no room in the database, and says how many", async () => {
    const bench = await Bench.make();
    await bench.drop({ kind: "make-log", receipts: 60 });
    const all = await bench.drop({ kind: "make-log", receipts: 100 });
    const { receipts } = all.verdict.report.counts;
    const engine = await nodeEngine();
    const database = await Database.lay(engine);
    const writer = new ReceiptWriter(await engine.connect(), (promise) => promise, 90);
    for (const unit of bench.batches) {
      await writer.insert(unit);
    }
    await writer.flush();
    const { notIndexed } = writer;
    expect(notIndexed).toBeGreaterThan(0);
    const concluded = await bench.conclude(false, writer);
    await writer.replaceConclusion(concluded.tables);
    const { report } = concluded.verdict;
    expect(report.counts.receipts).toBe(receipts);
    const limits = report.findings.filter(({ code }) => code === "LIM-004");
    expect(limits).toMatchObject([{ actual: expect.stringContaining(`${notIndexed} receipts`) }]);
    const kept = bench.batches.reduce((sum, { rows }) => sum + rows, 0) - notIndexed;
    expect(await askOrder(database, EVERY_RECEIPT, SORT)).toHaveLength(kept);
    const again = await bench.conclude();
    expect(again.verdict.report.findings.some(({ code }) => code === "LIM-004")).toBe(false);
  });

  it("forgets everything when cleared, and never numbers rows anew", async () => {
    const bench = await Bench.make();
    await bench.drop({ kind: "make-log", receipts: 100 });
    const last = Math.max(...bench.units.map(({ rowBase }) => rowBase));
    await bench.engine.receive({ kind: "clear" });
    await bench.engine.receive({
      kind: "open",
      epoch: 1,
      content: { kind: "files", files: [{ path: "a.ndjson", file: new Blob(["{}\n"]) }] },
    });
    expect(bench.units.at(-1)?.rowBase).toBeGreaterThan(last);
    await bench.engine.receive({ kind: "detail", ask: 3, row: last });
    expect(bench.heard.at(-1)).toMatchObject({ kind: "detail-failed" });
  });
});
