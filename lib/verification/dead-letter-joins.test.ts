import { describe, expect, it } from "vitest";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { EVIDENCE } from "@/lib/denials/model.ts";
import type { KafkaRecord } from "@/lib/ingest/kafka/record.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import { AGREEMENTS } from "./dead-letter-checks.ts";
import { decisionEvents } from "./decision-events.ts";
import { keyOf, seedOf, trustKernel } from "./testing/keys.ts";
import { signedStep } from "./testing/steps.ts";
import { PLATFORM, type RunOptions, read } from "./testing/verify.ts";

const PINNED = trustKernel(keyOf(seedOf("kernel")));
const BODY = '{"order":17}';
const REQUEST = "chio-kafka-payments-2-7";

const PARAMETERS: JsonObject = {
  request_id: REQUEST,
  topic: "payments",
  partition: 2,
  offset: 7,
  key: null,
  headers: {},
  body_length: BODY.length,
  body_hash: toHex(sha256(utf8(BODY))),
};

function refusal(id: string, parameters: JsonObject = {}, kernel = "kernel"): JsonObject {
  return signedStep({
    id,
    tool: "events:consume:payments",
    decision: "deny",
    parameters: { ...PARAMETERS, ...parameters },
    kernel: seedOf(kernel),
  });
}

function envelope(receipt: JsonObject, changes: JsonObject = {}): JsonObject {
  return {
    version: "chio-streaming/dlq/v1",
    verdict: "deny",
    guard: "scope",
    reason: "no such grant",
    receipt_id: String(receipt["id"]),
    request_id: REQUEST,
    source: { topic: "payments", partition: 2, offset: 7 },
    original_value: { utf8: BODY },
    receipt,
    ...changes,
  };
}

function without(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
}

type Changes = Partial<Omit<KafkaRecord, "value" | "headers">> & {
  readonly headers?: Readonly<Record<string, string>>;
};

function line(value: JsonObject | null, { headers = {}, ...changes }: Changes = {}): string {
  return `${losslessLine({
    topic: "dlq",
    partition: 0,
    offset: "7",
    timestampMs: 1_776_305_354_500,
    timestampType: "create",
    key: utf8("order-17"),
    value: value === null ? null : utf8(JSON.stringify(value)),
    headers: Object.entries(headers).map(([name, text]) => [name, utf8(text)] as const),
    ...changes,
  })}\n`;
}

function log(...receipts: readonly JsonObject[]): string {
  return receipts.map((receipt) => `${JSON.stringify(receipt)}\n`).join("");
}

async function concluded(files: Readonly<Record<string, string>>, options: RunOptions = {}) {
  const dataset = await read(files, options);
  const conclusion = await dataset.conclude({ trust: PINNED, platform: PLATFORM, partial: false });
  const events = decisionEvents(dataset, conclusion);
  const { findings } = conclusion.verdict.report;
  return {
    dataset,
    related: conclusion.deadLetters,
    events,
    evidence: Array.from(events.evidence, (each) => EVIDENCE[each]),
    codes: findings.filter(({ code }) => code.startsWith("DLQ")).map(({ code }) => code),
    findings,
  };
}

describe("a dead letter whose receipt is loaded more than once under its id", () => {
  const signed = refusal("one");
  const edited = { ...signed, decision: { verdict: "allow" } };
  const claim = line(without(envelope(signed), "receipt"));
  const files = { "a.ndjson": log(edited), "b.ndjson": log(signed), "dlq.ndjson": claim };

  it.each([
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
  ])("is held against the one that holds, read in the order %i %i %i", async (...order) => {
    const { related, evidence, codes } = await concluded(files, { order: () => order });
    // The edited copy is told; that it says allow takes no denial away, and is no difference of the record.
    expect(evidence).toEqual(["verified"]);
    expect(AGREEMENTS[related.verdicts[0] ?? -1]).toBe("agree");
    expect(codes).toEqual([]);
    expect(related.claims).toBe(0);
  });

  it("names the row that counts, which is the one that a list of denials shows", async () => {
    const dlq = line(envelope(signed));
    for (const copies of [
      { "a.ndjson": log(signed), dlq },
      { ...files, dlq },
    ]) {
      const { dataset, related, events } = await concluded(copies);
      expect(events.count).toBe(1);
      expect(dataset.rows.numberOf(related.row[0] ?? -1)).toBe(events.row[0]);
      expect(events.record[0]).not.toBe(-1);
    }
  });

  it("is no claim where another export of the same record holds the receipt", async () => {
    const { related, events } = await concluded({ a: claim, b: line(envelope(signed)) });
    expect(Array.from(related.isClaim)).toEqual([0, 0]);
    expect(new Set(related.row).size).toBe(1);
    expect(events.count).toBe(1);
  });
});

describe("a denial that a client made up", () => {
  const synthetic: JsonObject = {
    ...without(refusal("chio-streaming-synth-0123456789"), "policy_hash"),
    kernel_key: "",
    signature: "",
    policy_hash: "",
  };
  const value = envelope(synthetic);

  it("counts once, however many exports hold it", async () => {
    const files = { a: line(value), b: line(value), c: `${JSON.stringify(value)}\n` };
    const { events, evidence, related } = await concluded(files);
    expect(evidence).toEqual(["claim"]);
    expect(events.row[0]).toBe(0);
    expect(related.claims).toBe(0);
  });

  it("counts once beside the record that names it and lost it", async () => {
    const named = line(without(value, "receipt"), { topic: null });
    const { evidence, related } = await concluded({ a: named, b: line(value) });
    expect(evidence).toEqual(["claim"]);
    expect(related.claims).toBe(0);
  });

  it("counts for each content: nobody signs its id", async () => {
    const other = envelope({ ...synthetic, policy_hash: "other" });
    const { evidence } = await concluded({ a: line(value), b: line(other, { offset: "8" }) });
    expect(evidence).toEqual(["claim", "claim"]);
  });

  it("that refuses nothing hides no claim", async () => {
    const nothing = { ...synthetic, decision: {} };
    const claim = line(without(value, "receipt"));
    const { evidence, related } = await concluded({ a: log(nothing), b: claim });
    expect(evidence).toEqual(["claim"]);
    expect(related.claims).toBe(1);
  });
});

describe("records whose topic is not told", () => {
  const failure = { headers: { "__connect.errors.topic": "orders" }, topic: null };

  it("are as many failures as there are offsets, whatever they hold", async () => {
    const dlq = ["1", "2", "3"].map((offset) => line({ beat: 1 }, { ...failure, offset })).join("");
    expect((await concluded({ dlq })).codes).toEqual(["DLQ-007", "DLQ-007", "DLQ-007"]);
    expect((await concluded({ a: dlq, b: dlq })).codes).toHaveLength(3);
  });
});

describe("what the package writes, and other tools keep, differs in nothing", () => {
  const empty = { body_length: 0, body_hash: null };
  const synth = refusal("chio-streaming-synth-0123456789");
  const HEADERS = {
    "X-Chio-Receipt": "one",
    "X-Chio-Verdict": "deny",
    "X-Chio-Deny-Guard": "scope",
  };

  it.each<readonly [string, JsonObject, Changes]>([
    ["a whole record", envelope(refusal("one")), { headers: HEADERS }],
    ["an empty body", envelope(refusal("one", empty), { original_value: { utf8: "" } }), {}],
    ["a tombstone", without(envelope(refusal("one", empty)), "original_value"), {}],
    ["a mirrored topic", envelope(refusal("one")), { topic: "eu.dlq", offset: "9000" }],
    ["the largest offset", envelope(refusal("one")), { offset: "9223372036854775807" }],
    ["a body that is left out", without(envelope(refusal("one")), "original_value"), {}],
    [
      "a body that is cut",
      envelope(refusal("one"), { original_value_truncated: true, original_value: { utf8: "{" } }),
      {},
    ],
    ["an unsigned denial", envelope({ ...synth, kernel_key: "", signature: "" }), {}],
    ["no verdict", envelope(refusal("one"), { verdict: "none" }), { headers: HEADERS }],
    [
      "no verdict in the header either",
      envelope(refusal("one"), { verdict: "none" }),
      { headers: { "X-Chio-Verdict": "none" } },
    ],
    [
      "another broker's request",
      envelope(refusal("one", { request_id: "chio-nats-js-ORDERS-12" }), {
        request_id: "chio-nats-js-ORDERS-12",
        source: { topic: "payments", partition: null, offset: null },
      }),
      { headers: { ...HEADERS, "X-Chio-Request-Id": "chio-nats-js-ORDERS-12" } },
    ],
    [
      "a hash of another kind",
      envelope(refusal("one", { body_hash: `sha256:${"0".repeat(64)}` })),
      {},
    ],
  ])("%s", async (_, value, changes) => {
    const { codes, events } = await concluded({ dlq: line(value, changes) });
    expect(codes).toEqual([]);
    expect(events.count).toBe(1);
  });

  it("a tool that the scope map renamed: topic, partition and offset are those of the parameters", async () => {
    const renamed = signedStep({
      id: "one",
      tool: "payments:read",
      decision: "deny",
      parameters: { ...PARAMETERS, key: "order-17" },
    });
    const { codes, events } = await concluded({ dlq: line(envelope(renamed)) });
    const said = (field: keyof typeof events.fields) => events.texts[events.fields[field][0] ?? -1];
    expect(codes).toEqual([]);
    expect([said("topic"), said("key"), said("tool")]).toEqual([
      "payments",
      "order-17",
      "payments:read",
    ]);
  });
});

describe("a claim says what its receipt would say", () => {
  it("of the key: none where the package wrote the request's id in its place", async () => {
    const claim = without(envelope(refusal("one")), "receipt");
    const { events } = await concluded({ dlq: line(claim, { key: utf8(REQUEST) }) });
    expect(events.texts[events.fields.key[0] ?? -1]).toBe("");
  });
});

describe("what findings repeat of a record", () => {
  it("is cut between signs", async () => {
    const reason = `${"a".repeat(299)}😀 and so on`;
    const { findings } = await concluded({
      dlq: line(envelope(refusal("one"), { reason, receipt_id: `${"b".repeat(299)}😀` })),
    });
    const told = JSON.stringify(findings);
    expect(told).toContain("aaa…");
    expect(told).not.toMatch(/\\ud83d/);
  });
});
