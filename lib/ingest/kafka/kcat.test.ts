import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { isObject } from "@/kernel/json/value.ts";
import { readKafkaRecord, recordForm } from "./forms.ts";
import { KCAT } from "./kcat.ts";
import type { KafkaRecord } from "./record.ts";

const LINE = {
  topic: "dlq",
  partition: 0,
  offset: 0,
  tstype: "create",
  ts: 1795321272785,
  broker: 1,
  headers: ["X-Chio-Receipt", "rcpt_1", "X-Chio-Verdict", "deny", "X-Chio-Verdict", "dup"],
  key: "key1",
  payload: '{"version":"chio-streaming/dlq/v1"}',
};

function read(more: JsonObject): KafkaRecord {
  const found = KCAT.read({ ...LINE, ...more }, {});
  if (!found.ok) {
    throw new Error(`${found.error.pointer} is not ${found.error.expected}`);
  }
  return found.value;
}

const headersOf = ({ headers }: KafkaRecord): (readonly [string, string | null])[] =>
  headers.map(([name, value]) => [name, value === null ? null : new TextDecoder().decode(value)]);

describe("kcat -J", () => {
  it("keeps headers in order, repeated ones too", () => {
    expect(recordForm(LINE)?.name).toBe("kcat-json");
    const record = read({});
    expect(headersOf(record)).toEqual([
      ["X-Chio-Receipt", "rcpt_1"],
      ["X-Chio-Verdict", "deny"],
      ["X-Chio-Verdict", "dup"],
    ]);
    expect(record).toMatchObject({
      topic: "dlq",
      partition: 0,
      offset: "0",
      timestampMs: 1795321272785,
      timestampType: "create",
      key: utf8("key1"),
      value: utf8(LINE.payload),
      fidelity: "text",
    });
  });

  it("reads the map that its help documents, names of prototypes included", () => {
    const headers: JsonObject = JSON.parse('{"X-Chio-Receipt":"r","__proto__":"p","n":null}');
    expect(headersOf(read({ headers }))).toEqual([
      ["X-Chio-Receipt", "r"],
      ["__proto__", "p"],
      ["n", null],
    ]);
    expect(read({ headers: null }).headers).toEqual([]);
  });

  it("keeps an offset that no double holds", () => {
    const parsed = parseJson(
      JSON.stringify(LINE).replace('"offset":0', '"offset":9223372036854775807'),
    );
    const row = parsed.ok ? parsed.value.value : null;
    expect(isObject(row) ? readKafkaRecord(row)?.offset : null).toBe("9223372036854775807");
  });

  it("knows a tombstone, a record without a time, and one without coordinates", () => {
    expect(read({ payload: null, key: null })).toMatchObject({ key: null, value: null });
    expect(read({ ts: -1, tstype: "unknown" })).toMatchObject({
      timestampMs: null,
      timestampType: null,
    });
    expect(read({ tstype: "logappend" }).timestampType).toBe("log-append");
    expect(read({ topic: "", partition: null, offset: null })).toMatchObject({
      topic: null,
      partition: null,
      offset: null,
    });
  });

  it("says what was lost on the way", () => {
    expect(read({ payload: "a\ufffdb" }).fidelity).toBe("lossy");
    expect(read({ key: "\ufffd" }).fidelity).toBe("lossy");
    const unpacked = read({ payload: { b: 1, a: [2] } });
    expect([unpacked.fidelity, unpacked.value]).toEqual(["lossy", utf8('{"a":[2],"b":1}')]);
  });

  it.each<[JsonObject, string]>([
    [{ topic: 7 }, "/topic"],
    [{ partition: -1 }, "/partition"],
    [{ partition: 2 ** 31 }, "/partition"],
    [{ partition: "0" }, "/partition"],
    [{ offset: 1.5 }, "/offset"],
    [{ offset: 2 ** 60 }, "/offset"],
    [{ offset: "07" }, "/offset"],
    [{ ts: "now" }, "/ts"],
    [{ ts: -2 }, "/ts"],
    [{ headers: ["odd"] }, "/headers"],
    [{ headers: ["n", 1] }, "/headers/1"],
    [{ headers: [null, "v"] }, "/headers/0"],
    [{ headers: { n: ["v"] } }, "/headers"],
    [{ headers: "n=v" }, "/headers"],
  ])("refuses %j", (more, pointer) => {
    const found = KCAT.read({ ...LINE, ...more }, {});
    expect(found.ok ? "" : found.error.pointer).toBe(pointer);
    expect(readKafkaRecord({ ...LINE, ...more })).toBeNull();
  });

  it.each<[JsonObject]>([
    [{ payload: "p" }],
    [{ tstype: "create", offset: 1 }],
    [{ payload: "p", offset: 1, topic: "t" }],
    [JSON.parse('{"__proto__":{"payload":"p","tstype":"create","offset":0}}')],
  ])("is not %j", (row) => {
    expect(recordForm(row)).toBeNull();
  });
});
