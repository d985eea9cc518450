const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const NONE = 255;
const VALUES = new Uint8Array(128).fill(NONE);
for (let value = 0; value < 64; value += 1) {
  VALUES[ALPHABET.charCodeAt(value)] = value;
}

/** Base64 (RFC 4648, section 4), padded. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    parts.push(
      ALPHABET.charAt(group >> 18),
      ALPHABET.charAt((group >> 12) & 63),
      left > 1 ? ALPHABET.charAt((group >> 6) & 63) : "=",
      left > 2 ? ALPHABET.charAt(group & 63) : "=",
    );
  }
  return parts.join("");
}

/**
 * The octets of padded base64, or null for every text that {@link toBase64} would not write: white space,
 * missing padding and stray bits would let two texts stand for one value.
 */
export function fromBase64(text: string): Uint8Array | null {
  const { length } = text;
  if (length % 4 !== 0) {
    return null;
  }
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = length - padding;
  const bytes = new Uint8Array((length / 4) * 3 - padding);
  let pending = 0;
  let end = 0;
  for (let at = 0; at < digits; at += 1) {
    const value = VALUES[text.charCodeAt(at)] ?? NONE;
    if (value === NONE) {
      return null;
    }
    pending = (pending << 6) | value;
    if (at % 4 === 3) {
      bytes[end] = pending >> 16;
      bytes[end + 1] = (pending >> 8) & 255;
      bytes[end + 2] = pending & 255;
      end += 3;
      pending = 0;
    }
  }
  switch (padding) {
    case 1:
      bytes[end] = pending >> 10;
      bytes[end + 1] = (pending >> 2) & 255;
      return (pending & 3) === 0 ? bytes : null;
    case 2:
      bytes[end] = pending >> 4;
      return (pending & 15) === 0 ? bytes : null;
    default:
      return bytes;
  }
}
