import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { toBase64 } from "./base64.ts";
import type { ExportForm } from "./export-form.ts";
import type { RecordContext } from "./form.ts";
import { exportedRows, isWithin, readKafkaRecord } from "./forms.ts";
import type { KafkaRecord } from "./record.ts";
import { readFile } from "./testing/read-file.ts";

const ENVELOPE = { version: "chio-streaming/dlq/v1", verdict: "deny" };
const TEXT = JSON.stringify(ENVELOPE);
const HEADERS = [{ key: "X-Chio-Receipt", value: "rcpt_1" }];
const TIME = "2026-11-22T04:21:12.785Z";

const names = (value: JsonValue, context: RecordContext = {}): (ExportForm | null)[] => [
  ...(function* () {
    for (const { form } of exportedRows(value, context)?.rows ?? []) yield form.name;
  })(),
];

function read(value: JsonValue, context: RecordContext = {}): KafkaRecord {
  for (const { row, form, context: known } of exportedRows(value, context)?.rows ?? []) {
    const found = form.read(row, known);
    if (!found.ok) throw new Error(`${found.error.pointer}: ${found.error.expected}`);
    return found.value;
  }
  throw new Error("no record");
}

const shown = ({ value, headers }: KafkaRecord) => ({
  value: value === null ? null : new TextDecoder().decode(value),
  headers: headers.map(([name, held]) => [
    name,
    held === null ? null : new TextDecoder().decode(held),
  ]),
});

const CHANGE: JsonObject = { before: null, after: ENVELOPE, source: {}, op: "c", ts_ms: 1 };

describe("the form of a row, as tools write it", () => {
  it.each<[string, JsonValue, ExportForm[]]>([
    ["an envelope", ENVELOPE, ["bare-value"]],
    ["a receipt's envelope", { version: "chio-streaming/v1" }, ["bare-value"]],
    ["the documentation's dead letter", { chio_denial: {} }, ["bare-value"]],
    [
      "an envelope before all",
      { ...ENVELOPE, tstype: "create", offset: 0, payload: "x" },
      ["bare-value"],
    ],
    ["kcat", { tstype: "create", offset: 0, payload: TEXT }, ["kcat-json"]],
    ["kcat of an old broker", { broker: 1, offset: 0, payload: TEXT }, ["kcat-json"]],
    [
      "Redpanda Console",
      { partitionID: 0, offset: 0, value: { payload: ENVELOPE, encoding: "json" } },
      ["redpanda-console"],
    ],
    ["Kafbat", { Value: TEXT, Offset: 0, Partition: 0 }, ["kafbat"]],
    ["our own", { v: 1, offset: "0", value_b64: "e30=" }, ["chio-lossless"]],
    [
      "rpk",
      { topic: "t", value: TEXT, headers: HEADERS, timestamp: 1, partition: 0, offset: 0 },
      ["rpk"],
    ],
    ["rpk without headers", { topic: "t", timestamp: 1, partition: 0, offset: 0 }, ["rpk"]],
    [
      "a REST Proxy",
      { topic: "t", key: null, value: "e30=", partition: 0, offset: 0 },
      ["rest-proxy"],
    ],
    ["Connect", { offset: 0, value: ENVELOPE, key: "k", timestamp: TIME }, ["connect"]],
    ["AKHQ", { offset: 0, partition: 0, value: TEXT, key: "k", timestamp: TIME }, ["akhq"]],
    ["a page of AKHQ", { results: [{ offset: 0, partition: 0, value: TEXT }] }, ["akhq"]],
    ["Debezium", { schema: { type: "struct" }, payload: CHANGE }, ["debezium"]],
    ["Debezium's payload", { payload: CHANGE }, ["debezium"]],
    ["Debezium without a schema", CHANGE, ["debezium"]],
    ["Connect's own JSON", { schema: { type: "struct" }, payload: ENVELOPE }, ["debezium"]],
    ["an entry of Redis", ["1-0", ["payload", TEXT]], ["redis"]],
    [
      "entries of Redis",
      [
        ["1-0", ["payload", TEXT]],
        ["2-0", ["payload", TEXT]],
      ],
      ["redis", "redis"],
    ],
    ["a stream of Redis", ["dlq", [["1-0", ["payload", TEXT]]]], ["redis"]],
    ["an object of Redis", { id: "1-0", message: { payload: TEXT } }, ["redis"]],
    ["EventBridge", { "detail-type": "ChioCapabilityDenied", detail: ENVELOPE }, ["eventbridge"]],
    ["Splunk", { time: 1.5, event: ENVELOPE }, ["splunk-hec"]],
    ["text for Splunk", { sourcetype: "chio:receipt", event: TEXT }, ["splunk-hec"]],
    ["OCSF", { class_uid: 3002, raw_data: TEXT }, ["ocsf"]],
    ["a hit of Elasticsearch", { _index: "i", _source: ENVELOPE }, ["elastic-bulk"]],
    [
      "an event of Lambda",
      {
        eventSource: "aws:kafka",
        records: { "t-0": [{ value: "e30=" }], "t-1": [{ value: "e30=" }] },
      },
      ["lambda", "lambda"],
    ],
  ])("%s", (_, row, expected) => {
    expect(names(row)).toEqual(expected);
  });

  it.each<[string, JsonValue]>([
    ["a log line", { message: "started", time: 1, host: "h", event: "start" }],
    ["an event of a shop", { id: "7", event: { order: 7 } }],
    ["our own record with a schema", { schema: "chio.v1", payload: { op: "c" } }],
    ["a message of another kind", { message: { payload: TEXT } }],
    ["results of a search", { results: [{ title: "x" }] }],
    ["a list", [1, 2]],
    ["pairs", [["a", "b"]]],
    ["a text", TEXT],
    ["nothing", null],
    ["records of another source", { eventSource: "aws:sqs", records: { t: [] } }],
  ])("is none for %s", (_, row) => {
    expect(exportedRows(row)).toBeNull();
  });

  it("is each row's own, in one file", async () => {
    const rows = [
      { tstype: "create", offset: 0, payload: TEXT },
      { topic: "t", value: TEXT, timestamp: 1, partition: 0, offset: 0 },
      { hello: 1 },
      ENVELOPE,
    ];
    const found = await readFile(
      "mixed.ndjson",
      rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
    expect(found.records.map(({ form }) => form)).toEqual(["kcat-json", "rpk", "bare-value"]);
    expect(found.others).toBe(1);
  });
});

describe("a person's word", () => {
  it("is the only form that is tried", () => {
    const row: JsonObject = { topic: "t", partition: 0, offset: 1, value: "e30=" };
    expect(names(row)).toEqual(["rest-proxy"]);
    expect(names(row, { form: "rpk" })).toEqual(["rpk"]);
    expect(shown(read(row, { form: "rpk" })).value).toBe("e30=");
    expect(names(row, { form: "kafbat" })).toEqual([]);
    expect(names({ order: 7 }, { form: "bare-value" })).toEqual(["bare-value"]);
    expect(names({ order: 7 }, { form: "akhq" })).toEqual(["akhq"]);
    expect(names({ index: {} }, { form: "elastic-bulk" })).toEqual([]);
    expect(names({ order: 7 }, { form: "elastic-bulk" })).toEqual(["elastic-bulk"]);
    expect(names({ value: "e30=" }, { form: "lambda" })).toEqual(["lambda"]);
  });
});

describe("what a row leaves out", () => {
  it("the file's name may say", () => {
    const path = "topics/dlq/partition=3/dlq+3+0000000100.json";
    expect(read({ order: 7 }, { path, index: 5 })).toMatchObject({
      form: "confluent-s3",
      topic: "dlq",
      partition: 3,
      offset: "105",
    });
    expect(read(ENVELOPE, { path })).toMatchObject({
      form: "confluent-s3",
      topic: "dlq",
      offset: null,
    });
    const connect = { offset: 9, value: {}, timestamp: TIME };
    expect(read(connect, { path: "sink/my-topic-2-5.jsonl.gz", index: 0 })).toMatchObject({
      topic: "my-topic",
      partition: 2,
      offset: "9",
    });
  });

  it("or nothing does", () => {
    expect(names({ order: 7 }, { path: "orders-3-100.json" })).toEqual([]);
    expect(read(ENVELOPE, { path: "export-2026-11-22.ndjson", index: 1 })).toMatchObject({
      topic: null,
      partition: null,
      offset: null,
    });
  });

  it("what holds the rows may say", () => {
    expect(read(["dlq", [["1795321272785-3", ["payload", TEXT]]]])).toMatchObject({
      topic: "dlq",
      timestampMs: 1_795_321_272_785,
    });
  });
});

describe("Connect", () => {
  const row = (headers: JsonValue, value: JsonValue = {}): JsonObject => ({
    offset: 0,
    timestamp: TIME,
    value,
    headers,
  });
  const header = (key: string, value: JsonValue) =>
    shown(read(row([{ key, value }]))).headers[0]?.[1];

  it("writes our headers in base64 or as text, and others are left as they are", () => {
    expect(header("X-Chio-Receipt", "cmNwdF8x")).toBe("rcpt_1");
    expect(header("x-chio-verdict", "deny")).toBe("deny");
    expect(header("X-Chio-Receipt", "rcpt_1")).toBe("rcpt_1");
    expect(header("trace", "cmNwdF8x")).toBe("cmNwdF8x");
    expect(header("X-Chio-Deny-Reason", null)).toBeNull();
    expect(shown(read(row({ "X-Chio-Receipt": "cmNwdF8x" }))).headers).toEqual([
      ["X-Chio-Receipt", "rcpt_1"],
    ]);
  });

  it("gives values as JSON, as text, or as base64 of an object", () => {
    expect(shown(read(row([], ENVELOPE))).value).toBe(
      '{"verdict":"deny","version":"chio-streaming/dlq/v1"}',
    );
    expect(read(row([], ENVELOPE)).fidelity).toBe("lossy");
    expect([shown(read(row([], TEXT))).value, read(row([], TEXT)).fidelity]).toEqual([
      TEXT,
      "text",
    ]);
    const encoded = read(row([], toBase64(utf8(TEXT))));
    expect([shown(encoded).value, encoded.fidelity]).toEqual([TEXT, "exact"]);
    expect(shown(read(row([], "hello"))).value).toBe("hello");
  });
});

describe("Redpanda Console", () => {
  const row = (value: JsonObject): JsonObject => ({
    partitionID: 0,
    offset: 0,
    timestamp: 1,
    value,
  });

  it("gives octets where they were included, and else its reading of them", () => {
    const raw = toBase64(new Uint8Array([0x7b, 0xff, 0x7d]));
    expect(read(row({ payload: "x", rawPayload: raw, encoding: "text" }))).toMatchObject({
      value: new Uint8Array([0x7b, 0xff, 0x7d]),
      fidelity: "exact",
    });
    expect(read(row({ payload: "x", encoding: "text" })).fidelity).toBe("text");
    expect(read(row({ payload: { a: 1 }, encoding: "json" })).fidelity).toBe("lossy");
    expect(read(row({ payload: "00ff", encoding: "binary" })).fidelity).toBe("lossy");
    expect(read(row({ payload: null, encoding: "null" })).value).toBeNull();
    expect(read(row({ payload: "x", encoding: "text", isPayloadNull: true })).value).toBeNull();
    expect(read(row({ payload: null, encoding: "none", isPayloadNull: false })).value).toHaveLength(
      0,
    );
  });
});

describe("Lambda", () => {
  it("writes headers as octets, signed or not, in their order", () => {
    const records = {
      "t-0": [{ value: null, headers: [{ a: [114, -61, 188] }, { a: [] }, { b: null }] }],
    };
    expect(shown(read({ eventSource: "SelfManagedKafka", records }))).toEqual({
      value: null,
      headers: [
        ["a", "r\u00fc"],
        ["a", ""],
        ["b", null],
      ],
    });
  });
});

describe("Debezium", () => {
  it("holds the message of an outbox in a column, or the row itself", () => {
    const outbox = { ...CHANGE, after: { id: 1, aggregatetype: "a", payload: TEXT } };
    expect([shown(read(outbox)).value, read(outbox).fidelity]).toEqual([TEXT, "text"]);
    expect(read(CHANGE).fidelity).toBe("lossy");
    expect(read({ payload: { ...CHANGE, after: null } }).value).toBeNull();
    expect(shown(read({ ...CHANGE, after: TEXT })).value).toBe(TEXT);
  });
});

describe("Splunk", () => {
  it("holds coordinates where its sink wrote them", () => {
    const fields = {
      kafka_topic: "dlq",
      kafka_partition: "3",
      kafka_offset: "9223372036854775807",
      kafka_timestamp: "1795321272785",
    };
    expect(read({ event: TEXT, sourcetype: "s", time: "1.5", fields })).toMatchObject({
      topic: "dlq",
      partition: 3,
      offset: "9223372036854775807",
      timestampMs: 1_795_321_272_785,
    });
    expect(read({ event: TEXT, sourcetype: "s", time: "1.5" }).timestampMs).toBe(1500);
  });
});

it("a text is a bare value where a person says so", () => {
  expect(readKafkaRecord(TEXT, { form: "bare-value" })?.value).toEqual(utf8(TEXT));
  expect(readKafkaRecord(null, { form: "bare-value" })?.value).toBeNull();
});

it("pointers lead into a value, not to its neighbour", () => {
  expect(isWithin("/value/a", "/value")).toBe(true);
  expect(isWithin("/value", "/value")).toBe(true);
  expect(isWithin("/value2/a", "/value")).toBe(false);
  expect(isWithin("/a", "")).toBe(true);
});
