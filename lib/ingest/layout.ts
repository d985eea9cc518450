import { decodeLossily, decodeStrictly } from "./raw-records.ts";
import type { ByteSource, Layout } from "./record.ts";
import { byteOrderMarkLength } from "./split-lines.ts";

const SAMPLE_BYTES = 64 * 1024;
/** A file that looks like plain text at first gets a second, longer look before it is put aside. */
const LONG_SAMPLE_BYTES = 1024 * 1024;
const BLANK_SCAN_BYTES = 1024 * 1024;

/** How the content of a file is laid out. Names and endings say nothing here. */
export async function detectLayout(source: ByteSource, signal?: AbortSignal): Promise<Layout> {
  const start = await firstContent(source, signal);
  if (start === null) return "empty";
  const sample = await source.read(start, start + SAMPLE_BYTES);
  const layout = layoutOf(sample, start + sample.length >= source.size);
  if (layout !== "text" || sample.length < SAMPLE_BYTES) return layout;
  signal?.throwIfAborted();
  const longer = await source.read(start, start + LONG_SAMPLE_BYTES);
  return layoutOf(longer, start + longer.length >= source.size);
}

/** Whether the file begins with a byte order mark of UTF-16, which no reader of Chio's formats accepts. */
export function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** Place of the first octet that is neither white space nor the byte order mark. */
async function firstContent(source: ByteSource, signal?: AbortSignal): Promise<number | null> {
  let position = byteOrderMarkLength(await source.read(0, 3));
  let size = SAMPLE_BYTES;
  while (position < source.size) {
    signal?.throwIfAborted();
    const block = await source.read(position, Math.min(position + size, source.size));
    const found = block.findIndex((byte) => !isSpace(byte));
    if (found >= 0) return position + found;
    position += block.length;
    size = BLANK_SCAN_BYTES;
  }
  return null;
}

function layoutOf(sample: Uint8Array, whole: boolean): Layout {
  if (isUtf16(sample)) return "binary";
  const lines = decodeLossily(sample).split("\n");
  if (!whole && lines.length > 1) lines.pop();
  const filled = lines.map((line) => line.trim()).filter((line) => line !== "");
  const objects = lines.filter((line) => line.startsWith("{") && isObject(line)).length;
  const first = filled[0] ?? "";
  if (first.startsWith("{")) return ofObject(first, objects, filled.length, lines.length);
  if (first.startsWith("[") && (beginsArray(first) || isJson(first))) {
    return objects * 2 > filled.length ? "lines" : "values";
  }
  if (objects > 0 || filled.some((line) => line.startsWith("{") && isObject(line))) return "lines";
  const isText = !sample.includes(0) && (!whole || decodeStrictly(sample) !== null);
  if (filled.some((line) => line.startsWith("{") || beginsArray(line))) {
    return isText || !sample.includes(0) ? "values" : "binary";
  }
  return isText ? "text" : "binary";
}

/**
 * The first line begins an object: one record for each line, unless objects span lines. A damaged first line
 * must not turn a log into something else, so its neighbours decide.
 */
function ofObject(first: string, objects: number, filled: number, lines: number): Layout {
  if (isObject(first) || objects * 2 >= filled) return "lines";
  const isOneLine = lines === 1;
  return isOneLine && first.length > SAMPLE_BYTES / 4 ? "lines" : "values";
}

/** `[` alone, or before an object; `[INFO] started` is no array. */
function beginsArray(line: string): boolean {
  return /^\[\s*(?:$|\{|\])/.test(line);
}

function isObject(line: string): boolean {
  return line.trimEnd().endsWith("}") && isJson(line);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
