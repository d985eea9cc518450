/**
 * What a text says to a program that decodes it: without invisible characters and in compatibility form, with
 * percent escapes, with backslash escapes, and with each run of base64 undone. Each once, each on the text as
 * it stands: a secret that is wrapped twice, compressed or encrypted is not found.
 */
export function decodedViews(text: string): readonly string[] {
  return [plain(text), unpercented(text), unescaped(text), ...base64Runs(text)].filter(
    (view) => view !== text,
  );
}

function plain(text: string): string {
  return ASCII.test(text) ? text : text.normalize("NFKC").replace(INVISIBLE, "");
}

const ASCII = /^[\0-\x7f]*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

function unpercented(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => character(digits));
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})/g, (_, long?: string, short?: string) =>
      character(long ?? short ?? ""),
    )
    .replaceAll('\\"', '"')
    .replaceAll("\\n", "\n");
}

function character(hexadecimal: string): string {
  return String.fromCharCode(Number.parseInt(hexadecimal, 16));
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** In either alphabet, with or without line breaks. Octets become characters: what is looked for is ASCII. */
function base64Runs(text: string): readonly string[] {
  return [/[A-Za-z0-9+/\r\n]{16,}/g, /[A-Za-z0-9_\r\n-]{16,}/g].flatMap((run) =>
    Array.from(text.matchAll(run), ([encoded]) => decodeBase64(encoded)),
  );
}

function decodeBase64(run: string): string {
  let decoded = "";
  let bits = 0;
  let held = 0;
  for (const digit of run.replaceAll("-", "+").replaceAll("_", "/")) {
    const value = ALPHABET.indexOf(digit);
    if (value >= 0) {
      held = ((held << 6) | value) & 0xfff;
      bits += 6;
    }
    if (bits >= 8) {
      bits -= 8;
      decoded += String.fromCharCode((held >> bits) & 0xff);
    }
  }
  return decoded;
}
