import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { readExported } from "../kafka/testing/read-exported.ts";
import { LIMITS } from "../record.ts";
import { jsonCells, quotedCells } from "./csv-cells.ts";
import { readGoHeaders } from "./go-headers.ts";
import { splitHeaders } from "./headers.ts";

const NONE: ReadonlySet<string> = new Set();
const MB = 1024 * 1024;

/** A file of one form with `row` as its middle record. */
function among(row: string, before = "dlq\t0\t1\t1795321272785\tk\t\t{}\n"): string {
  return `${before.repeat(20)}${row}\n${before.repeat(20)}`;
}

describe("hostile headers", () => {
  it("of a megabyte change nothing but their own cell", async () => {
    const long = `X-Chio-Deny-Reason=${"<b>a,".repeat(MB / 5)}`;
    const { records, refused } = await readExported(
      utf8(among(`dlq\t0\t7\t1795321272785\tk\t${long}\t{"a":1}`)),
    );
    expect(refused).toEqual([]);
    expect(records).toHaveLength(41);
    const { headers, offset, value } = records[20] ?? {};
    expect([headers?.length, offset, value?.length]).toEqual([1, "7", 7]);
  });

  it("of a hundred thousand names keep their order, and their names are only texts", () => {
    const cell = Array.from({ length: 100_000 }, (_, at) => `X-Chio-${at}:v`).join(",");
    const split = splitHeaders(`__proto__:x,${cell}`, ":", "null", NONE);
    expect(split?.headers.length).toBe(100_001);
    expect(split?.headers[0]).toEqual(["__proto__", "x"]);
    expect(split?.headers[100_000]).toEqual(["X-Chio-99999", "v"]);
  });

  it("end only where a known name follows, and say where they may end", () => {
    const cell = "X-Chio-Deny-Reason:no, a:b,source:web,other:thing,X-Chio-Verdict:deny";
    expect(splitHeaders(cell, ":", "null", new Set(["source"]))).toEqual({
      headers: [
        ["X-Chio-Deny-Reason", "no, a:b"],
        ["source", "web,other:thing"],
        ["X-Chio-Verdict", "deny"],
      ],
      isAmbiguous: true,
    });
    expect(splitHeaders("a:1,X-Chio-Receipt:null", ":", "null", NONE)).toEqual({
      headers: [
        ["a", "1"],
        ["X-Chio-Receipt", null],
      ],
      isAmbiguous: false,
    });
    expect(splitHeaders("no name", ":", "null", NONE)).toBeNull();
  });

  it.each([
    [",".repeat(4 * MB)],
    [`a:${",a".repeat(2 * MB)}`],
    [`a:${"a,".repeat(2 * MB)}`],
    [`${"a".repeat(4 * MB)}:`],
  ])("take one pass through %#", (cell) => {
    expect(splitHeaders(cell, ":", "null", NONE)?.headers.length ?? 0).toBeLessThan(2);
  });

  it("in Go's spelling are read to their end or not at all", () => {
    expect(readGoHeaders('[a="x\\"y" b=nil c=<empty> d="1 e=2" __proto__="\\u00e9\\x41"]')).toEqual(
      {
        headers: [
          ["a", 'x"y'],
          ["b", null],
          ["c", ""],
          ["d", "1 e=2"],
          ["__proto__", "éA"],
        ],
        isCut: false,
      },
    );
    expect(readGoHeaders('[a="begin"(12 more bytes) b="x"]')?.isCut).toBe(true);
    expect(readGoHeaders('[a="\\xff"]')?.isCut).toBe(true);
    for (const text of ['[a="x', '[a="x"b="y"]', "[a=1]", '[a="\\q"]', '[a="\\u12"]', "[a]", "a"]) {
      expect(readGoHeaders(text)).toBeNull();
    }
    expect(readGoHeaders(`[${'a="x" '.repeat(300_000)}b="y"]`)?.headers.length).toBe(300_001);
    expect(readGoHeaders(`[a="${"\\".repeat(4 * MB + 1)}"]`) === null).toBe(true);
  });
});

describe("hostile cells", () => {
  it("named like a prototype are cells", async () => {
    const text = `Value,Offset,Key,__proto__\n"{""a"":1}",1,__proto__,__proto__\n`;
    const { records } = await readExported(utf8(text));
    expect(new TextDecoder().decode(records[0]?.key ?? new Uint8Array())).toBe("__proto__");
    expect(Object.getPrototypeOf(records[0])).toBe(Object.prototype);
  });

  it.each([
    ['"'.repeat(4 * MB)],
    [`${'""'.repeat(MB)}x`],
    ['{"'.repeat(MB)],
    ["[".repeat(4 * MB)],
    [`${"[,".repeat(MB)}`],
    [",".repeat(4 * MB)],
  ])("are found in one pass, or not at all, in %#", (text) => {
    for (const cells of [quotedCells(text), jsonCells(text)]) {
      expect(cells?.length ?? 0).toBeLessThanOrEqual(64);
    }
  });

  it("cannot make a file be read again and again by opening quotes", async () => {
    const heading = "Value,Offset,Key,Partition\n";
    const rows = `"{""a"":1}",1,k,0\n`.repeat(3);
    const text = `${heading}${rows}${'"x","\n'.repeat(400_000)}`;
    const { records, refused } = await readExported(utf8(text));
    expect(records).toHaveLength(3);
    expect(refused.length).toBeGreaterThan(300_000);
  });

  it("that open a quote do not swallow the rows behind them", async () => {
    const heading = "Value,Offset,Key,Partition\n";
    const row = `"{""a"":1}",1,k,0\n`;
    const { records, refused } = await readExported(
      utf8(`${heading}${row.repeat(3)}"open\n${row.repeat(4)}`),
    );
    expect([records.length, refused]).toEqual([7, ['"open']]);
  });

  it("may go over lines, and their rows say where they begin", async () => {
    const heading = "Value,Offset,Key,Partition\r\n";
    const text = `${heading}"{\r\n""a"": 1\r\n}",1,k,0\r\n"{""b"":2}",2,k,0\r\n`;
    const { records, places } = await readExported(utf8(text));
    expect(records.map(({ offset }) => offset)).toEqual(["1", "2"]);
    expect(places.map(({ line }) => line)).toEqual([2, 5]);
  });
});

it("refuses a line above the limit and reads its neighbours", async () => {
  const row = `dlq\t0\t7\t1795321272785\tk\t\t{"a":"${"x".repeat(20 * MB)}"}`;
  const { records, places, refused } = await readExported(utf8(among(row)));
  expect(records).toHaveLength(40);
  expect(refused).toEqual([null]);
  expect(Math.max(...places.map(({ length }) => length))).toBeLessThan(LIMITS.recordBytes);
});

it("keeps a record of the Confluent CLI together over lines, within the limit", async () => {
  const place = (at: number): string => `k\tTimestamp:179532127278${at} Partition:0 Offset:${at}\t`;
  const text = `${place(1)}{\n"a": 1\n}\n% Headers: [a="b"]\n${place(2)}{}\n% Headers: [a="c"]\n${`${"noise".repeat(200_000)}\n`.repeat(17)}`;
  const { records, refused } = await readExported(utf8(text), "x.txt", "confluent-cli");
  expect([records.length, refused.length]).toEqual([2, 1]);
  expect(records.map(({ offset, headers }) => [offset, headers.length])).toEqual([
    ["1", 1],
    ["2", 1],
  ]);
});
