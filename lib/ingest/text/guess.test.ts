import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { detectContent } from "../layout.ts";
import { bytesSource } from "../sources.ts";
import { expandAll } from "../testing/expand-all.ts";
import { guessReading } from "./guess.ts";
import type { Reading } from "./reading.ts";

const JSON_VALUE = '{"version":"chio-streaming/dlq/v1","verdict":"deny"}';
const NAMES = "X-Chio-Receipt=rcpt_1,X-Chio-Verdict=deny";

function columnsOf(lines: readonly string[]): Reading["columns"] | undefined {
  return guessReading(`${lines.join("\n")}\n`)?.columns;
}

describe("columns of kcat -f are picked by what stands in them", () => {
  it.each([
    ["%t %p %o %s", ["dlq", 0, 17, JSON_VALUE], ["topic", "partition", "offset", "value"]],
    ["%p %o %k %s", [0, 17, "key", JSON_VALUE], ["partition", "offset", "key", "value"]],
    ["%o %T %s", [17, 1795321272785, JSON_VALUE], ["offset", "timestamp", "value"]],
    [
      "%T %t %k %p %o %h %s",
      [1795321272785, "dlq", "k", 0, 17, NAMES, JSON_VALUE],
      ["timestamp", "topic", "key", "partition", "offset", "headers", "value"],
    ],
    ["%o %p %s", ["9000000000000000000", 0, JSON_VALUE], ["offset", "partition", "value"]],
    ["%k %s %p %o", ["key", JSON_VALUE, 0, 17], ["key", "value", "partition", "offset"]],
  ])("%s", (_, cells, expected) => {
    const lines = Array.from({ length: 10 }, (__, at) =>
      cells.map((cell) => (cell === "key" ? `key ${at}` : cell === 17 ? 17 + at : cell)).join("\t"),
    );
    expect(columnsOf(lines)).toEqual(expected);
  });

  it("take a cell before the value as its key, and more of them as something unknown", () => {
    expect(columnsOf([`k1\t${JSON_VALUE}`, `k2\t${JSON_VALUE}`])).toEqual(["key", "value"]);
    const two = `2026-11-22\tINFO\t${JSON_VALUE}`;
    expect(columnsOf([two, two])).toEqual(["other", "other", "value"]);
  });
});

describe("columns of the console consumer", () => {
  it.each([
    [`CreateTime:1\t${JSON_VALUE}`, ["value"]],
    [`LogAppendTime:1\tkey\t${JSON_VALUE}`, ["key", "value"]],
    [`NO_TIMESTAMP\tPartition:0\tNO_HEADERS\t${JSON_VALUE}`, ["headers", "value"]],
    [
      `Partition:0\tOffset:3\tDelivery:1\tEpoch:0\ta:1\tk\t${JSON_VALUE}`,
      ["headers", "key", "value"],
    ],
  ])("of %s", (line, expected) => {
    const found = guessReading(`${line}\n${line}\n`);
    expect([found?.form, found?.columns]).toEqual(["console-consumer", expected]);
  });

  it("know the names of headers that come again and again", () => {
    const line = `CreateTime:1\tX-Chio-Verdict:deny,source:web,trace:1\tk\t{}`;
    expect(guessReading(`${line}\n${line}\n`)?.headerNames).toEqual(["source", "trace"]);
  });
});

describe("the Confluent CLI", () => {
  it.each([
    [`${JSON_VALUE}\n% Headers: [a="b"]\n`],
    [`k\t${JSON_VALUE}\n% Headers: [a="b"]\n`],
    [`k\tTimestamp:1 ${JSON_VALUE}\n% Headers: []\n`],
    [`Partition:0 Offset:5\t{\n"a":1,\n"b":2,\n"c":3\n}\n% Headers: []\n`],
  ])("is known by its headers or its places in %j", async (text) => {
    const content = await detectContent(bytesSource(utf8(text.repeat(5))), { path: "x" });
    expect([content.layout, content.reading?.form]).toEqual(["grouped", "confluent-cli"]);
  });
});

describe("a log of JSON stays a log of JSON", () => {
  const records = fc.array(
    fc.record({ id: fc.string(), note: fc.string(), tab: fc.constant("\t") }),
    { minLength: 3, maxLength: 12 },
  );
  const foreign = fc.constantFrom(
    "CreateTime:1\tPartition:0\tx",
    '% Headers: [a="b"]',
    "timestamp,partitionID,offset,key,value",
    "Value,Offset,Key,Partition",
    "dlq\t0\t1\t{}",
    "YQ==,YQ==,1,1",
    "k\tTimestamp:1 Partition:0 Offset:0\t{}",
    "\ufeff",
  );

  it("whatever line somebody puts into it, at its beginning too", async () => {
    await fc.assert(
      fc.asyncProperty(records, foreign, fc.nat(12), async (all, line, at) => {
        const lines = all.map((record) => JSON.stringify(record));
        lines.splice(at, 0, line);
        const source = bytesSource(utf8(`${lines.join("\n")}\n`));
        const content = await detectContent(source, { path: "dlq-0-17.ndjson" });
        expect(content).toEqual({ layout: "lines" });
      }),
    );
  });

  it("and no guess throws on any text", () => {
    const piece = fc.constantFrom(
      "\t",
      ",",
      '"',
      "{",
      "}",
      "\n",
      "% Headers: [",
      "0",
      "=",
      ":",
      "a",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        guessReading(pieces.join(""));
      }),
    );
  });
});

it.each([
  [[0x28, 0xb5, 0x2f, 0xfd], /zstd -d/],
  [[0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00], /snappy/],
  [[0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59], /snappy/],
  [[0x04, 0x22, 0x4d, 0x18], /lz4/],
  [[0xff, 0xfe, 0x7b, 0x00], /UTF-16/],
])("says what to do with what is not unpacked here: %j", async (head, hint) => {
  const { findings } = await expandAll({ "dlq.bin": Uint8Array.from([...head, 1, 2, 3]) });
  expect(findings.map(({ code }) => code)).toEqual(["FMT-011"]);
  expect(findings[0]?.actual).toMatch(hint);
});
