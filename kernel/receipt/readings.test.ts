import { p256, p384 } from "@noble/curves/nist.js";
import { describe, expect, it } from "vitest";
import { sign } from "../crypto/ed25519.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize, canonicalizeCcEscape } from "../json/canonicalize.ts";
import type { JsonObject } from "../json/value.ts";
import { BODY, codes, HASH, inspect, KEY, notes, preimage, SEED } from "../testing/receipts.ts";
import { signPreV1 } from "./sign.ts";

function signedText(text: string): string {
  return toHex(sign(SEED, utf8(text)));
}

function signedRaw(body: JsonObject): JsonObject {
  return { ...body, signature: signedText(canonicalize(body)) };
}

describe("readings", () => {
  const dashed: JsonObject = { ...BODY, metadata: { note: "a\u007fb\u0085c" } };

  it("names the older escape dialect", async () => {
    const key = { ...dashed, kernel_key: KEY };
    const receipt = { ...key, signature: signedText(canonicalizeCcEscape(key)) };
    expect(await preimage(inspect(receipt))).toBe("cc-escape");
    expect(inspect(signPreV1(dashed, SEED)).claim?.preimages.map(({ name }) => name)).toEqual([
      "normal",
      "cc-escape",
    ]);
    expect(inspect(signPreV1(BODY, SEED)).claim?.preimages).toHaveLength(1);
  });

  it("names a signature over the members as received, unknown ones included", async () => {
    const receipt = signedRaw({ ...BODY, kernel_key: KEY, evidence: [], extra: "signed" });
    const inspection = inspect(receipt);
    expect(await preimage(inspection)).toBe("raw");
    expect(notes(inspection)).toEqual(["FMT-008 /extra"]);
    const extra = (name: "normal" | "raw") =>
      inspection.coverage(name).find(({ pointer }) => pointer === "/extra")?.coverage;
    expect([extra("normal"), extra("raw")]).toEqual(["not-covered", "covered"]);
  });

  it("reads the documentation form as spelled first, then without prefixes", async () => {
    const example: JsonObject = {
      ...BODY,
      decision: "allow",
      content_hash: `sha256:${HASH}`,
      evidence: [{ guard: "forbidden-path", verdict: "allow" }],
      kernel_key: `ed25519:pub:${KEY}`,
    };
    const spelled = inspect({
      ...example,
      signature: `ed25519:${signedText(canonicalize(example))}`,
    });
    expect(spelled.form).toBe("documentation");
    expect(await preimage(spelled)).toBe("raw");
    expect(spelled.facts.decision).toBe("allow");
    expect(spelled.facts.evidence).toEqual([
      { guard: "forbidden-path", verdict: true, details: null },
    ]);
    const bare = { ...example, content_hash: HASH, kernel_key: KEY };
    const stripped = inspect({ ...example, signature: signedText(canonicalize(bare)) });
    expect(await preimage(stripped)).toBe("stripped");
    const bareKey = { ...example, kernel_key: KEY };
    const parsed = inspect({ ...example, signature: signedText(canonicalize(bareKey)) });
    expect(await preimage(parsed)).toBe("stripped");
    const april = signPreV1({ ...BODY, evidence: [], trust_level: "mediated" }, SEED);
    const prefixed = inspect({ ...april, kernel_key: `ed25519:${KEY}` });
    expect(await preimage(prefixed)).toBe("plain");
  });

  it("cannot check an abbreviated example, and does not call a damaged key one", () => {
    const example: JsonObject = { ...BODY, decision: "allow", signature: "ed25519:ab12...ef" };
    for (const key of ["ed25519:pub:12ab...90", "kernel-prod-01"]) {
      const inspection = inspect({ ...example, kernel_key: key });
      expect(notes(inspection)).toEqual(["SIG-008 /kernel_key"]);
      expect(codes(inspection)).toEqual([]);
    }
    const action = { parameters: {}, parameter_hash: "sha256:a1b2c3d4..." };
    const printed = inspect({ ...example, action, kernel_key: "ed25519:pub:12ab...90" });
    expect(codes(printed)).toEqual([]);
    const signed = {
      ...signPreV1(BODY, SEED),
      action: { parameters: {}, parameter_hash: "a1b2..." },
    };
    expect(codes(inspect(signed))).toEqual(["HSH-001"]);
    const shortened = { ...signPreV1(BODY, SEED), signature: "ed25519:ab12..." };
    expect(codes(inspect(shortened))).toEqual(["SIG-001"]);
    const damaged = { ...signPreV1(BODY, SEED), kernel_key: `x${KEY.slice(1)}` };
    expect(codes(inspect(damaged))).toEqual(["SIG-001"]);
    expect(codes(inspect({ ...damaged, decision: "allow" }))).toEqual(["SIG-001"]);
  });

  it("calls a hybrid signature unsupported, never a misfit", async () => {
    const key = `hybrid:${KEY}:${"00".repeat(1952)}:ed25519+mldsa65`;
    const signature = `hybrid:${"00".repeat(64)}:${"00".repeat(3309)}:ed25519+mldsa65`;
    expect(await preimage(inspect({ ...BODY, kernel_key: key, signature }))).toBe("unsupported");
  });

  it.each([
    ["p256", p256],
    ["p384", p384],
  ] as const)("fits under %s", async (name, curve) => {
    const secretKey = new Uint8Array(name === "p256" ? 32 : 48).fill(7);
    const body = {
      ...BODY,
      kernel_key: `${name}:${toHex(curve.getPublicKey(secretKey, false))}`,
    };
    const der = curve.sign(utf8(canonicalize(body)), secretKey, { format: "der" });
    const receipt = { ...body, algorithm: name, signature: `${name}:${toHex(der)}` };
    expect(await preimage(inspect(receipt))).toBe("normal");
    expect(await preimage(inspect({ ...receipt, timestamp: 1 }))).toBe("does-not-fit");
  });
});
