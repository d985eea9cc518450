import { describe, expect, it } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import { resolveInside } from "@/lib/ingest/kafka/forms.ts";
import { NO_TEXT, octetsOf } from "@/lib/ingest/kafka/testing/read-exported.ts";
import { draftOfDetail } from "@/lib/playground/draft-of-detail.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import { signedStep } from "@/lib/verification/testing/steps.ts";
import { Bench } from "./testing/bench.ts";

const denied = ["rcpt_1", "rcpt_2", "rcpt_3"].map((id) => signedStep({ id, decision: "deny" }));
const values = denied.map((receipt) =>
  JSON.stringify({ version: "chio-streaming/dlq/v1", verdict: "deny", receipt }),
);

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Of each form, the same three dead letters. */
const FILES: readonly (readonly [ExportForm, string])[] = [
  [
    "kcat-text",
    values.map((value, at) => `dlq\t0\t${at}\t179532127278${at}\tk\t\t${value}\n`).join(""),
  ],
  [
    "console-consumer",
    values.map((value, at) => `CreateTime:179532127278${at}\tnull\t${value}\n`).join(""),
  ],
  [
    "confluent-cli",
    values
      .map(
        (value, at) =>
          `k\tTimestamp:179532127278${at} Partition:0 Offset:${at}\t${value}\n% Headers: [X-Chio-Receipt="rcpt_${at + 1}"]\n`,
      )
      .join(""),
  ],
  [
    "kafbat-csv",
    `Value,Offset,Key,Partition\n${values.map((value, at) => `${quoted(value)},${at},k,0\n`).join("")}`,
  ],
  [
    "connect-csv",
    values
      .map((value, at) => `,${Buffer.from(value).toString("base64")},${at},1795321272\n`)
      .join(""),
  ],
];

async function detailOf(bench: Bench, row: number): Promise<ReceiptDetail> {
  await bench.engine.receive({ kind: "detail", ask: 1, row });
  const last = bench.heard.at(-1);
  if (last?.kind !== "detail") {
    throw new Error(`instead of a detail: ${JSON.stringify(last)}`);
  }
  return last.detail;
}

describe.each(FILES)("receipts in an export of the form %s", (form, text) => {
  it("verify, are found again, and can be judged again", async () => {
    const bench = await Bench.make();
    const { verdict, files } = await bench.dropFiles({ "dlq.txt": text });
    const { counts, findings } = verdict.report;
    expect(counts).toMatchObject({ receipts: 3, rejected: 0, rows: 3 });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(files[0]?.readAs).toEqual({ form, isChosen: false, others: 0 });

    const detail = await detailOf(bench, 1);
    expect(detail.row.id).toBe("rcpt_2");
    expect(detail.place.pointer).toBe("/value/receipt");
    expect(text).toContain(detail.rawText);
    expect(await draftOfDetail(detail, async () => null)).not.toBeNull();

    await bench.engine.receive({ kind: "records", ask: 2, rows: [0, 1, 2] });
    const told = bench.heard.at(-1);
    const { bytes, rows } =
      told?.kind === "records" ? told.pack : { bytes: new Uint8Array(), rows: [] };
    const judged = rows.map(({ start, end, pointer }) => {
      const row = parseJson(new TextDecoder().decode(bytes.subarray(start, end)));
      return row.ok ? resolveInside(row.value.value, pointer) : null;
    });
    expect(judged).toEqual(denied);
  });
});

describe("a person's word on the form", () => {
  it("makes records of what nothing was recognised in, and goes away with the word", async () => {
    const bench = await Bench.make();
    const odd = `a b c\n${values.map((value) => `x | ${value}\n`).join("")}`;
    const content = { kind: "files", files: [{ path: "odd.log", file: new Blob([odd]) }] } as const;
    const guessed = await bench.drop(content);
    expect(guessed.files[0]?.readAs).toEqual({ form: null, isChosen: false, others: 0 });
    expect(guessed.verdict.report.counts.receipts).toBe(0);

    const told = await (await Bench.make()).drop(content, [["odd.log", "bare-value"]]);
    expect(told.files[0]?.readAs).toEqual({ form: "bare-value", isChosen: true, others: 0 });
    expect(told.files[0]?.facts).toContainEqual({ label: "Kafka records", value: "4" });
  });

  it("holds for the file that bears the name, and for no other", async () => {
    const bench = await Bench.make();
    const files = [
      { path: "a.txt", file: new Blob([`k\t${values[0]}\n`]) },
      { path: "b.txt", file: new Blob([`k\t${values[1]}\n`]) },
    ];
    const { files: cards } = await bench.drop({ kind: "files", files }, [["a.txt", "bare-value"]]);
    expect(cards.map(({ readAs }) => [readAs?.form, readAs?.isChosen])).toEqual([
      ["bare-value", true],
      ["kcat-text", false],
    ]);
  });
});

describe("a record that holds octets that are no UTF-8", () => {
  const frame = (key: string, payload: string): string =>
    `{"topic":"dlq","partition":0,"offset":0,"tstype":"create","ts":1,"broker":1,"key":"${key}","payload":${JSON.stringify(payload)}}`;

  async function factsOf(text: string) {
    const bench = await Bench.make();
    const { verdict, files } = await bench.dropFiles({ "dlq.ndjson": octetsFor(text) });
    return { ...verdict.report, card: files[0] };
  }

  it("is taken with its receipt where the octets are the key's alone", async () => {
    const { counts, findings } = await factsOf(`${frame(`k${NO_TEXT}`, values[0] ?? "")}\n`);
    expect(counts).toMatchObject({ receipts: 1, rejected: 0 });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("says that its receipt is unreadable, not that it does not verify, where they are in it", async () => {
    const hit = (values[0] ?? "").replace("no such grant", `no such ${NO_TEXT} grant`);
    const { counts, findings } = await factsOf(`${frame("k", hit)}\n`);
    expect(counts).toMatchObject({ receipts: 0, rejected: 1 });
    expect(findings.map(({ code }) => code)).toContain("FMT-005");
    expect(findings.map(({ code }) => code)).not.toContain("SIG-002");
  });

  it("stays a row that cannot be read where it is no exported record", async () => {
    const receipt = JSON.stringify(denied[0]).replace("no such grant", `no such ${NO_TEXT} grant`);
    const { counts, findings } = await factsOf(`${receipt}\n${JSON.stringify(denied[1])}\n`);
    expect(counts).toMatchObject({ receipts: 1, rejected: 1 });
    expect(findings.find(({ code }) => code === "FMT-005")?.severity).toBe("error");
  });
});

it("verifies nothing in Redpanda Console's CSV, where commas are gone", async () => {
  const bench = await Bench.make();
  const rows = values.map(
    (value, at) => `1795321272785,0,${at},k,${value.replaceAll(",", ";")},1,9`,
  );
  const text = `timestamp,partitionID,offset,key,value,keySize,valueSize\n${rows.join("\n")}\n`;
  const { verdict, files } = await bench.dropFiles({ "messages.csv": text });
  expect(verdict.report.counts).toMatchObject({ receipts: 0 });
  expect(verdict.report.findings.map(({ code }) => code)).not.toContain("SIG-002");
  expect(files[0]?.readAs?.form).toBe("redpanda-console-csv");
});

function octetsFor(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(octetsOf(text));
}
