import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { publicKeyOf, sign, verifySignature } from "@/kernel/crypto/ed25519.ts";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { fromHex, utf8 } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isArray, isObject, member } from "@/kernel/json/value.ts";
import { readVector, vectorsDirectory } from "@/kernel/testing/vectors.ts";
import { nodePlatform } from "./node-platform.ts";

const { primitives, backend } = nodePlatform();
const bytes = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array();

test("hashes and encodes as the kernel does", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(primitives.utf8(text)).toEqual(utf8(text));
      expect(primitives.sha256(utf8(text))).toEqual(sha256(utf8(text)));
    }),
  );
});

test("accepts and refuses what the exact rule accepts and refuses, whatever is changed", async () => {
  const octets = fc.uint8Array({ minLength: 32, maxLength: 32 });
  await fc.assert(
    fc.asyncProperty(
      octets,
      fc.uint8Array(),
      fc.nat(63),
      fc.nat(8),
      async (seed, message, at, bit) => {
        const key = publicKeyOf(seed);
        const signature = sign(seed, message);
        if (bit < 8) {
          signature[at] = (signature[at] ?? 0) ^ (1 << bit);
        }
        const exact = verifySignature(key, message, signature);
        expect(exact).toBe(bit === 8);
        expect(await backend.verify(key, message, signature)).toBe(exact);
      },
    ),
    { numRuns: 60 },
  );
});

test("decides keys of the wrong length and keys that are no point as the exact rule does", async () => {
  for (const key of [
    new Uint8Array(0),
    new Uint8Array(31),
    new Uint8Array(33),
    new Uint8Array(32).fill(2),
  ]) {
    const signature = new Uint8Array(64);
    expect(await backend.verify(key, utf8("m"), signature)).toBe(
      verifySignature(key, utf8("m"), signature),
    );
  }
});

describe.skipIf(vectorsDirectory() === null)("ed25519-edge-cases.json", () => {
  test("agrees with the exact rule on every edge case", async () => {
    const parsed = parseJson(readVector("ed25519-edge-cases.json"));
    const file = parsed.ok && isObject(parsed.value.value) ? parsed.value.value : {};
    const cases = member(file, "cases");
    const list = isArray(cases) ? cases.filter(isObject) : [];
    expect(list.length).toBe(20);
    for (const one of list) {
      const part = (name: string): Uint8Array => bytes(asText(member(one, name)) ?? "");
      const args = [part("public_key_hex"), part("message_hex"), part("signature_hex")] as const;
      const expected = member(one, "accepted_by_cofactorless_verify");
      expect(verifySignature(...args), asText(member(one, "description"))).toBe(expected);
      expect(await backend.verify(...args), asText(member(one, "description"))).toBe(expected);
    }
  });
});
