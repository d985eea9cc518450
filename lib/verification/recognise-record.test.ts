import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { toBase64 } from "@/lib/ingest/kafka/base64.ts";
import { resolveInside } from "@/lib/ingest/kafka/forms.ts";
import { receiptsWithin } from "./receipts-within.ts";
import { recognise } from "./recognise.ts";
import { log } from "./testing/log.ts";

const built = log({ receipts: 2, batch: 2 });
const [receipt = {}, other = {}] = built.receipts;
const [checkpoint = {}] = built.checkpoints;

const deadLetter = (inner: JsonValue): JsonObject => ({
  version: "chio-streaming/dlq/v1",
  verdict: "deny",
  receipt: inner,
  original_value: { utf8: JSON.stringify(other) },
});
const kcat = (payload: JsonValue, more: JsonObject = {}): JsonObject => ({
  topic: "dlq",
  partition: 0,
  offset: 0,
  tstype: "create",
  ts: 1795321272785,
  broker: 1,
  key: null,
  payload,
  ...more,
});
const lossless = (value: Uint8Array, more: JsonObject = {}): JsonObject => ({
  v: 1,
  topic: "dlq",
  partition: 0,
  offset: "0",
  value_b64: toBase64(value),
  ...more,
});
const found = (row: JsonValue): string[] =>
  recognise(row).map(({ kind, pointer }) => `${kind} ${pointer}`.trim());
const told = (row: JsonValue): string[] =>
  recognise(row).flatMap((each) =>
    each.kind === "unreadable-receipt" ? [`${each.problem?.kind} ${each.problem?.pointer}`] : [],
  );
const receiptsOf = (row: JsonValue) => recognise(row).flatMap(receiptsWithin);

describe("an exported record gives itself and what its value holds", () => {
  const text = JSON.stringify(deadLetter(receipt));
  it.each<[string, JsonObject, string[]]>([
    ["a dead letter", kcat(text), ["kafka-record", "receipt /payload/receipt"]],
    [
      "a dead letter in octets",
      lossless(utf8(text)),
      ["kafka-record", "receipt /value_b64/receipt"],
    ],
    [
      "headers as a map",
      kcat(text, { headers: { "X-Chio-Receipt": "r" } }),
      ["kafka-record", "receipt /payload/receipt"],
    ],
    ["an unpacked value", kcat(deadLetter(receipt)), ["kafka-record", "receipt /payload/receipt"]],
    ["a bare receipt", kcat(JSON.stringify(receipt)), ["kafka-record", "receipt /payload"]],
    [
      "receipts in a list",
      kcat(JSON.stringify([receipt, 7, other])),
      ["kafka-record", "receipt /payload/0", "receipt /payload/2"],
    ],
    ["a checkpoint", kcat(JSON.stringify(checkpoint)), ["kafka-record", "checkpoint /payload"]],
    ["a tombstone", kcat(null), ["kafka-record"]],
    ["a value of its own", kcat('{"order":7}'), ["kafka-record"]],
    ["a text", kcat("hello"), ["kafka-record"]],
    [
      "an envelope without its receipt",
      kcat(JSON.stringify(deadLetter({}))),
      ["kafka-record", "unreadable-receipt /payload/receipt"],
    ],
    ["octets that are no text", lossless(new Uint8Array([0, 0xff, 1])), ["kafka-record"]],
  ])("%s", (_, row, expected) => {
    expect(found(row)).toEqual(expected);
  });

  it("from the exact text: long integers stay, and the pointer leads back", () => {
    const parameters = '"parameters":{"amount":18446744073709551615}';
    const inner = canonicalize(receipt).replace(/"parameters":\{[^}]*\}/, parameters);
    const row = kcat(`{"version":"chio-streaming/v1","receipt":${inner}}`);
    const [taken] = receiptsOf(row);
    expect(taken === undefined ? "" : canonicalize(taken.value)).toContain(parameters);
    expect(resolveInside(row, taken?.pointer ?? "")).toEqual(taken?.value);
  });
});

describe("a text inside a record that may not be read", () => {
  const inner = JSON.stringify(receipt);
  const twice = inner.replace('"id":', '"id":"first","id":');
  it.each<[string, JsonObject, string[]]>([
    ["a member twice", kcat(`{"receipt":${twice}}`), ["duplicate-key /payload/receipt/id"]],
    ["in octets", lossless(utf8(twice)), ["duplicate-key /value_b64/id"]],
    [
      "half a surrogate pair",
      kcat(inner.replace('"id":"', '"id":"\\ud800')),
      ["lone-surrogate /payload/id"],
    ],
    ["a cut receipt", kcat(inner.slice(0, -20)), ["cut /payload"]],
    ["not UTF-8", lossless(new Uint8Array([...utf8(inner), 0xff])), ["not-utf-8 /value_b64"]],
    ["no receipt", kcat('{"order":1,"order":2}'), []],
  ])("%s", (_, row, expected) => {
    expect(told(row).map((each) => each.replace(/(cut \/payload).*/, "$1"))).toEqual(expected);
    expect(found(row)[0]).toBe("kafka-record");
  });
});

describe("nobody signs a record:", () => {
  it("what carries no signature says nothing in its value", () => {
    const unsigned: readonly JsonObject[] = [
      { capability_id: "c", revoked_at: 1 },
      { schema: "chio-explorer.trust.v1", keys: [{ role: "kernel", key: "k" }] },
      { tree_size: 1, leaf_index: 0, audit_path: [] },
      { seq: 5, receipt: { store: "a shop's own receipt" } },
    ];
    for (const value of unsigned) {
      expect(found(kcat(JSON.stringify(value)))).toEqual(["kafka-record"]);
      expect(found(kcat(value))).toEqual(["kafka-record"]);
    }
  });

  it("a signed record dressed up as an export is still read", () => {
    const dress = kcat("hello");
    expect(found({ ...receipt, ...dress })).toEqual(["kafka-record", "receipt"]);
    expect(found({ seq: 1, receipt, ...dress })).toEqual(["kafka-record", "receipt /receipt"]);
    expect(found({ seq: 1, receipt: {}, ...dress })).toEqual([
      "kafka-record",
      "unreadable-receipt /receipt",
    ]);
    expect(found(kcat("hello", { payload2: { receipt } }))).toEqual([
      "kafka-record",
      "receipt /payload2/receipt",
    ]);
  });

  it("a record that cannot be read as one still gives up its receipts", () => {
    const damaged = kcat(JSON.stringify(deadLetter(receipt)), { offset: -1 });
    expect(found(damaged)).toEqual(["refused /offset", "receipt /payload/receipt"]);
    expect(found(kcat("hello", { offset: -1 }))).toEqual(["refused /offset"]);
  });
});

describe("what was judged is no evidence", () => {
  it("in a bare envelope, whose receipt is found", () => {
    expect(found(deadLetter(receipt))).toEqual(["kafka-record", "receipt /receipt"]);
    expect(found({ ...deadLetter(receipt), original_value: { receipt: other } })).toEqual([
      "kafka-record",
      "receipt /receipt",
    ]);
    expect(found(deadLetter(null))).toEqual(["kafka-record", "unreadable-receipt /receipt"]);
  });

  it("nor is a record inside a record", () => {
    const inner = JSON.stringify(kcat(JSON.stringify(receipt)));
    expect(found(kcat(inner))).toEqual(["kafka-record"]);
  });
});

it("integers beyond 64 bits are told by their place, where something is taken", () => {
  const inner = canonicalize(receipt).replace(
    /"parameters":\{/,
    '"parameters":{"n":99999999999999999999,',
  );
  const beyond = (row: JsonObject) =>
    recognise(row).flatMap((each) => (each.kind === "kafka-record" ? each.beyondU64 : []));
  expect(beyond(kcat(inner))).toEqual(["/payload/action/parameters/n"]);
  expect(beyond(kcat('{"n":99999999999999999999}'))).toEqual([]);
});

it("names of prototypes are names", () => {
  const row = parseJson(`{"__proto__":${JSON.stringify(kcat(JSON.stringify(receipt)))}}`);
  expect(row.ok && found(row.value.value)).toEqual([]);
  const inside = kcat(`{"__proto__":${JSON.stringify(receipt)}}`);
  expect(found(inside)).toEqual(["kafka-record", "receipt /payload/__proto__"]);
  expect(member(inside, "payload")).toBeTypeOf("string");
});
