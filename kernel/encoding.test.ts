import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "./crypto/sha256.ts";
import { concatBytes, equalBytes, fromHex, isHexOf, toHex, utf8 } from "./encoding.ts";
import { readVector, vectorsDirectory } from "./testing/vectors.ts";

describe("hexadecimal", () => {
  it("is its own inverse, in either case", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toHex(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("hex"));
        expect(fromHex(text)).toStrictEqual(bytes);
        expect(fromHex(text.toUpperCase())).toStrictEqual(bytes);
      }),
    );
  });

  it("is recognised as that of some octets, in lower case and in full only", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (bytes, others) => {
        const text = toHex(bytes);
        expect(isHexOf(text, bytes)).toBe(true);
        expect(isHexOf(text, others)).toBe(text === toHex(others));
        expect(isHexOf(text.toUpperCase(), bytes)).toBe(text === text.toUpperCase());
        expect(isHexOf(`${text}0`, bytes)).toBe(false);
      }),
    );
  });

  it.each(["0", "0g", "0x00", " 00", "é0", "00\n", "٠٠", "\ud8000"])("refuses %j", (text) => {
    expect(fromHex(text)).toBeNull();
  });
});

it("encodes UTF-8 as the platform does, lone surrogates included", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
      (formed, anything) => {
        for (const text of [formed, anything]) {
          expect(utf8(text)).toStrictEqual(new TextEncoder().encode(text));
        }
      },
    ),
    { numRuns: 1000 },
  );
});

it("joins and compares octets", () => {
  expect(concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toStrictEqual(
    Uint8Array.of(1, 2, 3),
  );
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
});

it("hashes as OpenSSL does", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
      expect(toHex(sha256(message))).toBe(createHash("sha256").update(message).digest("hex"));
    }),
  );
});

describe.skipIf(vectorsDirectory() === null)("vectors", () => {
  it("receipts-april/hashing.json", () => {
    const { cases }: { cases: { input_utf8: string; sha256_hex: string }[] } = JSON.parse(
      readVector("receipts-april/hashing.json"),
    );
    expect(cases).toHaveLength(3);
    for (const known of cases) {
      expect(toHex(sha256(utf8(known.input_utf8)))).toBe(known.sha256_hex);
    }
  });
});
