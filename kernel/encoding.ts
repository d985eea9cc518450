const HEX_PAIRS: readonly string[] = Array.from({ length: 256 }, (_, octet) =>
  octet.toString(16).padStart(2, "0"),
);

/** The character code of each digit. */
const HEX_CODES: readonly number[] = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

const NOT_HEX = 255;

/** The value of each hexadecimal digit by character code, {@link NOT_HEX} for every other code below 128. */
const HEX_VALUES: Uint8Array = new Uint8Array(128).fill(NOT_HEX);
for (let digit = 0; digit < 16; digit += 1) {
  const lower = digit.toString(16);
  HEX_VALUES[lower.charCodeAt(0)] = digit;
  HEX_VALUES[lower.toUpperCase().charCodeAt(0)] = digit;
}

/** Bare lowercase hexadecimal, two digits per octet. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) {
    text += HEX_PAIRS[octet];
  }
  return text;
}

/** Whether a text is the bare lowercase hexadecimal of the octets: what {@link toHex} would make, unmade. */
export function isHexOf(text: string, bytes: Uint8Array): boolean {
  if (text.length !== 2 * bytes.length) {
    return false;
  }
  for (let index = 0; index < bytes.length; index += 1) {
    const octet = bytes[index] ?? 0;
    if (
      text.charCodeAt(2 * index) !== HEX_CODES[octet >> 4] ||
      text.charCodeAt(2 * index + 1) !== HEX_CODES[octet & 15]
    ) {
      return false;
    }
  }
  return true;
}

/** The octets of bare hexadecimal in either case, or null where the text is anything else. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) {
    return null;
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = HEX_VALUES[text.charCodeAt(2 * index)] ?? NOT_HEX;
    const low = HEX_VALUES[text.charCodeAt(2 * index + 1)] ?? NOT_HEX;
    if (high === NOT_HEX || low === NOT_HEX) {
      return null;
    }
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

/**
 * UTF-8 (RFC 3629). A lone surrogate becomes U+FFFD, as in every platform's encoder, so that a shell's
 * own encoder gives equal octets; signed text never holds one, because the parser refuses it.
 */
export function utf8(text: string): Uint8Array {
  const buffer = new Uint8Array(text.length * 3);
  let end = 0;
  for (let index = 0; index < text.length; index += 1) {
    let point = text.charCodeAt(index);
    if (point < 0x80) {
      buffer[end++] = point;
      continue;
    }
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = point < 0xdc00 ? text.charCodeAt(index + 1) : Number.NaN;
      if (low >= 0xdc00 && low <= 0xdfff) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        index += 1;
      } else {
        point = 0xfffd;
      }
    }
    if (point < 0x800) {
      buffer[end++] = 0xc0 | (point >> 6);
    } else {
      if (point < 0x10000) {
        buffer[end++] = 0xe0 | (point >> 12);
      } else {
        buffer[end++] = 0xf0 | (point >> 18);
        buffer[end++] = 0x80 | ((point >> 12) & 0x3f);
      }
      buffer[end++] = 0x80 | ((point >> 6) & 0x3f);
    }
    buffer[end++] = 0x80 | (point & 0x3f);
  }
  return buffer.slice(0, end);
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether two octet strings are equal. Not constant-time: everything compared here is public. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((octet, index) => octet === right[index]);
}
