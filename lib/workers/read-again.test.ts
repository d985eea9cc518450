import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import { draftOfDetail } from "@/lib/playground/draft-of-detail.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import { log } from "@/lib/verification/testing/log.ts";
import { Bench } from "./testing/bench.ts";

const built = log({ receipts: 3, batch: 3, name: "caf\u00e9 \ud83d\ude80" });
const [first = {}, second = {}, third = {}] = built.receipts;

/** A dead letter as the reference consumer writes it: ASCII, and with what was judged as a text. */
function deadLetter(receipt: object, extra = ""): string {
  return `{"version":"chio-streaming/dlq/v1","receipt":${JSON.stringify(receipt)}${extra}}`.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function kcatLine(payload: string): string {
  const frame = { topic: "dlq", partition: 0, offset: 0, tstype: "create", ts: 1, broker: 1 };
  return JSON.stringify({ ...frame, key: null, payload });
}

function ownLine(value: string): string {
  return losslessLine({
    topic: "dlq",
    partition: 0,
    offset: "1",
    timestampMs: 1,
    timestampType: null,
    key: null,
    value: utf8(value),
    headers: [],
  });
}

async function detailOf(bench: Bench, row: number): Promise<ReceiptDetail> {
  await bench.engine.receive({ kind: "detail", ask: 1, row });
  const last = bench.heard.at(-1);
  if (last?.kind !== "detail") {
    throw new Error(`instead of a detail: ${JSON.stringify(last)}`);
  }
  return last.detail;
}

const capabilityOf = async (): Promise<null> => null;

describe("a receipt inside an exported Kafka record", () => {
  const lines = [
    kcatLine(deadLetter(first, ',"original_value":{"utf8":"{\\"receipt\\":{}}"}')),
    ownLine(deadLetter(second)),
    JSON.stringify({ version: "chio-streaming/v1", receipt: third }),
  ];

  it("is found again where it was read, by its own text", async () => {
    const bench = await Bench.make();
    const { verdict } = await bench.dropFiles({ "dlq.ndjson": `${lines.join("\n")}\n` });
    expect(verdict.report.counts).toMatchObject({ receipts: 3, rejected: 0, rows: 3 });
    expect(verdict.report.findings.map(({ code }) => code)).not.toContain("SIG-002");
    const base = bench.batches[0]?.rowBase ?? -1;
    const details = [];
    for (const row of [base, base + 1, base + 2]) {
      details.push(await detailOf(bench, row));
    }
    expect(details.map(({ place }) => place.pointer)).toEqual([
      "/payload/receipt",
      "/value_b64/receipt",
      "/receipt",
    ]);
    expect(details.map(({ rawText }) => rawText)).toEqual(lines);
    for (const [at, detail] of details.entries()) {
      const signature = detail.checks.find(({ name }) => name === "signature");
      expect(signature?.outcome.kind).toBe("passed");
      expect(detail.row.id).toBe(built.receipts[at]?.["id"]);
      expect(await draftOfDetail(detail, capabilityOf)).not.toBeNull();
    }
  });

  it("is packed with its record, and the pointer still leads to it", async () => {
    const bench = await Bench.make();
    await bench.dropFiles({ "dlq.ndjson": `${lines.join("\n")}\n` });
    const base = bench.batches[0]?.rowBase ?? -1;
    await bench.engine.receive({ kind: "records", ask: 1, rows: [base, base + 1] });
    const last = bench.heard.at(-1);
    expect(last?.kind === "records" ? last.pack.rows.map(({ pointer }) => pointer) : last).toEqual([
      "/payload/receipt",
      "/value_b64/receipt",
    ]);
  });

  it("that names a member twice is an error, as in a row of its own", async () => {
    const bench = await Bench.make();
    const twice = deadLetter(first).replace('"id":', '"id":"another","id":');
    const { verdict } = await bench.dropFiles({
      "dlq.ndjson": `${kcatLine(twice)}\n${ownLine(twice)}\n${kcatLine('{"a":1,"a":2}')}\n`,
    });
    const { findings, headline } = verdict.report;
    expect(headline).toBe("does-not-verify");
    expect(
      findings.map(({ code, severity, place }) => `${code} ${severity} ${place.pointer}`),
    ).toEqual(["FMT-001 error /payload/receipt/id", "FMT-001 error /value_b64/receipt/id"]);
  });
});
