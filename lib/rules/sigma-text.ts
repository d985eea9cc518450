/**
 * Texts of Sigma: `*` and `?` are wildcards, and a backslash takes their meaning from them and from itself.
 */
export function escapeSigma(text: string): string {
  return text.replace(/[\\*?]/gu, "\\$&");
}

/** A value of Sigma, taken apart: literal texts, and between them wildcards. */
export type SigmaPart = { readonly literal: string } | { readonly wildcard: "*" | "?" };

export function sigmaParts(value: string): readonly SigmaPart[] {
  const parts: SigmaPart[] = [];
  let literal = "";
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    const next = value.charAt(at + 1);
    if (character === "\\" && (next === "*" || next === "?" || next === "\\")) {
      literal += next;
      at += 1;
    } else if (character === "*" || character === "?") {
      parts.push({ literal }, { wildcard: character });
      literal = "";
    } else {
      literal += character;
    }
  }
  parts.push({ literal });
  return parts;
}

/** The text that a value without wildcards means; null where it has one. */
export function plainSigma(value: string): string | null {
  const [first, second] = sigmaParts(value);
  return first !== undefined && second === undefined && "literal" in first ? first.literal : null;
}

/** The same value in the syntax of RE2, without anchors. */
export function sigmaPattern(value: string): string {
  return sigmaParts(value)
    .map((part) =>
      "literal" in part ? quotePattern(part.literal) : part.wildcard === "*" ? ".*" : ".",
    )
    .join("");
}

function quotePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/gu, "\\$&");
}

/** A text as YAML and JSON write it alike, with everything escaped that is not plainly printable. */
export function yamlText(text: string): string {
  return JSON.stringify(text.replace(LONE_SURROGATE, "\ufffd")).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const LONE_SURROGATE = /\p{Surrogate}/gu;
/** Of the basic plane alone: what lies beyond stands for itself. */
const UNPRINTABLE =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;
