import type { Sink } from "./surroundings.ts";

/** Writes JSON as it is to a file or a pipe, and so that it steers nothing to a terminal. */
export function writeJson(text: string, out: Sink): void {
  out.write(`${out.isTTY === true ? safeJson(text) : text}\n`);
}

/**
 * JSON text made fit for a terminal without changing its value: what could steer it (control characters,
 * marks of the direction of writing, line separators, halves of surrogate pairs) can stand only inside
 * texts, where an escape means the same. Line feeds between tokens stay.
 */
export function safeJson(text: string): string {
  return text.replace(UNSAFE, (character) => {
    let escaped = "";
    for (let at = 0; at < character.length; at += 1) {
      escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
    }
    return escaped;
  });
}

const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
