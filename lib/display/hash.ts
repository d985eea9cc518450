/** How hashes, keys and fingerprints read on screen: mono, groups of four, shortened only with the full value near. */

const HEX = /^[0-9a-f]+$/i;
const PREFIX = /^(?:0x|sha256:|ed25519:|p256:|p384:)/i;

/** `cad5 … aaef` of a long value; a value of up to 12 characters stands in full. */
export function shortHash(text: string): string {
  const body = text.replace(PREFIX, "");
  return body.length <= 12 ? body : `${body.slice(0, 4)} … ${body.slice(-4)}`;
}

/** Groups of four: `9a5c bcd8 …`. Nothing is dropped. */
export function groupHash(text: string): string {
  return groups(text).join(" ");
}

/** A value cut into lines of 16 characters, each in groups of four, for narrow screens. */
export function hashLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += 16) lines.push(groupHash(text.slice(at, at + 16)));
  return lines;
}

/** True for a value that can be shown as a hash: at least 32 hex digits, an optional prefix. */
export function looksLikeHash(text: string | null): boolean {
  if (text === null) return false;
  const body = text.replace(PREFIX, "");
  return body.length >= 32 && HEX.test(body);
}

export interface DiffRun {
  readonly text: string;
  readonly differs: boolean;
}

/**
 * `text` in runs that do or do not differ from `other` at the same position, so that differing characters
 * can be coloured while columns hold. Only the length of the shorter value can agree.
 */
export function diffRuns(text: string, other: string): readonly DiffRun[] {
  const runs: { text: string; differs: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const differs = text[at] !== other[at];
    const last = runs.at(-1);
    const character = text[at] ?? "";
    if (last !== undefined && last.differs === differs) last.text += character;
    else runs.push({ text: character, differs });
  }
  return runs;
}

export type Comparison =
  | { readonly kind: "match" }
  | { readonly kind: "differs"; readonly at: number }
  | { readonly kind: "nothing" };

/**
 * Compares what was pasted with a value, ignoring case, white space, colons and a known prefix.
 * `at` counts from 1: the first character that is not the same, or the first that one of them lacks.
 */
export function compareValues(pasted: string, value: string): Comparison {
  const left = normalise(pasted);
  const right = normalise(value);
  if (left.length === 0) return { kind: "nothing" };
  if (left === right) return { kind: "match" };
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return { kind: "differs", at: at + 1 };
}

function normalise(text: string): string {
  return text.trim().replace(PREFIX, "").replace(/[\s:]/g, "").toLowerCase();
}

function groups(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += 4) found.push(text.slice(at, at + 4));
  return found;
}
