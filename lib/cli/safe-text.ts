/**
 * Text from a file, made fit for a terminal: control characters (C0, DEL, C1), the marks that turn the
 * direction of writing and line separators are written as escapes, so that a hostile log can neither move
 * the cursor nor repaint what was printed above it. At most `limit` characters.
 */
export function safeText(text: string, limit = 160): string {
  const short = text.length > limit ? `${text.slice(0, limit)}...` : text;
  return short.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
