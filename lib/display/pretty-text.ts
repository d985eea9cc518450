/**
 * Lays JSON text out over lines without reading it: every token stays exactly as it stands in the file, so
 * repeated members, large integers and odd escapes are still seen. Text that is no JSON comes out readable
 * too, because nothing is parsed.
 */
export function prettyText(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let at = 0;
  const line = () => `\n${"  ".repeat(Math.min(depth, 60))}`;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = stringEnd(text, at);
      parts.push(text.slice(at, end));
      at = end;
      continue;
    }
    if (character === "{" || character === "[") {
      const close = nextVisible(text, at + 1);
      if (text.charAt(close) === (character === "{" ? "}" : "]")) {
        parts.push(character, text.charAt(close));
        at = close + 1;
        continue;
      }
      depth += 1;
      parts.push(character, line());
    } else if (character === "}" || character === "]") {
      depth = Math.max(depth - 1, 0);
      parts.push(line(), character);
    } else if (character === ",") {
      parts.push(character, line());
    } else if (character === ":") {
      parts.push(": ");
    } else if (!isSpace(character)) {
      parts.push(character);
    }
    at += 1;
  }
  return parts.join("");
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function nextVisible(text: string, start: number): number {
  let at = start;
  while (at < text.length && isSpace(text.charAt(at))) at += 1;
  return at;
}

function isSpace(character: string): boolean {
  return character === " " || character === "\n" || character === "\r" || character === "\t";
}
