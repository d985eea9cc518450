import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { toBase64 } from "@/lib/ingest/kafka/base64.ts";
import { GOLDEN_TIME, type GoldenRecord } from "@/lib/ingest/kafka/testing/golden.ts";
import { jsonText, WRITTEN_FORMS } from "@/lib/ingest/kafka/testing/write-forms.ts";
import { type Found, recognise } from "./recognise.ts";
import { log } from "./testing/log.ts";
import { codesOf, only, report } from "./testing/verify.ts";

const [receipt = {}] = log({ receipts: 1, batch: 1 }).receipts;
const PLAIN: GoldenRecord = {
  topic: "dlq",
  partition: 0,
  offset: "0",
  timestampMs: GOLDEN_TIME,
  timestampType: "create",
  key: utf8("k"),
  value: utf8('{"n":7}'),
  headers: [],
};
const RPK = { topic: "t", partition: 0, offset: 0, timestamp: 1, value: "{}" };

const kinds = (value: JsonValue): string[] =>
  recognise(value).map(({ kind, pointer }) => `${kind} ${pointer}`.trim());
const recordsIn = (found: readonly Found[]) =>
  found.flatMap((each) => (each.kind === "kafka-record" ? [each.record] : []));
const parsed = (text: string): JsonValue => {
  const read = parseJson(text);
  if (!read.ok) throw new Error(read.error.kind);
  return read.value.value;
};
const event = (records: JsonObject): JsonObject => ({ eventSource: "aws:kafka", records });
const element = (value: JsonValue): JsonObject => ({
  topic: "dlq",
  partition: 0,
  offset: 0,
  timestamp: 1,
  timestampType: "CREATE_TIME",
  value: toBase64(utf8(JSON.stringify(value))),
  headers: [],
});

describe("a row that its form does not allow", () => {
  const withOffset = WRITTEN_FORMS.filter(
    ({ allowances }) => allowances.lost?.includes("offset") !== true,
  );

  it.each(withOffset.map((form) => [form.form, form] as const))(
    "of %s is told with its place: an offset that no topic has",
    async (name, { path, file, row }) => {
      const text = jsonText(row({ ...PLAIN, offset: "9223372036854775808" }));
      const found = await report({ [path]: file([jsonText(row(PLAIN)), text]) });
      const finding = only(found, "FMT-013");
      expect(finding).toMatchObject({ severity: "warning" });
      expect(finding.place.pointer).toBe(
        { kafbat: "/Offset", akhq: "/results/1/offset", lambda: "/records/dlq-0/1/offset" }[
          name as string
        ] ?? "/offset",
      );
      expect(found.counts.rejected).toBe(1);
    },
  );

  it("of rpk is told where the export left the values out", async () => {
    const { value: _, ...sizes } = { ...RPK, value_size: 9 };
    const found = await report({ "dlq.ndjson": `${JSON.stringify(sizes)}\n` });
    expect(only(found, "FMT-013").place.pointer).toBe("/value");
  });

  it.each<[string, JsonValue, string]>([
    ["no object", event({ "dlq-0": [7] }), "refused /records/dlq-0/0"],
    ["no list", event({ "dlq-0": 7 }), "refused /records/dlq-0"],
    [
      "no octets",
      event({ "a/b": [{ ...element(1), value: "?" }] }),
      "refused /records/a~1b/0/value",
    ],
    [
      "a header's octet beyond 255",
      event({ t: [{ ...element(1), headers: [{ "n/": [256] }] }] }),
      "refused /records/t/0/headers/0/n~1",
    ],
    [
      "a payload left out",
      { partitionID: 0, offset: 0, value: { encoding: "text" } },
      "refused /value/payload",
    ],
    ["a time of no kind", { ...RPK, timestamp: -2 }, "refused /timestamp"],
  ])("%s", (_, value, expected) => {
    expect(kinds(value)).toEqual([expected]);
  });
});

describe("names of prototypes", () => {
  it("are names of headers, fields and partitions", () => {
    const rows = [
      `{"Value":"{}","Offset":0,"Partition":0,"Headers":{"__proto__":"x","constructor":"y"}}`,
      `{"eventSource":"aws:kafka","records":{"__proto__":[{"value":"e30=","headers":[{"__proto__":[120]},{"constructor":[121]}]}]}}`,
    ];
    for (const row of rows) {
      const [record] = recordsIn(recognise(parsed(row)));
      expect(
        record?.headers.map(([name, held]) => [name, new TextDecoder().decode(held ?? undefined)]),
      ).toEqual([
        ["__proto__", "x"],
        ["constructor", "y"],
      ]);
    }
    expect(kinds(parsed(`["1-0",["__proto__","{}","payload","{}"]]`))).toEqual(["kafka-record"]);
  });

  it("make no row a record", () => {
    expect(kinds(parsed('{"__proto__":{"version":"chio-streaming/dlq/v1"}}'))).toEqual([]);
    expect(kinds(parsed('{"__proto__":{"eventSource":"aws:kafka","records":{}}}'))).toEqual([]);
  });
});

describe("size", () => {
  it("of one header is kept", () => {
    const long = "h".repeat(1024 * 1024);
    const [record] = recordsIn(recognise({ ...RPK, headers: [{ key: "n", value: long }] }));
    expect(record?.headers[0]?.[1]).toHaveLength(long.length);
  });

  it("of a million headers is walked once", () => {
    const headers = Array.from({ length: 1_000_000 }, () => ({ key: "n", value: "" }));
    expect(recordsIn(recognise({ ...RPK, headers }))[0]?.headers).toHaveLength(headers.length);
    const fields = Array.from({ length: 2_000_000 }, (_, at) => (at % 2 === 0 ? "X-Chio-N" : "v"));
    expect(recordsIn(recognise(["1-0", fields]))[0]?.headers).toHaveLength(1_000_000);
  });

  it("of base64 is decoded, and what it holds is no record of ours", () => {
    const bomb = toBase64(new Uint8Array(8 * 1024 * 1024).fill(0x7b));
    expect(kinds(event({ t: [{ ...element(1), value: bomb }] }))).toEqual([
      "kafka-record /records/t/0",
    ]);
    const nested = toBase64(utf8("[".repeat(1_000_000)));
    expect(kinds(event({ t: [{ ...element(1), value: nested }] }))).toEqual([
      "kafka-record /records/t/0",
    ]);
  });

  it("of an event is bounded, and what was not read is told", async () => {
    const rows = Array.from({ length: 100_001 }, () => '{"value":"e30="}');
    const text = `{"eventSource":"aws:kafka","records":{"a-0":[${rows.join(",")}]}}`;
    const found = recognise(parsed(text));
    expect(recordsIn(found)).toHaveLength(100_000);
    expect(found.at(-1)).toMatchObject({
      kind: "refused",
      code: "LIM-003",
      pointer: "/records/a-0/100000",
    });
    const told = await report({ "event.json": text });
    expect(only(told, "LIM-003").place.pointer).toBe("/records/a-0/100000");
  });

  it("of a list in one value is bounded, and what was not read is told", () => {
    const list = Array.from({ length: 100_002 }, () => ({ capability_id: "c", revoked_at: 1 }));
    const found = recognise({ list });
    expect(found).toHaveLength(100_001);
    expect(found.at(-1)).toMatchObject({ kind: "refused", pointer: "/list/100000" });
  });
});

describe("a signed record dressed up", () => {
  it("as what holds records is read as what it is, beside them", () => {
    const dressed = { ...receipt, ...event({ t: [element(receipt)] }) };
    expect(kinds(dressed)).toEqual([
      "kafka-record /records/t/0",
      "receipt /records/t/0/value",
      "receipt",
    ]);
    expect(kinds({ ...receipt, ...event({}) })).toEqual(["receipt"]);
    expect(kinds({ seq: 1, receipt, ...event({}) })).toEqual(["receipt /receipt"]);
    expect(kinds({ ...event({}), beside: { receipt } })).toEqual(["receipt /beside/receipt"]);
  });

  it.each<[string, JsonObject]>([
    ["rpk", RPK],
    ["Kafbat", { Value: "x", Offset: 0, Partition: 0 }],
    ["Redpanda Console", { partitionID: 0, offset: 0, value: { payload: "x", encoding: "text" } }],
    ["AKHQ", { partition: 0, offset: 0, timestamp: "2026-11-22T04:21:12Z", value: "x" }],
    ["Debezium", { payload: { after: null, op: "d", before: null } }],
    ["Redis", { message: { payload: "x" } }],
    ["EventBridge", { "detail-type": "d", detail: {} }],
    ["Splunk", { sourcetype: "s", event: "x" }],
    ["OCSF", { class_uid: 1, raw_data: "x" }],
    ["Elasticsearch", { _id: "1", _source: {} }],
    ["a bare value", { chio_denial: {} }],
  ])("as a row of %s is still read", (_, dress) => {
    expect(kinds({ ...receipt, ...dress })).toContain("receipt");
  });

  it("as an action of a bulk file is still read", () => {
    expect(kinds({ index: receipt })).toEqual(["receipt /index"]);
    expect(kinds({ index: { _id: "1" } })).toEqual(["framing"]);
    expect(kinds({ index: { _id: "1" }, more: 1 })).toEqual([]);
  });
});

it("an action of a bulk file is neither a row nor noise", async () => {
  const lines = [{ index: { _id: "1" } }, receipt, { create: {} }, { order: 7 }];
  const found = await report({
    "bulk.ndjson": lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  });
  expect(found.counts).toMatchObject({ receipts: 1, rejected: 1 });
  expect(codesOf(found)).not.toContain("FMT-002");
});
