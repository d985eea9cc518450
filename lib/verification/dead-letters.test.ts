import { describe, expect, it } from "vitest";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { EVIDENCE } from "@/lib/denials/model.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import type { Dataset } from "./dataset.ts";
import { AGREEMENTS } from "./dead-letter-checks.ts";
import { decisionEvents } from "./decision-events.ts";
import { keyOf, seedOf, trustKernel } from "./testing/keys.ts";
import { signedStep } from "./testing/steps.ts";
import { PLATFORM, read } from "./testing/verify.ts";

const PINNED = trustKernel(keyOf(seedOf("kernel")));
const BODY = utf8('{"order":17}');

/** The receipt of a refused consume, as the reference consumer has it judged. */
function refusal(changes: JsonObject = {}, id = "rcpt-1"): JsonObject {
  return signedStep({
    id,
    tool: "events:consume:payments",
    decision: "deny",
    parameters: {
      request_id: "chio-kafka-payments-2-88377",
      topic: "payments",
      partition: 2,
      offset: 88377,
      key: "order-17",
      headers: {},
      body_length: BODY.length,
      body_hash: toHex(sha256(BODY)),
      ...changes,
    },
  });
}

function envelope(receipt: JsonObject | null, changes: JsonObject = {}): JsonObject {
  return {
    version: "chio-streaming/dlq/v1",
    verdict: "deny",
    guard: "scope",
    reason: "no such grant",
    receipt_id: "rcpt-1",
    request_id: "chio-kafka-payments-2-88377",
    source: { topic: "payments", partition: 2, offset: 88377 },
    original_value: { utf8: '{"order":17}' },
    ...(receipt === null ? {} : { receipt }),
    ...changes,
  };
}

const HEADERS: Readonly<Record<string, string>> = {
  "X-Chio-Receipt": "rcpt-1",
  "X-Chio-Verdict": "deny",
  "X-Chio-Deny-Guard": "scope",
  "X-Chio-Deny-Reason": "no such grant",
};

function line(value: unknown, headers = HEADERS, offset = "7"): string {
  return `${losslessLine({
    topic: "chio-denied-events",
    partition: 0,
    offset,
    timestampMs: 1_776_305_354_500,
    timestampType: "create",
    key: utf8("order-17"),
    value: value === null ? null : utf8(JSON.stringify(value)),
    headers: Object.entries(headers).map(([name, text]) => [name, utf8(text)] as const),
  })}\n`;
}

async function concluded(files: Readonly<Record<string, string>>) {
  const dataset = await read(files);
  const conclusion = await dataset.conclude({ trust: PINNED, platform: PLATFORM, partial: false });
  return { dataset, conclusion, events: decisionEvents(dataset, conclusion) };
}

async function codes(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { conclusion } = await concluded(files);
  const { findings } = conclusion.verdict.report;
  return findings.filter(({ code }) => code.startsWith("DLQ")).map(({ code }) => code);
}

/** Each comparison of the only dead letter, by its number in the columns. */
function verdictsOf(dataset: Dataset): readonly (string | undefined)[] {
  return dataset.deadLetters.units.flatMap(({ columns }) =>
    Array.from(columns.verdicts, (agreement) => AGREEMENTS[agreement]),
  );
}

describe("a dead letter of the package with its receipt", () => {
  it("says nothing beyond the receipt where all of it agrees", async () => {
    const { dataset, conclusion, events } = await concluded({ dlq: line(envelope(refusal())) });
    expect(conclusion.verdict.report.headline).toBe("verified");
    expect(await codes({ dlq: line(envelope(refusal())) })).toEqual([]);
    expect(verdictsOf(dataset)).toEqual(["agree"]);
    expect(events).toMatchObject({ count: 1 });
    expect(EVIDENCE[events.evidence[0] ?? -1]).toBe("verified");
    expect(events.row[0]).toBe(0);
    expect(events.record[0]).toBe(0);
    const said = (field: keyof typeof events.fields) => events.texts[events.fields[field][0] ?? -1];
    expect([said("scope"), said("topic"), said("key"), said("guard")]).toEqual([
      "events:consume:payments",
      "payments",
      "order-17",
      "scope",
    ]);
  });

  it.each([
    ["DLQ-002", envelope(refusal(), { receipt_id: "other" }), HEADERS],
    ["DLQ-002", envelope(refusal()), { ...HEADERS, "X-Chio-Receipt": "other" }],
    ["DLQ-003", envelope(refusal()), { ...HEADERS, "X-Chio-Verdict": "allow" }],
    ["DLQ-003", envelope(refusal(), { verdict: "allow" }), { "X-Chio-Receipt": "rcpt-1" }],
    [
      "DLQ-004",
      envelope(refusal(), { source: { topic: "payments", partition: 2, offset: 1 } }),
      {},
    ],
    ["DLQ-004", envelope(refusal(), { request_id: "chio-kafka-payments-2-1" }), {}],
    ["DLQ-004", envelope(refusal()), { "X-Chio-Original-Topic": "orders" }],
    ["DLQ-005", envelope(refusal(), { guard: "velocity" }), {}],
    ["DLQ-005", envelope(refusal()), { ...HEADERS, "X-Chio-Deny-Reason": "another" }],
    ["DLQ-006", envelope(refusal(), { original_value: { utf8: '{"order":18}' } }), HEADERS],
    ["DLQ-006", envelope(refusal(), { original_value: { hex: "00" } }), HEADERS],
    ["DLQ-006", envelope(refusal({ body_length: 3 })), HEADERS],
  ])("tells %s where they do not agree", async (code, value, headers) => {
    expect(await codes({ dlq: line(value, headers) })).toEqual([code]);
  });

  it("compares no payload that the export left out", async () => {
    const cut = envelope(refusal(), {
      original_value: { hex: "00" },
      original_value_truncated: true,
    });
    expect(await codes({ dlq: line(cut) })).toEqual([]);
  });

  it("is no error: what it says is signed by nobody", async () => {
    const { conclusion } = await concluded({ dlq: line(envelope(refusal(), { guard: "other" })) });
    expect(conclusion.verdict.report.headline).toBe("verified");
  });
});

describe("a dead letter without a receipt", () => {
  const documented = (id: string) => ({
    original_topic: "payments",
    original_key: "order-17",
    original_value: '{"order":17}',
    chio_denial: {
      receipt_id: id,
      reason: "topic not granted",
      scope_requested: "events:consume:payments",
      identity: "research-agent-group",
      guards_evaluated: ["token", "scope"],
      timestamp: 1_776_305_354,
    },
  });
  const headers = { "X-Chio-Receipt": "rcpt-1", "X-Chio-Original-Topic": "payments" };

  it("is a claim: told, set aside, and dated by what it says", async () => {
    const { conclusion, events } = await concluded({ dlq: line(documented("rcpt-1"), headers) });
    expect(conclusion.deadLetters.claims).toBe(1);
    expect(EVIDENCE[events.evidence[0] ?? -1]).toBe("claim");
    expect(events.second[0]).toBe(1_776_305_354);
    expect(events.texts[events.fields.guard[0] ?? -1]).toBe("scope");
    expect(await codes({ dlq: line(documented("rcpt-1"), headers) })).toEqual(["DLQ-001"]);
  });

  it("is joined to its receipt by id, and its payload to what was judged", async () => {
    const log = `${JSON.stringify(refusal())}\n`;
    const { conclusion, events } = await concluded({
      log,
      dlq: line(documented("rcpt-1"), headers),
    });
    expect(conclusion.deadLetters.claims).toBe(0);
    expect(events.count).toBe(1);
    expect(EVIDENCE[events.evidence[0] ?? -1]).toBe("verified");
    expect(AGREEMENTS[conclusion.deadLetters.payload[0] ?? -1]).toBe("agree");
    const other = { ...documented("rcpt-1"), original_value: "{}" };
    const changed = await concluded({ log, dlq: line(other, headers) });
    expect(AGREEMENTS[changed.conclusion.deadLetters.payload[0] ?? -1]).toBe("differ");
    expect(await codes({ log, dlq: line(other, headers) })).toEqual(["DLQ-006"]);
  });

  it("is no denial where the receipt of its id says allow", async () => {
    const allowed = signedStep({ id: "rcpt-1", tool: "events:consume:payments" });
    const { conclusion, events } = await concluded({
      log: `${JSON.stringify(allowed)}\n`,
      dlq: line(documented("rcpt-1"), headers),
    });
    expect(Array.from(events.isDenied)).toEqual([0]);
    expect(AGREEMENTS[conclusion.deadLetters.verdicts[0] ?? -1]).toBe("differ");
  });

  it("counts once, however many exports hold it, and twice at other offsets", async () => {
    const same = line(documented("rcpt-1"), headers, "7");
    const { conclusion, events } = await concluded({ a: same, b: same });
    expect(conclusion.deadLetters.claims).toBe(1);
    expect(events.count).toBe(1);
    const other = line(documented("rcpt-1"), headers, "8");
    expect((await concluded({ a: same, b: other })).events.count).toBe(2);
  });

  it("stands aside for the copy that holds the receipt", async () => {
    const { events } = await concluded({
      a: line(envelope(null)),
      b: line(envelope(refusal())),
    });
    expect(events.count).toBe(1);
    expect(EVIDENCE[events.evidence[0] ?? -1]).toBe("verified");
  });

  it("with a reason of megabytes, markup and markers stays one row of text", async () => {
    const reason = `<script>${"a".repeat(2_000_000)}</script>`;
    const value = { ...documented("__proto__"), chio_denial: { reason, receipt_id: "__proto__" } };
    const { conclusion, events } = await concluded({ dlq: line(value, {}) });
    expect(events.count).toBe(1);
    expect(conclusion.deadLetters.claims).toBe(1);
    expect(events.texts[events.fields.reason[0] ?? -1]?.length).toBeLessThan(400);
  });
});

describe("a denial of which another file holds a forged copy that says allow", () => {
  const denial = refusal();
  const { signature: _, ...unsigned } = signedStep({
    id: "rcpt-1",
    tool: "events:consume:payments",
  });
  const stranger = signedStep({
    id: "rcpt-1",
    tool: "events:consume:payments",
    kernel: seedOf("a stranger"),
  });

  it.each([
    ["edited", { ...unsigned, signature: denial["signature"] ?? null }],
    ["signed by a stranger", stranger],
  ])("counts still, with a copy that is %s", async (_name, forged) => {
    for (const files of [
      { log: `${JSON.stringify(denial)}\n`, other: `${JSON.stringify(forged)}\n` },
      { a: `${JSON.stringify(forged)}\n`, dlq: line(envelope(denial)) },
    ]) {
      const { conclusion, events } = await concluded(files);
      expect(events.count).toBe(1);
      expect(Array.from(events.isDenied)).toEqual([1]);
      expect(EVIDENCE[events.evidence[0] ?? -1]).toBe("verified");
      expect(conclusion.verdict.report.headline).toBe("does-not-verify");
    }
  });

  it("counts no forged denial of a receipt that says allow", async () => {
    const allowed = signedStep({ id: "rcpt-1", tool: "events:consume:payments" });
    const forged = { ...denial, signature: allowed["signature"] ?? null };
    const { events } = await concluded({
      log: `${JSON.stringify(allowed)}\n`,
      other: `${JSON.stringify(forged)}\n`,
    });
    // The worst copy stands for the receipt, and what does not verify counts in no rule.
    expect(EVIDENCE[events.evidence[0] ?? -1]).toBe("does-not-verify");
  });
});

describe("what Kafka Connect could not process", () => {
  const failure = {
    "__connect.errors.topic": "orders",
    "__connect.errors.exception.class.name": "org.apache.kafka.connect.errors.DataException",
    "__connect.errors.exception.message": "no schema",
  };

  it("is a processing failure and no denial", async () => {
    const { conclusion, events } = await concluded({ dlq: line({ any: "event" }, failure) });
    expect(events.count).toBe(0);
    expect(conclusion.deadLetters.claims).toBe(0);
    expect(await codes({ dlq: line({ any: "event" }, failure) })).toEqual(["DLQ-007"]);
  });

  it("does not hide the signed receipt of a denial inside it", async () => {
    const { events } = await concluded({ dlq: line(envelope(refusal()), failure) });
    expect(Array.from(events.isDenied)).toEqual([1]);
  });
});
