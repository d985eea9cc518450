import { createSign, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toHex, utf8 } from "../encoding.ts";
import { verifyEcdsa } from "./ecdsa.ts";
import { parsePublicKey, parseSignature } from "./key.ts";

const ED = "ab".repeat(32);
const ED_SIGNATURE = "cd".repeat(64);

describe("Ed25519 material", () => {
  it.each([
    [ED, "normal"],
    [`0x${ED}`, "prefixed"],
    [`ed25519:${ED}`, "prefixed"],
    [`ed25519:pub:${ED}`, "prefixed"],
    [`ed25519:0x${ED.toUpperCase()}`, "prefixed"],
    [ED.toUpperCase(), "upper-case"],
  ])("reads %s as %s", (text, spelling) => {
    expect(parsePublicKey(text)).toMatchObject({
      ok: true,
      value: { kind: "ed25519", canonical: ED, spelling },
    });
    expect(parseSignature(text + ED)).toMatchObject({
      ok: true,
      value: { kind: "ed25519", spelling },
    });
  });

  it.each([
    ["", /0 octets/],
    [ED.slice(2), /31 octets, ed25519 has 32/],
    [`${ED}00`, /33 octets/],
    [`${ED.slice(2)}zz`, /not hexadecimal/],
    [` ${ED}`, /not hexadecimal/],
    ["demo-signer", /not hexadecimal/],
    [`pub:${ED}`, /not hexadecimal/],
    [`p521:${ED}`, /not hexadecimal/],
  ])("refuses %j", (text, reason) => {
    const parsed = parsePublicKey(text);
    expect(parsed.ok ? "" : parsed.error).toMatch(reason);
  });

  it("tells a key from a signature by length", () => {
    expect(parseSignature(ED).ok).toBe(false);
    expect(parsePublicKey(ED_SIGNATURE).ok).toBe(false);
  });
});

describe.each([
  ["p256", "prime256v1", "sha256", 65],
  ["p384", "secp384r1", "sha384", 97],
] as const)("%s", (kind, namedCurve, digest, length) => {
  const pair = generateKeyPairSync("ec", { namedCurve });
  const spki = pair.publicKey.export({ format: "der", type: "spki" });
  const point = new Uint8Array(spki.subarray(spki.length - length));
  const message = utf8("a receipt");

  it("verifies what OpenSSL signed, high s included, and nothing altered", () => {
    for (let round = 0; round < 6; round += 1) {
      const der = new Uint8Array(createSign(digest).update(message).sign(pair.privateKey));
      const key = parsePublicKey(`${kind}:${toHex(point)}`);
      const signature = parseSignature(`${kind}:${toHex(der)}`);
      expect(key).toMatchObject({ ok: true, value: { kind, spelling: "normal" } });
      expect(signature).toMatchObject({ ok: true, value: { kind, spelling: "normal" } });
      expect(verifyEcdsa(kind, point, message, der)).toBe(true);
      expect(verifyEcdsa(kind, point, utf8("another"), der)).toBe(false);
    }
  });

  it("is false for malformed material", () => {
    expect(verifyEcdsa(kind, point, message, new Uint8Array(70))).toBe(false);
    expect(verifyEcdsa(kind, point.fill(1, 1), message, new Uint8Array(70))).toBe(false);
    expect(parsePublicKey(`${kind}:02${"00".repeat(length - 1)}`).ok).toBe(false);
    expect(parsePublicKey(`${kind}:04`).ok).toBe(false);
    expect(parseSignature(`${kind}:30`).ok).toBe(false);
  });
});

describe("hybrid material", () => {
  const postQuantum = "0f".repeat(1952);
  const p256 = `p256:04${"11".repeat(64)}`;

  it.each([
    `hybrid:${ED}:${postQuantum}:ed25519+mldsa65`,
    `hybrid:${p256}:${postQuantum}:p256+mldsa65`,
  ])("is split from the right", (text) => {
    expect(parsePublicKey(text)).toStrictEqual({
      ok: true,
      value: { kind: "hybrid", canonical: text, spelling: "normal" },
    });
  });

  it.each([
    ["hybrid:", /unknown algorithm/],
    [`hybrid:${ED}:${postQuantum}:ed25519`, /unknown algorithm/],
    [`hybrid:${ED}:${postQuantum}:p256+mldsa65`, /not made of/],
    [`hybrid:${ED}:0f:ed25519+mldsa65`, /1952 octets/],
    [`hybrid:${ED.slice(2)}:${postQuantum}:ed25519+mldsa65`, /31 octets/],
    [
      `hybrid:hybrid:${ED}:${postQuantum}:ed25519+mldsa65:${postQuantum}:ed25519+mldsa65`,
      /another hybrid/,
    ],
  ])("refuses %.40s", (text, reason) => {
    const parsed = parsePublicKey(text);
    expect(parsed.ok ? "" : parsed.error).toMatch(reason);
  });

  it("reads the spelling of either part", () => {
    const text = `hybrid:${ED}:${postQuantum.toUpperCase()}:ed25519+mldsa65`;
    expect(parsePublicKey(text)).toMatchObject({ ok: true, value: { spelling: "upper-case" } });
    expect(parseSignature(`hybrid:${ED_SIGNATURE}:${"0f".repeat(3309)}:ed25519+mldsa65`).ok).toBe(
      true,
    );
  });
});
