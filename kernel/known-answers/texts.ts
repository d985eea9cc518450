import { toHex } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { MAX_DEPTH, parseJson } from "../json/parse.ts";
import { accept, type KnownAnswer, refuse } from "./answer.ts";

/** The canonical text of a JSON text, or null where it is refused. */
function rewritten(text: string): string | null {
  const parsed = parseJson(text);
  return parsed.ok ? canonicalize(parsed.value.value) : null;
}

function canonical(name: string, text: string, expected: string): KnownAnswer {
  return accept(name, () => rewritten(text) === expected);
}

function refusedText(name: string, text: string): KnownAnswer {
  return refuse(name, () => parseJson(text).ok);
}

/** Canonical JSON and the octets under every hash and signature. Made for this list, or from RFC 8785. */
export const TEXT_ANSWERS: readonly KnownAnswer[] = [
  canonical(
    "json-rfc8785-sample",
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  ),
  canonical(
    "json-rfc8785-sorting",
    String.raw`{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}`,
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  ),
  canonical(
    "json-integers-exact",
    '{"u64":18446744073709551615,"i64":-9223372036854775808,"past":9007199254740993}',
    '{"i64":-9223372036854775808,"past":9007199254740993,"u64":18446744073709551615}',
  ),
  canonical("json-negative-zero", "[-0,-0.0,1.0,1e2]", "[0,0,1,100]"),
  canonical("json-own-proto", '{"a":1,"__proto__":{"b":2}}', '{"__proto__":{"b":2},"a":1}'),
  refuse(
    "json-rounded-integer",
    () => rewritten("[9007199254740993]") === rewritten("[9007199254740992]"),
  ),
  refusedText("json-duplicate-key", '{"allow":false,"nested":[{"a":1,"a":1}]}'),
  refusedText("json-duplicate-key-escaped", String.raw`{"allow":false,"\u0061llow":true}`),
  refusedText("json-lone-surrogate", String.raw`{"name":"\ud800"}`),
  refusedText("json-number-beyond-doubles", "[1e400]"),
  refusedText("json-not-a-number", '{"cost":NaN}'),
  refusedText("json-too-deep", "[".repeat(MAX_DEPTH + 1) + "]".repeat(MAX_DEPTH + 1)),
  refusedText("json-cut", '{"allow":true'),
  refusedText("json-second-value", "{}{}"),
  accept(
    "utf8-all-widths",
    ({ utf8 }) => toHex(utf8("a\u00e9\u20ac\ud83d\ude00")) === "61c3a9e282acf09f9880",
  ),
  accept(
    "sha256-fips-abc",
    ({ sha256, utf8 }) =>
      toHex(sha256(utf8("abc"))) ===
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  ),
  accept(
    "sha256-fips-two-blocks",
    ({ sha256, utf8 }) =>
      toHex(sha256(utf8("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ===
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ),
  accept(
    "sha256-empty",
    ({ sha256 }) =>
      toHex(sha256(new Uint8Array())) ===
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  ),
  refuse("sha256-last-octet", ({ sha256, utf8 }) => {
    return toHex(sha256(utf8("abc"))) === toHex(sha256(utf8("abd")));
  }),
];
