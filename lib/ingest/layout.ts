import { BARE } from "./kafka/bare.ts";
import type { ExportForm } from "./kafka/export-form.ts";
import { coordinatesOfPath } from "./path-coordinates.ts";
import { decodeLossily, decodeStrictly } from "./raw-records.ts";
import type { ByteSource, HowRead, Layout } from "./record.ts";
import { byteOrderMarkLength } from "./split-lines.ts";
import { guessReading, readingAs } from "./text/guess.ts";
import { isTextForm, type Reading, reading } from "./text/reading.ts";
import { most, sampleLines } from "./text/sample.ts";

const SAMPLE_BYTES = 64 * 1024;
/** A file that looks like plain text at first gets a second, longer look before it is put aside. */
const LONG_SAMPLE_BYTES = 1024 * 1024;
const BLANK_SCAN_BYTES = 1024 * 1024;

/** How a file is laid out, and how rows are made of what is in it. */
export interface Content extends HowRead {
  readonly layout: Layout;
}

/** What is known of a file beside its octets. */
export interface About {
  /** Asked only for the coordinates of bare values. */
  readonly path: string;
  /** A person's word on the form. */
  readonly readAs?: ExportForm | undefined;
}

/** How the content of a file is laid out. Names and endings say nothing of that. */
export async function detectContent(
  source: ByteSource,
  about: About,
  signal?: AbortSignal,
): Promise<Content> {
  const start = await firstContent(source, signal);
  if (start === null) return { layout: "empty" };
  const sample = await source.read(start, start + SAMPLE_BYTES);
  const content = contentOf(sample, start + sample.length >= source.size, about);
  if (content.layout !== "text" || sample.length < SAMPLE_BYTES) return content;
  signal?.throwIfAborted();
  const longer = await source.read(start, start + LONG_SAMPLE_BYTES);
  return contentOf(longer, start + longer.length >= source.size, about);
}

function contentOf(sample: Uint8Array, whole: boolean, { path, readAs }: About): Content {
  const layout = layoutOf(sample, whole);
  if (isUtf16(sample)) return { layout };
  const text = decodeLossily(sample);
  const shown = whole ? text : text.slice(0, text.lastIndexOf("\n") + 1 || text.length);
  if (readAs !== undefined) return { ...told(layout, shown, readAs), readAs };
  const lines = sampleLines(shown);
  // A log of JSON stays one, whatever single lines somebody puts into it.
  const objects = lines.filter((line) => line.startsWith("{") && isObject(line)).length;
  const guess = objects * 2 > lines.length + 1 ? null : guessReading(shown);
  if (guess !== null) return ofReading(guess);
  const isCounted =
    layout === "lines" && coordinatesOfPath(path) !== null && most(lines, 0.5, isBareValue);
  return isCounted ? { layout, reading: reading("bare-value") } : { layout };
}

/** A person knows better: what was guessed counts only where their word leaves it open. */
function told(guessed: Layout, sample: string, readAs: ExportForm): Content {
  if (readAs === "bare-value" && guessed !== "values") {
    return { layout: "lines", reading: reading("bare-value") };
  }
  const asText = isTextForm(readAs) && readAs !== "bare-value" ? readingAs(readAs, sample) : null;
  if (asText !== null) return ofReading(asText);
  return { layout: guessed === "text" || guessed === "binary" ? "lines" : guessed };
}

function ofReading(given: Reading): Content {
  const layout = given.form === "confluent-cli" ? "grouped" : given.isQuoted ? "quoted" : "lines";
  return { layout, reading: given };
}

function isBareValue(line: string): boolean {
  try {
    return BARE.recognises(JSON.parse(line), {});
  } catch {
    return false;
  }
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

/** `[` alone, or before an object or a list of texts; `[INFO] started` and `[[main]` are no arrays. */
function beginsArray(line: string): boolean {
  return /^\[\s*(?:$|\{|\]|\[\s*(?:$|"))/.test(line);
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
