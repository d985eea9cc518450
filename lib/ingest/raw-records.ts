import type { RawProblem, RawRecord } from "./record.ts";

const EXCERPT_CHARACTERS = 200;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

/** The bytes as text, or null where they are not UTF-8. A byte order mark stays in the text. */
export function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

export function decodeLossily(bytes: Uint8Array): string {
  return lossy.decode(bytes);
}

/** The beginning of the bytes for a person to recognise them by: at most 200 characters, never half a pair. */
export function excerptOf(bytes: Uint8Array): string {
  const text = decodeLossily(bytes.subarray(0, EXCERPT_CHARACTERS * 4));
  const cut = text.slice(0, EXCERPT_CHARACTERS);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

export interface RecordPlace {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

export function textRecord(text: string, place: RecordPlace): RawRecord {
  return { text, problem: null, line: place.line, offset: place.offset, length: place.length };
}

/** A record that has no text; `head` holds its first bytes, at least as many as an excerpt needs. */
export function problemRecord(
  code: RawProblem["code"],
  head: Uint8Array,
  place: RecordPlace,
): RawRecord {
  const problem = { code, excerpt: excerptOf(head) };
  return { text: null, problem, line: place.line, offset: place.offset, length: place.length };
}

/** Decodes one record's bytes; bytes that are not UTF-8 are FMT-005, since what was signed is unclear. */
export function recordOf(bytes: Uint8Array, line: number, offset: number): RawRecord {
  const place = { line, offset, length: bytes.length };
  const text = decodeStrictly(bytes);
  if (text !== null) return textRecord(text, place);
  const problem = {
    code: "FMT-005",
    excerpt: excerptOf(bytes),
    lossyText: decodeLossily(bytes),
  } as const;
  return { text: null, problem, ...place };
}
