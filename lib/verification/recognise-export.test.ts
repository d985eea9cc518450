import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, type JsonValue } from "@/kernel/json/value.ts";
import { actionOf } from "@/kernel/receipt/sign.ts";
import { EXPORT_FORMS } from "@/lib/ingest/kafka/export-form.ts";
import { resolveInside } from "@/lib/ingest/kafka/forms.ts";
import { GOLDEN_TIME, type GoldenRecord } from "@/lib/ingest/kafka/testing/golden.ts";
import { jsonText, WRITTEN_FORMS } from "@/lib/ingest/kafka/testing/write-forms.ts";
import { isTextForm } from "@/lib/ingest/text/reading.ts";
import { receiptsWithin } from "./receipts-within.ts";
import { recognise } from "./recognise.ts";
import { seedOf } from "./testing/keys.ts";
import { FIRST_TIME, receiptBody, signReceipt } from "./testing/log.ts";
import { report } from "./testing/verify.ts";

const SEED = seedOf("kernel");
const DENY = { verdict: "deny", guard: "scope-guard", reason: "missing scope" };

function denial(id: string, more: JsonObject = {}): JsonObject {
  return signReceipt({ ...receiptBody(id, FIRST_TIME), decision: DENY, ...more }, SEED);
}

const letter = (receipt: JsonObject): JsonObject => ({
  version: "chio-streaming/dlq/v1",
  verdict: "deny",
  guard: "scope-guard",
  reason: "missing scope",
  receipt_id: "rcpt-1",
  request_id: "chio-kafka-orders-0-7",
  source: { topic: "orders", partition: 0, offset: 7 },
  receipt,
});

const record = (value: JsonObject): GoldenRecord => ({
  topic: "dlq",
  partition: 0,
  offset: "7",
  timestampMs: GOLDEN_TIME,
  timestampType: "create",
  key: utf8("key"),
  value: utf8(canonicalize(value)),
  headers: [],
});

/** Every form of JSON, each with its file of one record. */
const FILES: readonly (readonly [string, string, (value: JsonObject) => string])[] = [
  ...WRITTEN_FORMS.map(
    ({ form, path, row, file }) =>
      [form, path, (value: JsonObject) => file([jsonText(row(record(value)))])] as const,
  ),
  ["a bare value", "values.ndjson", (value) => `${canonicalize(value)}\n`],
  ["confluent-s3", "dlq+0+0000000007.json", (value) => `${canonicalize(value)}\n`],
  ["AKHQ's array of values", "dlq.json", (value) => `[${canonicalize(value)}]`],
  [
    "elastic-bulk",
    "bulk.ndjson",
    (value) => `{"index":{"_index":"chio","_id":"rcpt-1"}}\n${canonicalize(value)}\n`,
  ],
  [
    "hits of Elasticsearch",
    "hits.ndjson",
    (value) => `{"_index":"chio","_id":"1","_source":${canonicalize(value)}}\n`,
  ],
  [
    "an event object for Splunk",
    "hec.ndjson",
    (value) => `{"time":1.5,"sourcetype":"chio:receipt","event":${canonicalize(value)}}\n`,
  ],
  [
    "a search of Splunk",
    "search.ndjson",
    (value) => `{"preview":false,"result":{"_raw":${JSON.stringify(canonicalize(value))}}}\n`,
  ],
  [
    "an entry of Redis as an object",
    "stream.ndjson",
    (value) => `{"id":"1-0","message":{"payload":${JSON.stringify(canonicalize(value))}}}\n`,
  ],
  [
    "a stream of Redis in one line of a log",
    "stream.ndjson",
    (value) =>
      `{"note":"next line"}\n["dlq",[["1-0",["payload",${JSON.stringify(canonicalize(value))}]]]]\n`,
  ],
  [
    "a change without its schema",
    "cdc.ndjson",
    (value) => `{"before":null,"after":${canonicalize(value)},"op":"c","source":{}}\n`,
  ],
  [
    "an event to be put on a bus",
    "entries.ndjson",
    (value) => `{"DetailType":"d","Source":"s","Detail":${JSON.stringify(canonicalize(value))}}\n`,
  ],
  [
    "JSON of a REST Proxy",
    "records.json",
    (value) => `[{"topic":"t","key":null,"value":${canonicalize(value)},"partition":0,"offset":1}]`,
  ],
  [
    "messages without their octets",
    "messages.json",
    (value) =>
      `[{"partitionID":0,"offset":1,"timestamp":1,"value":{"payload":${canonicalize(value)},"encoding":"json","isPayloadNull":false}}]`,
  ],
];

it("every form of JSON is tried", () => {
  const names = new Set<string>(FILES.map(([name]) => name));
  const missing = EXPORT_FORMS.filter((form) => !names.has(form) && !isTextForm(form));
  expect(missing).toEqual([]);
});

describe.each(FILES)("in %s", (_, path, write) => {
  const receipt = denial("rcpt-1");
  const edited = { ...receipt, tool_name: "another" };

  it("a receipt is found, and its pointer leads back to it", () => {
    const text = write(letter(receipt));
    const rows = text.startsWith("[") || !path.endsWith("ndjson") ? [text] : text.split("\n");
    let seen = 0;
    for (const row of rows) {
      const parsed = parseJson(row);
      if (!parsed.ok) continue;
      const { value } = parsed.value;
      for (const each of unwrapped(value, path)) {
        for (const found of recognise(each, { path }).flatMap(receiptsWithin)) {
          expect(canonicalize(found.value)).toBe(canonicalize(receipt));
          expect(resolveInside(each, found.pointer, { path })).toEqual(found.value);
          expect(found.doubt).toBeUndefined();
          seen += 1;
        }
      }
    }
    expect(seen).toBe(1);
  });

  it.each([
    ["as a dead letter", letter(receipt), letter(edited)],
    ["alone", receipt, edited],
  ])("a signature fits %s, and an edit does not", async (_name, whole, changed) => {
    const fits = await report({ [path]: write(whole) });
    expect(fits.counts.by_status).toMatchObject({ "self-consistent": 1, "does-not-verify": 0 });
    expect(fits.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const doesNot = await report({ [path]: write(changed) });
    expect(doesNot.counts.by_status).toMatchObject({ "self-consistent": 0, "does-not-verify": 1 });
  });
});

/** The rows of a file that is one array, as files are read; a stream of Redis stays whole. */
function unwrapped(value: JsonValue, path: string): readonly JsonValue[] {
  return Array.isArray(value) && path !== "stream.ndjson" ? value : [value];
}

describe("a value that a tool wrote anew", () => {
  const big = denial("rcpt-1", { action: actionOf({ amount: 9_007_199_254_740_993n }) });
  /** What a tool that is built on doubles makes of it. */
  const rounded: JsonObject = JSON.parse(canonicalize(big));
  const forms = FILES.filter(([name]) =>
    /^(?:connect|confluent|eventbridge|hits|JSON of|messages)/.test(name),
  );

  it("keeps what is signed, where nothing was rounded", async () => {
    for (const [, path, write] of forms) {
      const found = await report({ [path]: write(letter(big)) });
      expect(found.counts.by_status).toMatchObject({ "self-consistent": 1 });
      expect(found.findings.map(({ code }) => code)).not.toContain("FMT-014");
    }
  });

  it("is not checked where a number may have been rounded", async () => {
    expect(canonicalize(rounded)).not.toBe(canonicalize(big));
    for (const [, path, write] of forms) {
      const found = await report({ [path]: write(letter(rounded)) });
      expect(found.counts.by_status).toMatchObject({ "not-checked": 1, "does-not-verify": 0 });
      const codes = found.findings.map(({ code }) => code);
      expect(codes).toContain("FMT-014");
      expect(codes.filter((code) => /^(?:SIG|HSH)/.test(code))).toEqual([]);
    }
  });

  it("does not verify where its text was kept", async () => {
    const [kept] = FILES.filter(([name]) => name === "kcat-json");
    const found = await report({ "dlq.ndjson": kept?.[2](letter(rounded)) ?? "" });
    expect(found.counts.by_status).toMatchObject({ "not-checked": 0, "does-not-verify": 1 });
  });

  it("does not verify where a number that nothing rounds was changed", async () => {
    const small = denial("rcpt-1", { action: actionOf({ amount: 7 }) });
    const changed = { ...small, action: { ...actionOf({ amount: 8 }) } };
    for (const [, path, write] of forms) {
      const found = await report({ [path]: write(letter(changed)) });
      expect(found.counts.by_status).toMatchObject({ "does-not-verify": 1 });
    }
  });
});

describe("a text in which octets may have been replaced", () => {
  const [, path, write] = FILES.find(([name]) => name === "kcat-json") ??
    FILES[0] ?? ["", "", String];
  const inReceipt = (reason: string) => denial("rcpt-1", { decision: { ...DENY, reason } });

  it("keeps the receipt where the replacement stands beside it", async () => {
    const text = write({ ...letter(denial("rcpt-1")), original_value: { utf8: "a\ufffdb" } });
    const found = await report({ [path]: text });
    expect(found.counts.by_status).toMatchObject({ "self-consistent": 1 });
    const changed = write({
      ...letter({ ...denial("rcpt-1"), tool_name: "another" }),
      original_value: { utf8: "a\ufffdb" },
    });
    expect((await report({ [path]: changed })).counts.by_status).toMatchObject({
      "does-not-verify": 1,
    });
  });

  it("says nothing against a receipt with a replacement, and something for one that fits", async () => {
    const fits = await report({ [path]: write(letter(inReceipt("no \ufffd"))) });
    expect(fits.counts.by_status).toMatchObject({ "self-consistent": 1 });
    const replaced = { ...inReceipt("no?"), decision: { ...DENY, reason: "no \ufffd" } };
    const found = await report({ [path]: write(letter(replaced)) });
    expect(found.counts.by_status).toMatchObject({ "not-checked": 1, "does-not-verify": 0 });
  });
});

it("business events in rows of exports are no noise", async () => {
  const event = { order: 7, lines: [{ sku: "a" }] };
  for (const { path, row, file } of WRITTEN_FORMS) {
    const found = await report({ [path]: file([jsonText(row(record(event)))]) });
    expect(found.findings.filter(({ code }) => code.startsWith("FMT"))).toEqual([]);
    expect(found.counts.receipts).toBe(0);
  }
});

it("a person's word on the form decides what a row is", () => {
  const row: JsonObject = { topic: "t", partition: 0, offset: 1, value: "eyJhIjoxfQ==", x: 1 };
  const said = (form?: (typeof EXPORT_FORMS)[number]) =>
    recognise(row, form === undefined ? {} : { form }).map((each) =>
      each.kind === "kafka-record" ? `${each.form.name} ${each.record.fidelity}` : each.kind,
    );
  expect(said()).toEqual(["rest-proxy exact"]);
  expect(said("rpk")).toEqual(["rpk text"]);
  expect(said("bare-value")).toEqual(["bare-value text"]);
  expect(said("redpanda-console")).toEqual([]);
  expect(isObject(row)).toBe(true);
});
