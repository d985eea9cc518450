import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planUnits } from "./plan.ts";
import { type ReadOptions, readUnit } from "./read-unit.ts";
import type { ByteSource, Layout, Member, RawRecord } from "./record.ts";
import { bytesSource } from "./sources.ts";

const encoder = new TextEncoder();

function memberOf(source: ByteSource, layout: Layout, bounds: Float64Array | null = null): Member {
  const place = { id: 0, input: 0, path: "log", collection: "", name: "log", table: null };
  return { ...place, source, layout, bounds, sha256: "" };
}

interface Reading {
  readonly records: RawRecord[];
  readonly lines: number;
}

/** All units in order, with lines numbered through the member. */
async function readAll(
  source: ByteSource,
  layout: Layout,
  unitBytes: number,
  options: ReadOptions = {},
  bounds: Float64Array | null = null,
): Promise<Reading> {
  const records: RawRecord[] = [];
  let lines = 0;
  for (const unit of planUnits([memberOf(source, layout, bounds)], 0, unitBytes)) {
    const batches = readUnit(source, unit, bounds, options);
    let step = await batches.next();
    while (step.done !== true) {
      expect(step.value.length).toBeLessThanOrEqual(512);
      for (const record of step.value) records.push({ ...record, line: record.line + lines });
      step = await batches.next();
    }
    lines += step.value.lines;
  }
  return { records, lines };
}

/** The rule, byte by byte, on the whole file at once. */
function slowLines(bytes: Uint8Array): Reading {
  const records: RawRecord[] = [];
  let lines = 0;
  let start = 0;
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  while (start < bytes.length) {
    let feed = start;
    while (feed < bytes.length && bytes[feed] !== 10) feed += 1;
    lines += 1;
    const offset = start === 0 && marked ? 3 : start;
    const ended = feed < bytes.length;
    const end = ended && feed > offset && bytes[feed - 1] === 13 ? feed - 1 : feed;
    const content = bytes.slice(offset, end);
    const blank = content.every((byte) => byte === 32 || byte === 9 || byte === 13);
    const place = { line: lines, offset, length: content.length };
    if (!blank) {
      try {
        const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
        records.push({ text: decoder.decode(content), problem: null, ...place });
      } catch {
        const excerpt = new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
        const problem = { code: "FMT-005", excerpt, lossyText: excerpt } as const;
        records.push({ text: null, problem, ...place });
      }
    }
    start = feed + 1;
  }
  return { records, lines };
}

const piece = fc.oneof(
  fc.constantFrom("\n", "\n\n", "\r\n", "\r", " ", "\t", "a", '{"a":1}', "é", "😀", "\ufeff", "\0"),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const file = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: piece.map((text) => encoder.encode(text)) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) },
      ),
      { maxLength: 40 },
    ),
  )
  .map(([mark, pieces]) => {
    const head = mark ? [0xef, 0xbb, 0xbf] : [];
    return Uint8Array.from([...head, ...pieces.flatMap((bytes) => [...bytes])]);
  });

describe("lines", () => {
  it("gives the same records for every size of unit and of block", async () => {
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 50 }),
        async (bytes, unitBytes, blockBytes) => {
          const reading = await readAll(bytesSource(bytes), "lines", unitBytes, { blockBytes });
          expect(reading).toEqual(slowLines(bytes));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("cuts one log at each of its octets", async () => {
    const bytes = encoder.encode('\ufeff{"a":"é"}\r\n\r\n{"b":"😀"}\n  \n{"c":3}');
    for (let unitBytes = 1; unitBytes <= bytes.length; unitBytes += 1) {
      expect(await readAll(bytesSource(bytes), "lines", unitBytes)).toEqual(slowLines(bytes));
    }
  });

  it("does not read a line above the limit, and reads on behind it", async () => {
    const bytes = encoder.encode(`{"a":1}\n${"x".repeat(5000)}\n{"b":2}\n`);
    let largest = 0;
    const source: ByteSource = {
      ...bytesSource(bytes),
      read: async (start, end) => {
        largest = Math.max(largest, end - start);
        return bytes.subarray(start, end);
      },
    };
    for (const unitBytes of [64, 300, 10_000]) {
      const limits = { recordBytes: 1000, blockBytes: 128 };
      const { records, lines } = await readAll(source, "lines", unitBytes, limits);
      expect(lines).toBe(3);
      expect(records.map((record) => record.text)).toEqual(['{"a":1}', null, '{"b":2}']);
      expect(records[1]).toMatchObject({ line: 2, offset: 8, length: 5000 });
      expect(records[1]?.problem?.code).toBe("LIM-001");
      expect(records[1]?.problem?.excerpt.length).toBeLessThanOrEqual(200);
    }
    expect(largest).toBeLessThanOrEqual(128);
  });

  it("stops when the signal is aborted", async () => {
    const stop = new AbortController();
    stop.abort(new Error("stopped"));
    const source = bytesSource(encoder.encode("{}\n"));
    await expect(readAll(source, "lines", 100, { signal: stop.signal })).rejects.toThrow("stopped");
  });

  it("reads faster than 100 MB in a second, on a busy machine", async () => {
    const line = `{"id":"rcpt-0000","body":"${"a".repeat(800)}"}\n`;
    const bytes = encoder.encode(line.repeat(60_000));
    await readAll(bytesSource(bytes.subarray(0, 8_000_000)), "lines", 4 * 1024 * 1024);
    const source = bytesSource(bytes);
    const start = performance.now();
    let count = 0;
    for (const unit of planUnits([memberOf(source, "lines")], 0)) {
      for await (const batch of readUnit(source, unit, null)) count += batch.length;
    }
    const seconds = (performance.now() - start) / 1000;
    expect(count).toBe(60_000);
    expect(bytes.length / 1e6 / seconds).toBeGreaterThan(100);
  });
});

describe("values", () => {
  const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => !Array.isArray(value));

  it("finds the values of a concatenation in any layout", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(json, fc.constantFrom(0, 1, 2)), { maxLength: 8 }),
        fc.integer({ min: 1, max: 30 }),
        async (parts, blockBytes) => {
          const text = parts
            .map(([value, indent]) => JSON.stringify(value, null, indent))
            .join("\n");
          const source = bytesSource(encoder.encode(text));
          const { records } = await readAll(source, "values", 1, { blockBytes });
          const values = records.map((record) => JSON.parse(record.text ?? "null"));
          expect(values).toEqual(parts.map(([value]) => JSON.parse(JSON.stringify(value))));
        },
      ),
    );
  });

  it("takes the elements of an array as values, with their places", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 8 }),
        fc.constantFrom(0, 2),
        fc.integer({ min: 1, max: 30 }),
        async (array, indent, blockBytes) => {
          const bytes = encoder.encode(`\ufeff${JSON.stringify(array, null, indent)}`);
          const { records } = await readAll(bytesSource(bytes), "values", 1, { blockBytes });
          expect(records.map((record) => JSON.parse(record.text ?? "null"))).toEqual(
            JSON.parse(JSON.stringify(array)),
          );
          for (const { text, offset, length, line } of records) {
            expect(new TextDecoder().decode(bytes.slice(offset, offset + length))).toBe(text);
            const before = new TextDecoder().decode(bytes.slice(0, offset));
            expect(line).toBe(before.split("\n").length);
          }
        },
      ),
    );
  });

  it("says that an array was not closed, and keeps its elements", async () => {
    const source = bytesSource(encoder.encode('[{"a":1},\n{"b":2}\n'));
    const { records } = await readAll(source, "values", 1);
    expect(records.map((record) => record.text)).toEqual(['{"a":1}', '{"b":2}', null]);
    expect(records[2]?.problem?.code).toBe("FMT-003");
  });

  it("does not let an open quote swallow the values behind it", async () => {
    const source = bytesSource(encoder.encode('{\n "a": "open\n}\n{\n "b": 2\n}\n'));
    const { records } = await readAll(source, "values", 1);
    expect(records.map((record) => record.text)).toContain('{\n "b": 2\n}');
  });

  it("survives depth, junk and length", async () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const bytes = encoder.encode(`{"deep":${deep}}\nnoise } here\n{"a":1}`);
    const { records } = await readAll(bytesSource(bytes), "values", 1, { recordBytes: 1000 });
    expect(records[0]?.problem?.code).toBe("LIM-001");
    expect(records.slice(1).map((record) => record.text)).toEqual(["noise } here", '{"a":1}']);
  });

  it("reads any bytes at all without a throw and without losing order", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 20 }), async (bytes, blockBytes) => {
        const { records } = await readAll(bytesSource(bytes), "values", 1, { blockBytes });
        let end = 0;
        for (const record of records) {
          expect(record.offset).toBeGreaterThanOrEqual(end);
          end = record.offset + record.length;
        }
        expect(end).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe("rows", () => {
  it("gives each row once for every size of unit", async () => {
    const rows = Array.from(
      { length: 700 },
      (_, row) => `{"seq":${row},"é":"${"x".repeat(row % 7)}"}`,
    );
    const bytes = encoder.encode(rows.join(""));
    const ends = new Float64Array(rows.length);
    for (const [row, text] of rows.entries()) {
      ends[row] = (ends[row - 1] ?? 0) + encoder.encode(text).length;
    }
    for (const unitBytes of [1, 50, 333, 1_000_000]) {
      const reading = await readAll(bytesSource(bytes), "rows", unitBytes, {}, ends);
      expect(reading.records.map((record) => record.text)).toEqual(rows);
      expect(reading.lines).toBe(700);
    }
  });
});
