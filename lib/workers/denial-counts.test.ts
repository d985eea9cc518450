import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { actionOf, signHttp, signPreV1 } from "@/kernel/receipt/sign.ts";
import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import { Database } from "@/lib/database/database.ts";
import { deadLetterBatch } from "@/lib/database/dead-letter-batch.ts";
import type { Connection } from "@/lib/database/engine.ts";
import { receiptBatch } from "@/lib/database/receipt-batch.ts";
import type { UnitStreams } from "@/lib/database/streams.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import { type DecisionEvents, EVIDENCE } from "@/lib/denials/model.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import { decisionEvents } from "@/lib/verification/decision-events.ts";
import { keyOf, seedOf, trustKernel } from "@/lib/verification/testing/keys.ts";
import { FIRST_TIME, HASH, signedChild } from "@/lib/verification/testing/log.ts";
import { PLATFORM, read } from "@/lib/verification/testing/verify.ts";
import { conclusionStreams } from "./conclusion-streams.ts";

const PINNED = trustKernel(keyOf(seedOf("kernel")));
const BODY = '{"order":17}';

/** A refused consume, as the reference consumer has it judged. */
function refusal(id: string, changes: JsonObject = {}, kernel = "kernel"): JsonObject {
  return signPreV1(
    {
      id,
      timestamp: FIRST_TIME,
      capability_id: "cap-1",
      tool_server: "kafka",
      tool_name: "events:consume:payments",
      action: actionOf({
        request_id: "chio-kafka-payments-2-7",
        topic: "payments",
        partition: 2,
        offset: 7,
        key: "order-17",
        headers: {},
        body_length: BODY.length,
        body_hash: toHex(sha256(utf8(BODY))),
      }),
      decision: { verdict: "deny", reason: "no grant for order 17", guard: "scope" },
      content_hash: HASH,
      policy_hash: "policy",
      ...changes,
    },
    seedOf(kernel),
  );
}

const UNSIGNED = { kernel_key: "", signature: "", policy_hash: "" };
const FIRST = refusal("one");
const UNTIMED = { ...refusal("untimed") };
delete UNTIMED["timestamp"];

const RECEIPTS: readonly JsonObject[] = [
  FIRST,
  refusal("two", {
    timestamp: FIRST_TIME + 1,
    metadata: { chio_explorer: { agent: "a\u0000😀\u0000" } },
  }),
  // The scope map gave the tool another name: the topic stands in the parameters alone.
  refusal("renamed", {
    tool_name: "payments:read",
    metadata: { chio_explorer: { consumer_group: "g" } },
  }),
  refusal("stranger's", {}, "stranger"),
  refusal("allowed", { decision: { verdict: "allow" } }),
  refusal("cancelled", { decision: { verdict: "cancelled", reason: "gone" } }),
  refusal("late", { timestamp: 9_007_199_254_740_991 }),
  refusal("first", { timestamp: 0 }),
  UNTIMED,
  // One id, three contents: signed, edited, and signed by another.
  { ...FIRST, policy_hash: "another" },
  refusal("one", { decision: { verdict: "allow" } }, "stranger"),
  { ...refusal("chio-streaming-synth-0123456789"), ...UNSIGNED },
  { ...refusal("chio-streaming-synth-none", { decision: {} }), ...UNSIGNED },
  signedChild("child", FIRST_TIME, seedOf("kernel")),
  signHttp(
    {
      id: "http",
      request_id: "r",
      route_pattern: "/pay",
      method: "POST",
      caller_identity_hash: HASH,
      verdict: { verdict: "deny", reason: "no", guard: "http", http_status: 403 },
      evidence: [],
      response_status: 403,
      timestamp: FIRST_TIME,
      content_hash: HASH,
      policy_hash: "policy",
    },
    seedOf("kernel"),
  ),
];

type Carrier = "log" | "package" | "without" | "documentation" | "failure" | "tombstone" | "value";
const CARRIERS: readonly Carrier[] = [
  "log",
  "package",
  "without",
  "documentation",
  "failure",
  "tombstone",
  "value",
];

interface Item {
  readonly receipt: number;
  readonly carrier: Carrier;
  readonly offset: number;
  readonly isPlaced: boolean;
}

function envelope(receipt: JsonObject, isInside: boolean): JsonObject {
  return {
    version: "chio-streaming/dlq/v1",
    verdict: "deny",
    guard: "scope",
    reason: "no grant for order 17",
    receipt_id: String(receipt["id"]),
    request_id: "chio-kafka-payments-2-7",
    source: { topic: "payments", partition: 2, offset: 7 },
    original_value: { utf8: BODY },
    ...(isInside ? { receipt } : {}),
  };
}

function documented(receipt: JsonObject): JsonObject {
  return {
    original_topic: "payments",
    original_key: "order-17",
    original_value: BODY,
    chio_denial: {
      receipt_id: String(receipt["id"]),
      reason: "no grant for order 17",
      scope_requested: "events:consume:payments",
      identity: "agent-1",
      guards_evaluated: ["scope"],
      timestamp: FIRST_TIME + 2,
    },
  };
}

function lineOf({ receipt, carrier, offset, isPlaced }: Item): string {
  const of = RECEIPTS[receipt] ?? FIRST;
  const record = (value: JsonObject | null, headers: Readonly<Record<string, string>> = {}) =>
    losslessLine({
      topic: isPlaced ? "dlq" : null,
      partition: isPlaced ? 0 : null,
      offset: isPlaced ? String(offset) : null,
      timestampMs: (FIRST_TIME + 3) * 1000,
      timestampType: "create",
      key: utf8("order-17"),
      value: value === null ? null : utf8(JSON.stringify(value)),
      headers: Object.entries(headers).map(([name, text]) => [name, utf8(text)] as const),
    });
  switch (carrier) {
    case "log":
      return JSON.stringify(of);
    case "package":
      return record(envelope(of, true));
    case "without":
      return record(envelope(of, false));
    case "documentation":
      return record(documented(of));
    case "failure":
      return record(envelope(of, offset % 2 === 0), { "__connect.errors.topic": "orders" });
    case "tombstone":
      return record(null);
    case "value":
      return JSON.stringify(envelope(of, true));
  }
}

const item: fc.Arbitrary<Item> = fc.record({
  receipt: fc.nat(RECEIPTS.length - 1),
  carrier: fc.constantFrom(...CARRIERS),
  offset: fc.nat(3),
  isPlaced: fc.boolean(),
});
const files = fc.array(fc.array(item, { maxLength: 8 }), { minLength: 1, maxLength: 4 });

const FIELDS = [
  "agent",
  "service",
  "tool",
  "scope",
  "topic",
  "guard",
  "reason",
  "capability",
  "policy",
  "key",
  "group",
] as const;

/** One line for each denial: what it is, and what it is analysed by. */
function eventLines(events: DecisionEvents): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < events.count; at += 1) {
    if (events.isDenied[at] !== 1) {
      continue;
    }
    const row = events.row[at] ?? -1;
    const fields = FIELDS.map((field) => events.texts[events.fields[field][at] ?? 0] ?? "");
    lines.push(
      JSON.stringify([
        row === -1 ? null : row,
        // Of a receipt the database names no dead letter.
        row === -1 ? events.record[at] : null,
        EVIDENCE[events.evidence[at] ?? -1],
        Number.isNaN(events.second[at]) ? null : events.second[at],
        ...fields,
      ]),
    );
  }
  return lines.sort();
}

const DENIALS = `
  select row, record, evidence, timestamp, agent, service, tool_name, scope, topic, guard,
    reason_pattern, capability_id, policy_hash, message_key, consumer_group
  from denials`;

async function rowsOf(connection: Connection, sql: string): Promise<readonly unknown[][]> {
  const rows: unknown[][] = [];
  for await (const batch of await connection.send(sql)) {
    for (let at = 0; at < batch.numRows; at += 1) {
      rows.push(
        batch.schema.fields.map((_, column) => {
          const cell: unknown = batch.getChildAt(column)?.get(at);
          return typeof cell === "bigint" ? Number(cell) : (cell ?? null);
        }),
      );
    }
  }
  return rows;
}

interface Loaded {
  readonly events: DecisionEvents;
  readonly claims: number;
  readonly findings: readonly string[];
}

describe("denials in the database and in columns", () => {
  let database: Database;
  let connection: Connection;
  beforeAll(async () => {
    const engine = await nodeEngine();
    database = await Database.lay(engine);
    connection = await engine.connect();
  });

  async function load(
    of: readonly (readonly Item[])[],
    trust: TrustBundle | null,
    order: readonly number[],
  ): Promise<Loaded> {
    const units: UnitStreams[] = [];
    const texts = of.map(
      (items, at) => [`${at}.ndjson`, items.map((each) => `${lineOf(each)}\n`).join("")] as const,
    );
    const dataset = await read(Object.fromEntries(texts), {
      unitBytes: 4096,
      order: (count) =>
        Array.from({ length: count }, (_, index) => index).sort(
          (a, b) => (order[a % order.length] ?? 0) - (order[b % order.length] ?? 0) || a - b,
        ),
      onUnit: ({ result, texts: written, letters }, { rowBase }, path) => {
        const rows = result.receipts.count + letters.length;
        if (rows > 0) {
          const receipts = receiptBatch(path, result, written);
          units.push({
            rowBase,
            rows,
            receipts,
            deadLetters: deadLetterBatch(path, rowBase, letters),
          });
        }
      },
    });
    const conclusion = await dataset.conclude({ trust, platform: PLATFORM, partial: false });
    await database.writer.clear();
    for (const unit of units) {
      await database.writer.insert(unit);
    }
    await database.writer.flush();
    const inserted = units.map(({ rowBase }) => rowBase);
    await database.writer.replaceConclusion(conclusionStreams(dataset, conclusion, inserted));
    return {
      events: decisionEvents(dataset, conclusion),
      claims: conclusion.deadLetters.claims,
      findings: conclusion.verdict.report.findings.map((finding) => JSON.stringify(finding)),
    };
  }

  const letters = () =>
    rowsOf(
      connection,
      "select record, receipt_row, is_claim, copy_of, verdicts, payload from dead_letters order by record",
    );

  it("and allowed decisions are analysed by the same keys", async () => {
    const of = [[{ receipt: 4, carrier: "log", offset: 0, isPlaced: false } as const]];
    const { events } = await load(of, null, [0]);
    expect(await rowsOf(connection, "select message_key from receipts")).toEqual([["order-17"]]);
    expect(events.texts[events.fields.key[0] ?? -1]).toBe("order-17");
  });

  it("are the same ones, with the same fields, whatever is loaded in whatever order", async () => {
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.array(fc.nat(9), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (of, order, isPinned) => {
          const trust = isPinned ? PINNED : null;
          const loaded = await load(of, trust, order);
          const rows = await rowsOf(connection, DENIALS);
          expect(eventLines(loaded.events)).toEqual(rows.map((row) => JSON.stringify(row)).sort());
          const claims = rows.filter(([row]) => row === null);
          expect(loaded.claims).toBe(claims.length);
          // Every claim in the events is one of the dead letters that say so.
          const asked = await rowsOf(
            connection,
            "select count(*) from dead_letters where is_claim and copy_of is null",
          );
          expect(asked).toEqual([[claims.length]]);
          const before = await letters();
          const again = await load(of, trust, [0]);
          expect(again.events).toEqual(loaded.events);
          expect(again.findings).toEqual(loaded.findings);
          expect(await letters()).toEqual(before);
        },
      ),
      { numRuns: 15, seed: 6 },
    );
  }, 60_000);
});
