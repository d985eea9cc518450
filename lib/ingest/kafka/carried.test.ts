import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { type RecordFacts, readCarried } from "./carried.ts";
import { readKafkaRecord, resolveInside } from "./forms.ts";
import type { KafkaHeader, KafkaRecord } from "./record.ts";
import { losslessLine } from "./write-lossless.ts";

function record(value: JsonValue, headers: readonly KafkaHeader[] = []): KafkaRecord {
  return {
    topic: "orders",
    partition: 3,
    offset: "9223372036854775807",
    timestampMs: null,
    timestampType: null,
    key: null,
    value: value === null ? null : utf8(typeof value === "string" ? value : JSON.stringify(value)),
    headers,
    form: "chio-lossless",
    fidelity: "exact",
  };
}

const readFacts = (exported: KafkaRecord): RecordFacts => readCarried(exported).facts;

const header = (name: string, value: string): KafkaHeader => [name, utf8(value)];

describe("headers", () => {
  it("name receipts and parents, each once, in any case, in their order", () => {
    const { carries, parents } = readFacts(
      record(null, [
        header("X-Chio-Receipt", "b"),
        header("x-chio-receipt", "a"),
        header("X-CHIO-RECEIPT", "b"),
        header("X-Chio-Receipt-Id", "no"),
        header("X-Chio-Parent-Receipt", "p"),
        header("__proto__", "no"),
        ["X-Chio-Receipt", null],
        ["X-Chio-Receipt", new Uint8Array([0xff])],
        header("X-Chio-Receipt", ""),
        header("X-Chio-Receipt", "__proto__"),
        header("X-Chio-Receipt", "x\u0000y"),
      ]),
    );
    expect(carries).toEqual(["b", "a", "__proto__", "x y"]);
    expect(parents).toEqual(["p"]);
  });

  it("are bounded", () => {
    const many = Array.from({ length: 20_000 }, (_, at) => header("X-Chio-Receipt", `r${at}`));
    expect(readFacts(record(null, many)).carries).toHaveLength(32);
  });
});

it("coordinates need all three", () => {
  const whole = record(null);
  expect(readFacts(whole).coordinates).toBe("orders\u00003\u00009223372036854775807");
  for (const missing of [{ topic: null }, { partition: null }, { offset: null }]) {
    expect(readFacts({ ...whole, ...missing }).coordinates).toBeNull();
  }
  expect(readFacts({ ...whole, topic: "a\u0000b" }).coordinates).toBeNull();
  expect(readFacts({ ...whole, topic: null }).topic).toBe("");
});

describe("the value", () => {
  it.each<[JsonValue, JsonValue]>([
    [
      { version: "chio-streaming/v1", request_id: "q", receipt: { id: "r" } },
      { kind: "receipt", receiptId: "r", requestId: "q" },
    ],
    [
      { version: "chio-streaming/dlq/v1", receipt_id: "said", receipt: { id: "r" } },
      { kind: "dead-letter", receiptId: "r", requestId: "" },
    ],
    [
      { version: "chio-streaming/dlq/v1", receipt_id: "said" },
      { kind: "dead-letter", receiptId: "said", requestId: "" },
    ],
    [
      { version: "chio-streaming/v1", receipt: [], receipt_id: 7, state: "rolled_back" },
      { kind: "receipt", receiptId: "", requestId: "" },
    ],
    [{ version: "chio-streaming/v2", receipt: { id: "r" } }, null],
    [{ version: ["chio-streaming/v1"] }, null],
    ["[1]", null],
    ["{", null],
    ["text", null],
    [null, null],
  ])("%j as an envelope", (value, expected) => {
    expect(readFacts(record(value)).envelope).toEqual(expected);
  });

  it.each<[JsonValue, string | null]>([
    [{ state: "rolled_back", receipt_id: "r", attempt: 1 }, "r"],
    [{ state: "rolled_back", receipt_id: "r" }, null],
    [{ state: "rolled_back", receipt_id: "r", attempt: "often" }, null],
    [{ state: "rolled_back", receiptId: "r", attempt: 2 }, "r"],
    [{ state: "rolled_back", attempt: 1 }, null],
    [{ state: "rolled_back", receipt_id: { a: 1 }, attempt: 1 }, null],
    [{ state: "confirmed", receipt_id: "r", attempt: 1 }, null],
    [{ version: "chio-streaming/v1", state: "rolled_back", receipt_id: "r", attempt: 1 }, null],
    ['{"state":"rolled_back","state":"rolled_back","receipt_id":"r","attempt":1}', null],
  ])("%j as an attempt", (value, expected) => {
    expect(readFacts(record(value)).attempt?.receiptId ?? null).toBe(expected);
  });

  it.each<[JsonValue, boolean]>([
    [{ version: "chio-streaming/dlq/v1" }, true],
    [{ original_topic: "orders", chio_denial: { receipt_id: "r" } }, true],
    [{ version: "chio-streaming/v1", chio_denial: {} }, false],
    [{ chio_denial: "no" }, false],
    [null, false],
  ])("%j as a dead letter", (value, expected) => {
    expect(readFacts(record(value)).isDeadLetter).toBe(expected);
  });

  it("that is no text says nothing", () => {
    const bytes = { ...record(null), value: new Uint8Array([0x7b, 0xff, 0x7d]) };
    expect(readFacts(bytes)).toMatchObject({ envelope: null, attempt: null });
  });
});

describe("a pointer through a text", () => {
  const payload = '{"receipt":{"id":"r","a/b":[5]}}';
  const kcat = { tstype: "create", offset: 0, payload, key: '{"a":1}' };
  const own: JsonValue = JSON.parse(losslessLine(record(payload)));

  it("goes through the value alone, and once", () => {
    expect(readKafkaRecord(kcat)).not.toBeNull();
    expect(resolveInside(kcat, "/payload/receipt/id")).toBe("r");
    expect(resolveInside(kcat, "/payload/receipt/a~1b/0")).toBe(5);
    expect(resolveInside(own, "/value_b64/receipt/id")).toBe("r");
    expect(resolveInside(kcat, "/payload")).toEqual(JSON.parse(payload));
    expect(resolveInside(kcat, "/key/a")).toBeUndefined();
    expect(resolveInside(kcat, "/offset")).toBe(0);
    expect(resolveInside({ ...kcat, payload: JSON.stringify(payload) }, "/payload/receipt")).toBe(
      undefined,
    );
  });

  it("is an ordinary one elsewhere", () => {
    expect(resolveInside({ payload }, "/payload")).toBe(payload);
    expect(resolveInside({ payload }, "/payload/receipt")).toBeUndefined();
    expect(resolveInside({ ...kcat, payload: { receipt: 1 } }, "/payload/receipt")).toBe(1);
    expect(resolveInside({ ...kcat, payload: "{" }, "/payload/receipt")).toBeUndefined();
    expect(resolveInside([kcat], "/0/offset")).toBe(0);
    expect(resolveInside(null, "/payload")).toBeUndefined();
  });
});
