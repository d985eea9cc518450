import {
  createPrivateKey,
  createPublicKey,
  sign as opensslSign,
  verify as opensslVerify,
} from "node:crypto";
import { Point } from "@noble/ed25519";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatBytes, fromHex, toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { parseJson } from "../json/parse.ts";
import { readVector, vectorsDirectory } from "../testing/vectors.ts";
import { publicKeyOf, sign, verifySignature } from "./ed25519.ts";
import { isPublicTestKey } from "./test-seeds.ts";
import { VerifyingKey } from "./verifying-key.ts";
import { isWeakKey, weakness } from "./weak-key.ts";

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();
const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const SPKI = "302a300506032b6570032100";
const PKCS8 = "302e020100300506032b657004220420";

function opensslAccepts(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const spki = Buffer.from(concatBytes(bytes(SPKI), key));
  return opensslVerify(
    null,
    message,
    createPublicKey({ key: spki, format: "der", type: "spki" }),
    signature,
  );
}

describe("against OpenSSL", () => {
  it("signs alike", () => {
    fc.assert(
      fc.property(octets(32), fc.uint8Array(), (seed, message) => {
        const der = Buffer.from(concatBytes(bytes(PKCS8), seed));
        const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
        expect(toHex(sign(seed, message))).toBe(opensslSign(null, message, key).toString("hex"));
      }),
      { numRuns: 30 },
    );
  });

  it("judges honest and altered signatures alike", () => {
    const flip = fc.record({ part: fc.constantFrom("key", "message", "signature"), bit: fc.nat() });
    fc.assert(
      fc.property(
        octets(32),
        fc.uint8Array({ minLength: 1 }),
        fc.option(flip),
        (seed, message, altered) => {
          const parts = { key: publicKeyOf(seed), message, signature: sign(seed, message) };
          if (altered !== null) {
            const part =
              altered.part === "key"
                ? parts.key
                : parts[altered.part === "message" ? "message" : "signature"];
            const at = altered.bit % (part.length * 8);
            part[at >> 3] = (part[at >> 3] ?? 0) ^ (1 << (at & 7));
          }
          const accepted = verifySignature(parts.key, parts.message, parts.signature);
          expect(accepted).toBe(opensslAccepts(parts.key, parts.message, parts.signature));
          expect(accepted).toBe(altered === null);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("judges points with a part of small order alike", () => {
    const torsion = bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");
    const small = Point.fromBytes(torsion, true);
    fc.assert(
      fc.property(
        octets(32),
        fc.uint8Array(),
        fc.integer({ min: 0, max: 7 }),
        (seed, message, n) => {
          const signature = sign(seed, message);
          const honest = publicKeyOf(seed);
          const bent = Point.fromBytes(honest)
            .add(small.multiply(BigInt(n), false))
            .toBytes();
          for (const key of [honest, bent, small.multiply(BigInt(n), false).toBytes()]) {
            const zero = concatBytes(key, new Uint8Array(32));
            for (const candidate of [signature, zero]) {
              const accepted = verifySignature(key, message, candidate);
              expect(accepted).toBe(opensslAccepts(key, message, candidate));
            }
          }
          expect(weakness(bent)).toBe(n === 0 ? null : "not-prime-order");
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("a key that is used often", () => {
  const small = Point.fromBytes(
    bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"),
    true,
  );
  const points = [Point.BASE.multiply(99n), Point.BASE.multiply(99n).add(small), small, Point.ZERO];

  it("multiplies as before once it has its table", () => {
    for (const point of points) {
      const key = new VerifyingKey(point);
      const order = Point.CURVE().n;
      const edges = [0n, 1n, 15n, 16n, order - 1n];
      const spread = Array.from({ length: 60 }, (_, index) => (order * BigInt(index)) / 60n);
      for (const k of [...spread, ...edges]) {
        const expected = point.negate().multiply(k, false);
        expect(toHex(key.negatedMultiple(k).toBytes())).toBe(toHex(expected.toBytes()));
      }
    }
  });

  it("keeps its verdicts while more keys than there are tables take turns", () => {
    const seeds = Array.from({ length: 20 }, (_, index) => new Uint8Array(32).fill(100 + index));
    const signers = seeds.map((seed) => ({ seed, key: publicKeyOf(seed) }));
    const message = utf8("turn");
    for (const { seed, key } of signers) {
      const signature = sign(seed, message);
      for (let round = 0; round < 26; round += 1) {
        expect(verifySignature(key, message, signature)).toBe(true);
      }
      expect(verifySignature(key, utf8("turm"), signature)).toBe(false);
    }
    for (const { seed, key } of signers) {
      expect(verifySignature(key, message, sign(seed, message))).toBe(true);
    }
  });
});

it("refuses, without a throw, material of another length and keys that are no point", () => {
  const message = utf8("m");
  const seed = new Uint8Array(32).fill(77);
  const signature = sign(seed, message);
  const key = publicKeyOf(seed);
  expect(verifySignature(key, message, signature)).toBe(true);
  expect(verifySignature(key.subarray(1), message, signature)).toBe(false);
  expect(verifySignature(key, message, signature.subarray(1))).toBe(false);
  expect(verifySignature(bytes(`02${"00".repeat(31)}`), message, signature)).toBe(false);
});

describe("weak keys", () => {
  const P = 2n ** 255n - 19n;
  const encode = (y: bigint, sign = false) => {
    const key = new Uint8Array(32);
    for (let at = 0; at < 32; at += 1) {
      key[at] = Number((y >> BigInt(8 * at)) & 255n);
    }
    key[31] = (key[31] ?? 0) | (sign ? 128 : 0);
    return key;
  };

  it.each([
    ["identity", encode(1n), "small-order"],
    ["identity, y not below p", encode(P + 1n), "small-order"],
    ["identity, x = 0 with its sign set", encode(1n, true), "small-order"],
    ["point of order 2", encode(P - 1n), "small-order"],
    ["point of order 4", encode(0n), "small-order"],
    ["no point", encode(2n), "not-a-point"],
    ["too short", new Uint8Array(31), "not-a-point"],
  ])("%s", (_, key, expected) => {
    expect(weakness(key)).toBe(expected);
    expect(isWeakKey(key)).toBe(true);
  });

  it("finds every key that is spelled in another way and is no point of small order", () => {
    const found = Array.from({ length: 19 }, (_, y) => weakness(encode(P + BigInt(y))));
    expect(found.filter((kind) => kind === "not-canonical").length).toBeGreaterThan(3);
    expect(found).not.toContain(null);
    expect(found).not.toContain("not-prime-order");
  });

  it("lets honest keys pass, and knows those that everyone can sign with", () => {
    const honest = publicKeyOf(Uint8Array.from({ length: 32 }, (_, at) => (at * 37) % 256));
    expect(isWeakKey(honest)).toBe(false);
    expect(isPublicTestKey(honest)).toBe(false);
    for (const octet of [0, 1, 9, 255]) {
      expect(isPublicTestKey(publicKeyOf(new Uint8Array(32).fill(octet)))).toBe(true);
    }
    expect(
      isPublicTestKey(bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")),
    ).toBe(true);
  });
});

describe.skipIf(vectorsDirectory() === null)("vectors", () => {
  interface EdgeCase {
    id: string;
    message_hex: string;
    public_key_hex: string;
    signature_hex: string;
    accepted_by_cofactorless_verify: boolean;
  }

  it("edge cases", () => {
    const { cases }: { cases: EdgeCase[] } = JSON.parse(readVector("ed25519-edge-cases.json"));
    expect(cases).toHaveLength(20);
    for (const edge of cases) {
      const parts = [edge.public_key_hex, edge.message_hex, edge.signature_hex].map(bytes);
      const [key, message, signature] = parts;
      expect([
        edge.id,
        key && message && signature && verifySignature(key, message, signature),
      ]).toStrictEqual([edge.id, edge.accepted_by_cofactorless_verify]);
    }
  });

  interface SigningCase {
    input_json?: string;
    canonical_json?: string;
    input_utf8?: string;
    expected_verify: boolean;
    public_key_hex: string;
    signature_hex: string;
  }

  it("signatures over texts", () => {
    const vectors: {
      signing_key_seed_hex: string;
      json_cases: SigningCase[];
      utf8_cases: SigningCase[];
    } = JSON.parse(readVector("receipts-april/signing.json"));
    const cases = [...vectors.json_cases, ...vectors.utf8_cases];
    expect(cases).toHaveLength(4);
    for (const known of cases) {
      let text = known.input_utf8 ?? "";
      if (known.input_json !== undefined) {
        const parsed = parseJson(known.input_json);
        text = parsed.ok ? canonicalize(parsed.value.value) : "";
        expect(text).toBe(known.canonical_json);
      }
      const key = bytes(known.public_key_hex);
      const signature = bytes(known.signature_hex);
      expect(verifySignature(key, utf8(text), signature)).toBe(known.expected_verify);
      if (known.expected_verify) {
        const seed = bytes(vectors.signing_key_seed_hex);
        expect(toHex(sign(seed, utf8(text)))).toBe(known.signature_hex);
        expect(isPublicTestKey(key)).toBe(true);
      }
    }
  });
});
