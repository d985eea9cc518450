import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import { DigestSet } from "./digest-set.ts";

test("numbers digests as a map of texts does, while it grows", () => {
  const digest = fc
    .tuple(fc.nat(400), fc.boolean())
    // Some begin alike, so that they want the same slot.
    .map(([number, alike]) => {
      const bytes = sha256(utf8(String(number)));
      return alike ? Uint8Array.from(bytes, (octet, at) => (at < 4 ? 7 : octet)) : bytes;
    });
  fc.assert(
    fc.property(fc.array(digest, { maxLength: 600 }), fc.nat(3), (digests, shift) => {
      const set = new DigestSet();
      const numbers = new Map<string, number>();
      for (const bytes of digests) {
        const placed = new Uint8Array(shift + 32);
        placed.set(bytes, shift);
        const name = toHex(bytes);
        expect(set.find(placed, shift)).toBe(numbers.get(name) ?? -1);
        const number = numbers.get(name) ?? numbers.size;
        numbers.set(name, number);
        expect(set.add(placed, shift)).toBe(number);
      }
      expect(set.count).toBe(numbers.size);
    }),
    { numRuns: 40 },
  );
});
