import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publicKeyOf, sign, verifySignature } from "@/kernel/crypto/ed25519.ts";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { fromHex, utf8 } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isArray, isObject, member } from "@/kernel/json/value.ts";
import { runSelfTest } from "@/kernel/self-test.ts";
import { readVector, vectorsDirectory } from "@/kernel/testing/vectors.ts";
import { webPlatform } from "./platform-web.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe("the platform of a browser's worker", () => {
  it("hashes and encodes as the kernel does", async () => {
    const { primitives } = await webPlatform();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        expect(primitives.sha256(message)).toEqual(sha256(message));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(primitives.utf8(text)).toEqual(utf8(text));
      }),
    );
  });

  it("gives fresh arrays, which a caller may keep", async () => {
    const { primitives } = await webPlatform();
    const first = primitives.sha256(new Uint8Array([1]));
    const copy = first.slice();
    primitives.sha256(new Uint8Array([2]));
    expect(first).toEqual(copy);
  });

  it("meets every known answer, by either back end", async () => {
    for (const exactOnly of [false, true]) {
      const { primitives, backend, exact } = await webPlatform({ exactOnly });
      expect(exact).toBe(exactOnly);
      expect((await runSelfTest(primitives, backend)).failures).toEqual([]);
    }
  });

  it("agrees with the exact rule on honest, changed and random signatures", async () => {
    const { backend } = await webPlatform();
    await fc.assert(
      fc.asyncProperty(
        bytes(32),
        fc.uint8Array({ maxLength: 80 }),
        fc.nat({ max: 95 }),
        fc.nat({ max: 255 }),
        async (seed, message, at, flip) => {
          const key = publicKeyOf(seed);
          const signature = sign(seed, message);
          if (at < 32) {
            key[at] = (key[at] ?? 0) ^ flip;
          } else {
            signature[at - 32] = (signature[at - 32] ?? 0) ^ flip;
          }
          const expected = verifySignature(key, message, signature);
          expect(await backend.verify(key, message, signature)).toBe(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("agrees on keys and signatures of any bytes and of wrong lengths", async () => {
    const { backend } = await webPlatform();
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 70 }),
        async (key, signature) => {
          const message = new Uint8Array([1]);
          const expected = verifySignature(key, message, signature);
          expect(await backend.verify(key, message, signature)).toBe(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe.skipIf(vectorsDirectory() === null)("the published edge cases of Ed25519", () => {
  it("come out as the reference does, by either back end", async () => {
    const parsed = parseJson(readVector("ed25519-edge-cases.json"));
    const root = parsed.ok ? parsed.value.value : null;
    const cases = isObject(root) ? member(root, "cases") : null;
    if (!isArray(cases)) {
      throw new TypeError("the vectors are a list of cases");
    }
    expect(cases).toHaveLength(20);
    for (const exactOnly of [false, true]) {
      const { backend } = await webPlatform({ exactOnly });
      for (const each of cases) {
        if (!isObject(each)) {
          throw new TypeError("a case is an object");
        }
        const part = (name: string): Uint8Array =>
          fromHex(asText(member(each, name)) ?? "") ?? new Uint8Array();
        const fits = await backend.verify(
          part("public_key_hex"),
          part("message_hex"),
          part("signature_hex"),
        );
        expect(fits).toBe(member(each, "accepted_by_cofactorless_verify"));
      }
    }
  });
});
