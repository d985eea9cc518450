import { verify as nobleVerify } from "@noble/ed25519";
import { describe, expect, it } from "vitest";
import { purePrimitives } from "./crypto/sha256.ts";
import { KNOWN_ANSWERS } from "./known-answers.ts";
import { runSelfTest } from "./self-test.ts";
import type { SignatureBackend } from "./signature.ts";
import { exactBackend as exact } from "./testing/exact-backend.ts";

const webCrypto: SignatureBackend = {
  name: "WebCrypto",
  async verify(publicKey, message, signature) {
    const raw = new Uint8Array(publicKey);
    const key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    return crypto.subtle.verify("Ed25519", key, new Uint8Array(signature), new Uint8Array(message));
  },
};

const names = (expected: "accept" | "refuse") =>
  KNOWN_ANSWERS.filter(({ expect: kind }) => kind === expected).map(({ name }) => name);

it("asks enough, each question under its own name", () => {
  expect(names("accept").length).toBeGreaterThanOrEqual(9);
  expect(names("refuse").length).toBeGreaterThanOrEqual(14);
  expect(new Set(KNOWN_ANSWERS.map(({ name }) => name)).size).toBe(KNOWN_ANSWERS.length);
});

it.each([exact, webCrypto])(
  "passes with the kernel's own primitives and $name",
  async (backend) => {
    const accepted = names("accept").length;
    const refused = names("refuse").length;
    expect(await runSelfTest(purePrimitives, backend)).toStrictEqual({
      accepted: { passed: accepted, total: accepted },
      refused: { passed: refused, total: refused },
      failures: [],
    });
  },
);

describe("finds", () => {
  const failuresOf = async (verify: SignatureBackend["verify"]) =>
    (await runSelfTest(purePrimitives, { name: "sabotaged", verify })).failures;

  it("a backend that accepts everything", async () => {
    const failures = await failuresOf(() => true);
    expect(failures).toContain("ed25519-flipped-message");
    expect(failures).toContain("ed25519-s-plus-group-order");
    expect(failures).not.toContain("ed25519-honest");
  });

  it("a backend that refuses everything", async () => {
    expect(await failuresOf(() => Promise.resolve(false))).toContain("ed25519-honest");
  });

  it("a backend that throws", async () => {
    const failures = await failuresOf(() => Promise.reject(new Error("no such algorithm")));
    expect(failures).toContain("ed25519-honest");
    expect(failures).toContain("ed25519-flipped-message");
  });

  it("the library's own rule, in both modes", async () => {
    expect(
      await failuresOf((key, message, signature) =>
        nobleVerify(signature, message, key, { zip215: true }),
      ),
    ).toStrictEqual([
      "ed25519-r-beyond-p",
      "ed25519-torsioned-r-cofactor-only",
      "ed25519-torsioned-key-cofactor-only",
    ]);
    const strict = await failuresOf((key, message, signature) =>
      nobleVerify(signature, message, key, { zip215: false }),
    );
    expect(strict).toContain("ed25519-torsioned-r-cofactor-only");
    expect(strict).toContain("ed25519-small-order-key");
  });

  it("a hash or an encoding that is wrong now and then", async () => {
    const { sha256, utf8 } = purePrimitives;
    const wrongHash = (message: Uint8Array) =>
      sha256(message.length > 55 ? message.subarray(1) : message);
    const hashed = await runSelfTest({ sha256: wrongHash, utf8 }, exact);
    expect(hashed.failures).toContain("sha256-fips-two-blocks");
    expect(hashed.failures).toContain("merkle-root");
    const latin = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0));
    expect((await runSelfTest({ sha256, utf8: latin }, exact)).failures).toContain(
      "utf8-all-widths",
    );
  });
});
