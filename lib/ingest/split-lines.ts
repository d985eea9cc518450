import { decodeStrictly, problemRecord, recordOf, textRecord } from "./raw-records.ts";
import type { RawRecord } from "./record.ts";

export const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

export interface SplitLines {
  readonly records: readonly RawRecord[];
  /** Lines met, blank ones included. */
  readonly lines: number;
}

/**
 * Splits a block of whole lines (the last one may lack its line feed) into records. A carriage return before
 * the line feed belongs to neither text nor length. Blank lines are counted and give no record.
 *
 * @param offset place of the block in the file; at 0 a byte order mark is skipped
 * @param firstLine number of the block's first line
 * @param recordBytes a longer line becomes LIM-001 and is not decoded
 */
export function splitLines(
  block: Uint8Array,
  offset: number,
  firstLine: number,
  recordBytes: number,
): SplitLines {
  const mark = offset === 0 ? byteOrderMarkLength(block) : 0;
  const bytes = mark === 0 ? block : block.subarray(mark);
  // A block that holds a line above the limit is split byte by byte: that line is never decoded.
  const text = bytes.length > recordBytes ? null : decodeStrictly(bytes);
  if (bytes.length === 0) return { records: [], lines: block.length === 0 ? 0 : 1 };
  return text === null
    ? splitBytes(bytes, offset + mark, firstLine, recordBytes)
    : splitText(text, bytes, offset + mark, firstLine);
}

export function byteOrderMarkLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** The fast path: one decoding for the whole block. In pure ASCII, places in text and bytes are the same. */
function splitText(text: string, bytes: Uint8Array, offset: number, firstLine: number): SplitLines {
  const records: RawRecord[] = [];
  const ascii = text.length === bytes.length;
  let line = firstLine;
  let byteStart = 0;
  for (let start = 0; start < text.length; line += 1) {
    const feed = text.indexOf("\n", start);
    const next = feed < 0 ? text.length : feed + 1;
    let end = feed < 0 ? text.length : feed;
    let byteNext = next;
    if (!ascii) {
      // A line feed is one octet and occurs in no multi-octet character, so both sides split alike.
      const byteFeed = bytes.indexOf(LINE_FEED, byteStart);
      byteNext = byteFeed < 0 ? bytes.length : byteFeed + 1;
    }
    let length = byteNext - byteStart - (feed < 0 ? 0 : 1);
    if (feed >= 0 && end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN) {
      end -= 1;
      length -= 1;
    }
    if (text.charCodeAt(start) > SPACE ? end > start : !isBlankText(text, start, end)) {
      const place = { line, offset: offset + byteStart, length };
      records.push(textRecord(text.slice(start, end), place));
    }
    start = next;
    byteStart = byteNext;
  }
  return { records, lines: line - firstLine };
}

/** The careful path: some line is not UTF-8 or is too long, and must not take its neighbours with it. */
function splitBytes(
  bytes: Uint8Array,
  offset: number,
  firstLine: number,
  recordBytes: number,
): SplitLines {
  const records: RawRecord[] = [];
  let line = firstLine;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(LINE_FEED, start);
    let end = feed < 0 ? bytes.length : feed;
    if (feed >= 0 && end > start && bytes[end - 1] === CARRIAGE_RETURN) end -= 1;
    const content = bytes.subarray(start, end);
    if (content.length > recordBytes) {
      const place = { line, offset: offset + start, length: content.length };
      records.push(problemRecord("LIM-001", content, place));
    } else if (!isBlank(content)) {
      records.push(recordOf(content, line, offset + start));
    }
    start = feed < 0 ? bytes.length : feed + 1;
  }
  return { records, lines: line - firstLine };
}

function isBlankCode(code: number): boolean {
  return code === SPACE || code === TAB || code === CARRIAGE_RETURN;
}

function isBlankText(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    if (!isBlankCode(text.charCodeAt(index))) return false;
  }
  return true;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(isBlankCode);
}
