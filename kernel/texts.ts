import { toHex } from "./encoding.ts";
import type { Primitives } from "./primitives.ts";

const CC = /[\u007f-\u009f]/g;

/**
 * The older dialect's spelling of a canonical text: U+007F to U+009F, which can stand only inside
 * strings there, become `\u00xx`. Member order does not change, since both dialects sort unescaped names.
 */
export function ccEscaped(canonicalText: string): string {
  return canonicalText.replace(CC, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

/** UTF-8 of a text, made on first use and kept. */
export function lazyBytes(text: () => string, primitives: Primitives): () => Uint8Array {
  let bytes: Uint8Array | null = null;
  return () => {
    bytes ??= primitives.utf8(text());
    return bytes;
  };
}

/** A text that is made on first use and kept. */
export function lazyText(make: () => string): () => string {
  let text: string | null = null;
  return () => {
    text ??= make();
    return text;
  };
}

/** SHA-256 of a text's UTF-8. */
export function hashText(text: string, primitives: Primitives): Uint8Array {
  return primitives.sha256Text?.(text) ?? primitives.sha256(primitives.utf8(text));
}

/** The same, as 64 lower-case hexadecimal digits. */
export function hashHex(text: string, primitives: Primitives): string {
  return toHex(hashText(text, primitives));
}
