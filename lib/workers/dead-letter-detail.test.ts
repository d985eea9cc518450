import { describe, expect, it } from "vitest";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { KafkaHeader } from "@/lib/ingest/kafka/record.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import type { Member } from "@/lib/ingest/record.ts";
import { bytesSource } from "@/lib/ingest/sources.ts";
import {
  type DeadLetterDetail,
  LONGEST_VALUE,
  MOST_FIELDS,
} from "@/lib/queries/dead-letter-model.ts";
import { FileChanged } from "@/lib/verification/read-again.ts";
import { signedStep } from "@/lib/verification/testing/steps.ts";
import { read } from "@/lib/verification/testing/verify.ts";
import { deadLetterDetail } from "./dead-letter-detail.ts";
import { Bench } from "./testing/bench.ts";

const BODY = '{"order":17}';

function refusal(body = BODY): JsonObject {
  return signedStep({
    id: "one",
    tool: "events:consume:payments",
    decision: "deny",
    parameters: {
      request_id: "chio-kafka-payments-2-7",
      topic: "payments",
      partition: 2,
      offset: 7,
      body_length: body.length,
      body_hash: toHex(sha256(utf8(body))),
    },
  });
}

function envelope(changes: JsonObject = {}): JsonObject {
  return {
    version: "chio-streaming/dlq/v1",
    verdict: "deny",
    guard: "scope",
    reason: "no such grant",
    receipt_id: "one",
    request_id: "chio-kafka-payments-2-7",
    source: { topic: "payments", partition: 2, offset: 7 },
    original_value: { utf8: BODY },
    ...changes,
  };
}

function line(value: JsonObject, headers: readonly KafkaHeader[] = []): string {
  return `${losslessLine({
    topic: "dlq",
    partition: 0,
    offset: "9223372036854775807",
    timestampMs: 1_776_305_354_500,
    timestampType: null,
    key: utf8("order-17"),
    value: utf8(JSON.stringify(value)),
    headers,
  })}\n`;
}

async function detail(bench: Bench, record: number): Promise<DeadLetterDetail> {
  await bench.engine.receive({ kind: "dead-letter", ask: 1, record });
  const last = bench.heard.at(-1);
  if (last?.kind !== "dead-letter") {
    throw new Error(`instead of a dead letter: ${JSON.stringify(last)}`);
  }
  return last.detail;
}

async function opened(text: string, record = 0): Promise<DeadLetterDetail> {
  const bench = await Bench.make();
  await bench.dropFiles({ "dlq.ndjson": text });
  return detail(bench, record);
}

const fieldsOf = ({ payload }: DeadLetterDetail) =>
  payload.fields.map(({ pointer, kind, value }) => [pointer, kind, value]);

describe("a dead letter that is opened", () => {
  it("is told as it stands in its file, with its receipt", async () => {
    const told = await opened(`${line(envelope())}${line(envelope({ receipt: refusal() }))}`, 1);
    expect(told).toMatchObject({
      record: 1,
      form: "chio-lossless",
      fidelity: "exact",
      envelope: "package",
      at: { topic: "dlq", partition: "0", offset: "9223372036854775807" },
      receiptRow: 0,
      payload: { length: BODY.length, more: 0 },
      place: { file: "dlq.ndjson", line: 2 },
    });
    expect(fieldsOf(told)).toEqual([["/order", "number", "17"]]);
    expect(told.comparisons.map(({ name, agreement }) => [name, agreement])).toEqual([
      ["ids", "agree"],
      ["verdicts", "agree"],
      ["coordinates", "agree"],
      ["headers", "agree"],
      ["payload", "agree"],
    ]);
  });

  it("agrees or differs as its row of the list does, where the receipt is loaded elsewhere", async () => {
    const bench = await Bench.make();
    await bench.dropFiles({
      "dlq.ndjson": line(envelope()),
      "log.ndjson": `${JSON.stringify(refusal("another body"))}\n`,
    });
    const { comparisons, receiptRow } = await detail(bench, 0);
    expect(receiptRow).not.toBeNull();
    const agreements = new Map(comparisons.map(({ name, agreement }) => [name, agreement]));
    expect(agreements.get("payload")).toBe("differ");
    expect(agreements.get("verdicts")).toBe("agree");
  });

  it("whose file holds something else now is not told", async () => {
    const text = line(envelope());
    const dataset = await read({ "dlq.ndjson": text });
    const place = { input: 0, path: "dlq.ndjson", collection: "", name: "dlq.ndjson" };
    const of = (now: string): ReadonlyMap<number, Member> => {
      const source = bytesSource(utf8(now));
      const layout = { layout: "lines", bounds: null, sha256: "", table: null } as const;
      return new Map([0, 1].map((id) => [id, { id, ...place, ...layout, source }]));
    };
    expect((await deadLetterDetail(dataset, of(text), 0)).facts.length).toBeGreaterThan(0);
    for (const now of [text.replace('"v":1', '"w":1'), " ".repeat(text.length), ""]) {
      await expect(deadLetterDetail(dataset, of(now), 0)).rejects.toThrow(FileChanged);
    }
  });

  it("with a number that no dead letter has is none", async () => {
    const bench = await Bench.make();
    await bench.dropFiles({ "dlq.ndjson": line(envelope()) });
    await bench.engine.receive({ kind: "dead-letter", ask: 1, record: 1 });
    expect(bench.heard.at(-1)?.kind).not.toBe("dead-letter");
    await bench.engine.receive({ kind: "dead-letter", ask: 1, record: -1 });
    expect(bench.heard.at(-1)?.kind).not.toBe("dead-letter");
  });
});

describe("the payload of a dead letter", () => {
  const of = (original: JsonObject | string) =>
    opened(line(envelope({ original_value: original })));

  it("is its values one by one, in their order, markers and empty ones among them", async () => {
    const body =
      '{"b":[1,{"__proto__":null}],"a~/":"x","e":[],"o":{},"t":true,"n":12345678901234567890}';
    expect(fieldsOf(await of({ utf8: body }))).toEqual([
      ["/b/0", "number", "1"],
      ["/b/1/__proto__", "null", "null"],
      ["/a~0~1", "text", "x"],
      ["/e", "empty", "[]"],
      ["/o", "empty", "{}"],
      ["/t", "boolean", "true"],
      ["/n", "number", "12345678901234567890"],
    ]);
  });

  it("is one text where it is no JSON, and one run of octets where it is no text", async () => {
    expect(fieldsOf(await of("plain"))).toEqual([["", "text", "plain"]]);
    const long = await of({ hex: `ff${"41".repeat(LONGEST_VALUE)}` });
    expect(long.payload.fields).toMatchObject([{ kind: "octets", isCut: true }]);
    expect(long.payload.length).toBe(LONGEST_VALUE + 1);
    expect(fieldsOf(await of(""))).toEqual([]);
  });

  it("is cut between signs, and says so", async () => {
    const text = `${"a".repeat(LONGEST_VALUE - 1)}😀b`;
    const { payload } = await of({ utf8: JSON.stringify({ text }) });
    expect(payload.fields).toEqual([
      { pointer: "/text", kind: "text", value: "a".repeat(LONGEST_VALUE - 1), isCut: true },
    ]);
  });

  it("with a million values lists the first of them and counts the others", async () => {
    const { payload } = await of({ utf8: `[${"1,".repeat(999_999)}1]` });
    expect(payload.fields).toHaveLength(MOST_FIELDS);
    expect(payload.more).toBe(1_000_000 - MOST_FIELDS);
  });

  it("of any depth is told, what lies too deep as one value", async () => {
    const { payload } = await of({ utf8: `${'{"a":['.repeat(40)}1${"]}".repeat(40)}` });
    expect(payload.fields).toHaveLength(1);
    expect(payload.fields[0]?.pointer).toBe("/a/0".repeat(16));
  });
});

describe("headers of a dead letter", () => {
  it("come in their order, doubles, nulls and octets among them", async () => {
    const { headers } = await opened(
      line(envelope(), [
        ["X-Chio-Verdict", utf8("deny")],
        ["x", null],
        ["x", new Uint8Array([0xff, 0])],
        ["x", new Uint8Array()],
      ]),
    );
    expect(headers).toEqual([
      { name: "X-Chio-Verdict", value: "deny", isText: true },
      { name: "x", value: null, isText: true },
      { name: "x", value: "ff00", isText: false },
      { name: "x", value: "", isText: true },
    ]);
  });

  it("and reasons of a megabyte are cut", async () => {
    const reason = "r".repeat(1_000_000);
    const told = await opened(
      line(envelope({ reason, receipt: refusal() }), [["X-Chio-Deny-Reason", utf8(reason)]]),
    );
    expect(JSON.stringify(told).length).toBeLessThan(100_000);
  });
});
