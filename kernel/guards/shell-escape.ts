const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["E", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

const NUMERIC: readonly (readonly [RegExp, number])[] = [
  [/x([0-9A-Fa-f]{1,2})/y, 16],
  [/u([0-9A-Fa-f]{1,4})/y, 16],
  [/U([0-9A-Fa-f]{1,8})/y, 16],
  [/([0-7]{1,3})/y, 8],
];

/** What stands for a backslash escape inside `$'…'`, and where it ends. `at` is behind the backslash. */
export function shellEscape(
  text: string,
  at: number,
): { readonly value: string; readonly end: number } {
  for (const [pattern, base] of NUMERIC) {
    pattern.lastIndex = at;
    const digits = pattern.exec(text)?.[1];
    if (digits !== undefined) {
      return { value: character(Number.parseInt(digits, base)), end: pattern.lastIndex };
    }
  }
  const letter = text.charAt(at);
  return { value: SIMPLE.get(letter) ?? letter, end: at + 1 };
}

function character(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
}
