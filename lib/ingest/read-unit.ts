import { LineGroups } from "./group-lines.ts";
import { problemRecord, recordOf } from "./raw-records.ts";
import { type ByteSource, LIMITS, type RawRecord, type Unit } from "./record.ts";
import { firstAbove } from "./sources.ts";
import { byteOrderMarkLength, LINE_FEED, splitLines } from "./split-lines.ts";
import { QuotedScanner } from "./split-quoted.ts";
import { type ValueExtent, ValueScanner } from "./split-values.ts";
import type { Reading } from "./text/reading.ts";

const BATCH_RECORDS = 512;
const FIRST_SCAN_BYTES = 4 * 1024;
const EXCERPT_BYTES = 1024;

/** `lines` that begin inside the unit, blank ones included; for rows, how many there are. */
export interface UnitExtent {
  readonly lines: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly recordBytes?: number | undefined;
  /** Octets asked of the source at once. */
  readonly blockBytes?: number | undefined;
}

interface Reader {
  readonly source: ByteSource;
  readonly signal: AbortSignal | undefined;
  readonly recordBytes: number;
  readonly blockBytes: number;
}

type Records = AsyncGenerator<readonly RawRecord[], UnitExtent>;

/**
 * Reads the records of one unit in batches of up to 512; returns how many lines it saw. Ranges of `lines` own
 * the lines that begin in them, so the units of a member give every record exactly once.
 *
 * @param bounds end of each row in octets, where the layout is `rows`
 * @throws the signal's reason when it is aborted; whatever the source throws
 */
export async function* readUnit(
  source: ByteSource,
  unit: Unit,
  bounds: Float64Array | null,
  options: ReadOptions = {},
): Records {
  const reader: Reader = {
    source,
    signal: options.signal,
    recordBytes: options.recordBytes ?? LIMITS.recordBytes,
    blockBytes: options.blockBytes ?? LIMITS.unitBytes,
  };
  const { reading } = unit;
  return yield* reading === undefined
    ? readLayout(reader, unit, bounds)
    : withOpenEnd(source.size, readText(reader, unit, reading));
}

function readLayout(reader: Reader, unit: Unit, bounds: Float64Array | null): Records {
  const end = Math.min(unit.end, reader.source.size);
  switch (unit.layout) {
    case "lines":
      return readLines(reader, unit.start, end);
    case "values":
      return readValues(reader, unit.start, end);
    case "quoted":
      return readQuoted(reader, unit.start, end);
    case "rows":
      return readRows(reader, unit, bounds ?? new Float64Array());
    case "grouped":
    case "empty":
    case "text":
    case "binary":
      return readLines(reader, 0, 0);
  }
}

function readText(reader: Reader, unit: Unit, reading: Reading): Records {
  return unit.layout === "grouped"
    ? readGroups(reader, unit, reading)
    : readLayout(reader, unit, null);
}

/** Marks the record that the file ends in, where no line feed says that it is whole. */
async function* withOpenEnd(size: number, records: Records): Records {
  for (let next = await records.next(); ; next = await records.next()) {
    if (next.done === true) return next.value;
    const last = next.value.at(-1);
    yield last !== undefined && last.offset + last.length >= size
      ? [...next.value.slice(0, -1), { ...last, isOpen: true }]
      : next.value;
  }
}

async function* readGroups(reader: Reader, unit: Unit, reading: Reading): Records {
  const groups = new LineGroups(reading, reader.recordBytes);
  const lines = readLines(reader, unit.start, Math.min(unit.end, reader.source.size));
  for (let next = await lines.next(); ; next = await lines.next()) {
    if (next.done === true) {
      yield* batches(groups.finish());
      return next.value;
    }
    yield* batches(groups.add(next.value));
  }
}

async function* readQuoted(reader: Reader, start: number, end: number): Records {
  const head = await readBlock(reader, start, Math.min(start + 3, end));
  const first = start + byteOrderMarkLength(head);
  const scanner = new QuotedScanner(first);
  for (let position = first; position < end; ) {
    const block = await readBlock(reader, position, Math.min(position + reader.blockBytes, end));
    const extents = scanner.scan(block, position);
    yield* valueBatches(reader, extents, block, position);
    position += block.length;
    const open = scanner.openUntil(position);
    if (scanner.isBroken || open > reader.recordBytes || (open > 0 && position >= end)) {
      position = scanner.giveUpQuotes();
    }
  }
  yield* valueBatches(reader, scanner.finish(end), new Uint8Array(), end);
  return { lines: scanner.lines };
}

async function* readLines(reader: Reader, start: number, end: number): Records {
  let lines = 0;
  let position = start === 0 ? 0 : await afterLineFeed(reader, start - 1, end);
  while (position !== null && position < end) {
    const block = await readBlock(reader, position, Math.min(position + reader.blockBytes, end));
    const whole = block.lastIndexOf(LINE_FEED) + 1;
    if (whole > 0) {
      const split = splitLines(block.subarray(0, whole), position, lines + 1, reader.recordBytes);
      yield* batches(split.records);
      lines += split.lines;
      position += whole;
      continue;
    }
    const next = await afterLineFeed(reader, position + block.length, reader.source.size);
    const lineEnd = next ?? reader.source.size;
    if (lineEnd - position > reader.recordBytes + 2) {
      const length = lineEnd - position - (next === null ? 0 : 1);
      yield [problemRecord("LIM-001", block, { line: lines + 1, offset: position, length })];
      lines += 1;
    } else {
      const line = await readBlock(reader, position, lineEnd);
      const split = splitLines(line, position, lines + 1, reader.recordBytes);
      yield* batches(split.records);
      lines += split.lines;
    }
    position = lineEnd;
  }
  return { lines };
}

/** The place after the first line feed in [from, to), or null. Holds one piece at a time, however long the line. */
async function afterLineFeed(reader: Reader, from: number, to: number): Promise<number | null> {
  let size = Math.min(FIRST_SCAN_BYTES, reader.blockBytes);
  for (let position = from; position < to; ) {
    const bytes = await readBlock(reader, position, Math.min(position + size, to));
    const feed = bytes.indexOf(LINE_FEED);
    if (feed >= 0) return position + feed + 1;
    position += bytes.length;
    size = Math.min(size * 4, reader.blockBytes);
  }
  return null;
}

async function* readValues(reader: Reader, start: number, end: number): Records {
  const scanner = new ValueScanner();
  const head = await readBlock(reader, start, Math.min(start + 3, end));
  for (let position = start + byteOrderMarkLength(head); position < end; ) {
    const block = await readBlock(reader, position, Math.min(position + reader.blockBytes, end));
    const extents = scanner.scan(block, position);
    yield* valueBatches(reader, extents, block, position);
    position += block.length;
  }
  yield* valueBatches(reader, scanner.finish(end), new Uint8Array(), end);
  return { lines: scanner.lines };
}

async function* valueBatches(
  reader: Reader,
  extents: readonly ValueExtent[],
  block: Uint8Array,
  blockStart: number,
): AsyncGenerator<readonly RawRecord[], void> {
  let batch: RawRecord[] = [];
  for (const extent of extents) {
    batch.push(await valueRecord(reader, extent, block, blockStart));
    if (batch.length < BATCH_RECORDS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function valueRecord(
  reader: Reader,
  extent: ValueExtent,
  block: Uint8Array,
  blockStart: number,
): Promise<RawRecord> {
  const { start, end, line } = extent;
  const place = { line, offset: start, length: end - start };
  if (extent.kind === "unclosed-array") return problemRecord("FMT-003", new Uint8Array(), place);
  if (place.length > reader.recordBytes) {
    const head = await readBlock(reader, start, Math.min(end, start + EXCERPT_BYTES));
    return problemRecord("LIM-001", head, place);
  }
  const bytes =
    start >= blockStart && end <= blockStart + block.length
      ? block.subarray(start - blockStart, end - blockStart)
      : await readBlock(reader, start, end);
  return recordOf(bytes, line, start);
}

async function* readRows(reader: Reader, unit: Unit, bounds: Float64Array): Records {
  const first = firstAbove(bounds, unit.start);
  const bytes = await readBlock(reader, unit.start, unit.end);
  let batch: RawRecord[] = [];
  let lines = 0;
  let start = unit.start;
  for (let row = first; row < bounds.length; row += 1) {
    const end = bounds[row] ?? 0;
    if (end > unit.end) break;
    lines += 1;
    const content = bytes.subarray(start - unit.start, end - unit.start);
    if (content.length > reader.recordBytes) {
      const place = { line: lines, offset: start, length: content.length };
      batch.push(problemRecord("LIM-001", content, place));
    } else {
      batch.push(recordOf(content, lines, start));
    }
    start = end;
    if (batch.length < BATCH_RECORDS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
  return { lines };
}

function* batches(records: readonly RawRecord[]): Generator<readonly RawRecord[], void> {
  for (let start = 0; start < records.length; start += BATCH_RECORDS) {
    yield records.slice(start, start + BATCH_RECORDS);
  }
}

async function readBlock(reader: Reader, start: number, end: number): Promise<Uint8Array> {
  reader.signal?.throwIfAborted();
  const bytes = await reader.source.read(start, end);
  if (bytes.length < end - start) throw new Error("The file became shorter while it was read.");
  return bytes;
}
