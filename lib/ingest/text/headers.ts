import type { TextHeader } from "./row.ts";

/** A name that is longer is none. */
const LONGEST_NAME = 256;

export interface SplitHeaders {
  readonly headers: readonly TextHeader[];
  /** A comma stands before what may be a further header or the rest of a value: it was kept in the value. */
  readonly isAmbiguous: boolean;
}

/**
 * `name:value,name:value`, where values may hold both signs. A header ends only where a name follows that is
 * known; what looks like a name and is not known stays where it is, and that is told. One pass, whatever the
 * text holds.
 *
 * @param separator between a name and its value
 * @param nothing how a header without a value is written
 * @returns null where the text does not begin with a name
 */
export function splitHeaders(
  text: string,
  separator: ":" | "=",
  nothing: string,
  known: ReadonlySet<string>,
): SplitHeaders | null {
  let name = nameAt(text, 0, separator);
  if (name === null) return null;
  const headers: TextHeader[] = [];
  let isAmbiguous = false;
  const seen = new Set([name]);
  let start = name.length + 1;
  for (let comma = text.indexOf(",", start); comma >= 0; comma = text.indexOf(",", comma + 1)) {
    const next = nameAt(text, comma + 1, separator);
    if (next === null) continue;
    // The reason is the package's last header, and who is refused has a say in it: it makes no second verdict.
    if (!isKnownName(next, known) || (isReason(name) && seen.has(next))) {
      isAmbiguous = true;
      continue;
    }
    headers.push([name, heldIn(text.slice(start, comma), nothing)]);
    name = next;
    seen.add(name);
    start = comma + 1 + next.length + 1;
  }
  headers.push([name, heldIn(text.slice(start), nothing)]);
  return { headers, isAmbiguous };
}

/** Names that could stand at the beginning or behind a comma, for a sample to count. */
export function possibleNames(text: string, separator: ":" | "="): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at >= 0 && names.length < 64; ) {
    const name = nameAt(text, at, separator);
    if (name !== null) names.push(name);
    const comma = text.indexOf(",", at);
    at = comma < 0 ? -1 : comma + 1;
  }
  return names;
}

export function isKnownName(name: string, known: ReadonlySet<string>): boolean {
  return known.has(name) || /^x-chio-/i.test(name) || name.startsWith("__connect.errors.");
}

function isReason(name: string): boolean {
  return /^x-chio-(?:deny|denial)-reason$/i.test(name);
}

function heldIn(text: string, nothing: string): string | null {
  return text === nothing ? null : text;
}

function nameAt(text: string, from: number, separator: ":" | "="): string | null {
  const most = Math.min(text.length, from + LONGEST_NAME);
  for (let at = from; at < most; at += 1) {
    const code = text.charCodeAt(at);
    if (isNameCode(code)) continue;
    return at > from && text[at] === separator ? text.slice(from, at) : null;
  }
  return null;
}

/** Letters, digits, `-`, `.`, `_`. */
function isNameCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x5f
  );
}
