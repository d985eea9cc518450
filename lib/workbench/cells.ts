import type { ColumnKind, ColumnPart } from "./model.ts";
import { dateText, timestampText } from "./time-text.ts";

const decoder = new TextDecoder();

/** Whether there is a value. */
export function isNull({ valid }: ColumnPart, row: number): boolean {
  return valid !== null && (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 0;
}

/**
 * A value in full, exactly: whole numbers by their digits, doubles so that they read back the same, times
 * of no zone as `YYYY-MM-DD hh:mm:ss[.ffffff]`. Null for null.
 */
export function cellText(part: ColumnPart, kind: ColumnKind, row: number): string | null {
  if (isNull(part, row)) {
    return null;
  }
  if (part.form === "texts") {
    return decoder.decode(part.bytes.subarray(part.offsets[row], part.offsets[row + 1]));
  }
  const value = part.values[row] ?? 0;
  switch (kind) {
    case "boolean":
      return value === 0 ? "false" : "true";
    case "date":
      return dateText(Number(value));
    case "timestamp":
      return timestampText(BigInt(value));
    case "double":
      return Object.is(value, -0) ? "-0" : String(value);
    case "integer":
    case "digits":
    case "text":
      return String(value);
  }
}

/** A text's beginning: at most so many characters, and whether that is all of it. */
export function cellStart(
  part: ColumnPart,
  kind: ColumnKind,
  row: number,
  most: number,
): { readonly text: string; readonly whole: boolean } | null {
  if (part.form === "numbers") {
    const text = cellText(part, kind, row);
    return text === null ? null : { text, whole: true };
  }
  if (isNull(part, row)) {
    return null;
  }
  const from = part.offsets[row] ?? 0;
  const to = part.offsets[row + 1] ?? from;
  // A character takes at most three octets for each of its UTF-16 units.
  const cut = Math.min(to, from + most * 3);
  const text = decoder.decode(part.bytes.subarray(from, cut));
  return text.length <= most && cut === to
    ? { text, whole: true }
    : { text: text.slice(0, most), whole: false };
}

/** A value as a double to draw or compare by; null where it is none. Wide integers lose their last digits. */
export function cellNumber(part: ColumnPart, kind: ColumnKind, row: number): number | null {
  if (isNull(part, row)) {
    return null;
  }
  if (part.form === "numbers") {
    return Number(part.values[row] ?? 0);
  }
  if (kind !== "digits") {
    return null;
  }
  return Number(decoder.decode(part.bytes.subarray(part.offsets[row], part.offsets[row + 1])));
}
