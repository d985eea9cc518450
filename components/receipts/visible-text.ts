/**
 * Text of a file on one line, with what would not be seen made visible: control characters, and those that
 * turn the direction of writing, with which a name can be made to read as another one.
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\u2039${code.toString(16).toUpperCase().padStart(4, "0")}\u203a`;
  });
}

const HIDDEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
