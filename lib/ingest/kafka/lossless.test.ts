import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { readKafkaRecord } from "./forms.ts";
import { LOSSLESS } from "./lossless.ts";
import type { KafkaRecord } from "./record.ts";
import { losslessLine } from "./write-lossless.ts";

const octets = fc.uint8Array({ maxLength: 40 });
const nullable = fc.option(octets, { nil: null });
const records: fc.Arbitrary<KafkaRecord> = fc.record({
  topic: fc.option(fc.string({ minLength: 1, unit: "binary" }), { nil: null }),
  partition: fc.option(fc.nat(2 ** 31 - 1), { nil: null }),
  offset: fc.option(fc.bigInt(0n, 2n ** 63n - 1n).map(String), { nil: null }),
  timestampMs: fc.option(fc.nat(), { nil: null }),
  timestampType: fc.constantFrom("create", "log-append", null),
  key: nullable,
  value: nullable,
  headers: fc.array(
    fc.tuple(fc.oneof(fc.string({ unit: "binary" }), fc.constant("__proto__")), nullable),
  ),
  form: fc.constant("chio-lossless"),
  fidelity: fc.constant("exact"),
});

function readLine(line: string): KafkaRecord | null {
  const parsed = parseJson(line);
  return parsed.ok && isObject(parsed.value.value) ? readKafkaRecord(parsed.value.value) : null;
}

describe("our own form", () => {
  it("gives back every octet of every record", () => {
    fc.assert(
      fc.property(records, (record) => {
        const line = losslessLine(record);
        expect(line).not.toContain("\n");
        expect(readLine(line)).toEqual(record);
      }),
    );
  });

  const row: JsonObject = { v: 1, topic: "t", partition: 0, offset: "0", ts: 1, value_b64: "eA==" };
  it.each<[JsonObject, string]>([
    [{ v: 2 }, "/v"],
    [{ v: "1" }, "/v"],
    [{ value_b64: "e A=" }, "/value_b64"],
    [{ value_b64: 7 }, "/value_b64"],
    [{ key_b64: "eB==" }, "/key_b64"],
    [{ headers: { n: "eA==" } }, "/headers"],
    [{ headers: [["n"]] }, "/headers/0"],
    [{ headers: [[1, "eA=="]] }, "/headers/0"],
    [{ headers: [["n", "eA==", "x"]] }, "/headers/0"],
    [
      {
        headers: [
          ["n", null],
          ["m", "?"],
        ],
      },
      "/headers/1/1",
    ],
    [{ offset: "9223372036854775808" }, "/offset"],
  ])("refuses %j", (more, pointer) => {
    const found = LOSSLESS.read({ ...row, ...more }, {});
    expect(found.ok ? "" : found.error.pointer).toBe(pointer);
  });

  it("reads what stands in it, with members left away", () => {
    expect(readKafkaRecord(row)).toMatchObject({ key: null, headers: [], timestampType: null });
  });
});

describe("base64", () => {
  it("agrees with the platform in both directions", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        expect(toBase64(bytes)).toBe(text);
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
  });

  it.each(["A", "AA", "AAA", "AA=A", "A===", "====", "AB==", "AAB=", "AA-_", "AAA\u00e9", "AA A"])(
    "takes no other spelling: %s",
    (text) => {
      expect(fromBase64(text)).toBeNull();
    },
  );
});
