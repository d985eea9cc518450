import { p256 } from "@noble/curves/nist.js";
import { describe, expect, it } from "vitest";
import { sign } from "../crypto/ed25519.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { asU64, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { ccEscaped } from "../texts.ts";
import {
  agent,
  bodyWith,
  capabilityOf,
  crypto,
  ISSUER,
  ISSUER_SEED,
  seed,
  tokenWith,
} from "./testing/capabilities.ts";
import { verifyCapability } from "./verify.ts";

interface Settings {
  readonly now?: bigint;
  readonly trusted?: readonly string[];
}

function problem(token: JsonObject, { now = 100n, trusted = [ISSUER] }: Settings = {}): unknown {
  const found = verifyCapability(capabilityOf(token), {
    ...crypto,
    now,
    trustedIssuers: new Set(trusted),
  });
  return found === null ? null : [found.code, found.reason];
}

function signedOver(body: JsonObject, text: string): JsonObject {
  return { ...body, signature: toHex(sign(ISSUER_SEED, utf8(text))) };
}

const UNTRUSTED = ["untrusted-issuer", "capability issuer is not a trusted CA"];
const INVALID = ["invalid-signature", "capability signature is invalid"];
const EARLY = ["not-yet-valid", "capability not yet valid"];
const EXPIRED = ["expired", "capability has expired"];

describe("verifying a capability", () => {
  it("finds nothing wrong with a token that is in force", () => {
    expect(problem(tokenWith())).toBeNull();
  });

  it("is in force from its issue and not at its expiry", () => {
    const token = tokenWith();
    expect([99n, 100n, 199n, 200n, 201n].map((now) => problem(token, { now }))).toEqual([
      EARLY,
      null,
      null,
      EXPIRED,
      EXPIRED,
    ]);
  });

  it("is never in force where the window is empty", () => {
    const inverted = tokenWith({ issued_at: 200, expires_at: 100 });
    expect(problem(inverted, { now: 150n })).toEqual(EARLY);
    expect(problem(tokenWith({ expires_at: 100 }))).toEqual(EXPIRED);
  });

  it("asks for the issuer first, then the signature, then the time", () => {
    const forged = { ...tokenWith(), id: "other" };
    expect(problem(forged, { now: 500n, trusted: [] })).toEqual(UNTRUSTED);
    expect(problem(forged, { now: 500n })).toEqual(INVALID);
    expect(problem(tokenWith({ caveats: [1] }), { now: 500n })).toEqual(EXPIRED);
  });

  it("knows an issuer by the canonical spelling of its key", () => {
    const token = { ...tokenWith(), issuer: ISSUER.toUpperCase() };
    expect(problem(token)).toBeNull();
    expect(problem(token, { trusted: [ISSUER.toUpperCase()] })).toEqual(UNTRUSTED);
  });

  it("trusts no weak key, not even a listed one", () => {
    const smallOrder = `01${"00".repeat(31)}`;
    const token = bodyWith({
      issuer: smallOrder,
      // R the identity and S zero: fits every message under the identity.
      signature: `01${"00".repeat(63)}`,
    });
    expect(problem(token, { trusted: [smallOrder] })).toEqual(UNTRUSTED);
  });

  it.each<readonly [string, JsonObject]>([
    ["id", { id: "cap-2" }],
    ["subject", { subject: agent(1) }],
    ["scope", { scope: { grants: [] } }],
    ["issued_at", { issued_at: 99 }],
    ["expires_at", { expires_at: 201 }],
    ["schema", { schema: null }],
  ])("covers %s", (name, change) => {
    const token = { ...tokenWith(), ...change };
    expect(problem(token)).toEqual(name === "schema" ? null : INVALID);
  });

  it("accepts the plain form, and both in the older escape dialect", () => {
    const body = bodyWith({ id: "cap-\u0085" });
    const enveloped = { ...body, schema: "chio.capability.v1" };
    const texts = [canonicalize(body), canonicalize(enveloped)];
    for (const text of [...texts, ...texts.map(ccEscaped)]) {
      expect(problem(signedOver(body, text))).toBeNull();
    }
  });

  it("refuses a signature over the raw form alone, and says so", () => {
    const raw = [
      "invalid-signature",
      "capability signature is invalid: it covers only the raw form, which the reference kernel would reject",
    ];
    const body = bodyWith({ delegation_chain: [] });
    expect(problem(signedOver(body, canonicalize(body)))).toEqual(raw);
    const escaped = bodyWith({ id: "cap-\u0085", note: "unsigned elsewhere" });
    expect(problem(signedOver(escaped, ccEscaped(canonicalize(escaped))))).toEqual(raw);
  });

  it("does not let a signed extension be stripped", () => {
    const { budget_share_bps: _, ...stripped } = tokenWith({ budget_share_bps: 100 });
    expect(problem(stripped)).toEqual(INVALID);
  });

  it("refuses what it cannot enforce", () => {
    expect(problem(tokenWith({ caveats: ["x"], budget_share_bps: 1 }))).toEqual([
      "unsupported-capability",
      "capability holds what this kernel does not enforce: caveats, budget_share_bps",
    ]);
  });

  it("refuses a signature that cannot be read", () => {
    const unreadable = [
      "invalid-signature",
      "capability verification failed: the signature cannot be read",
    ];
    expect(problem({ ...tokenWith(), signature: "00" })).toEqual(unreadable);
    expect(problem(bodyWith())).toEqual(unreadable);
    expect(problem({ ...tokenWith(), algorithm: "p256" })).toEqual(unreadable);
  });

  it("verifies tokens of other curves by their own rule", () => {
    const secret = seed(1);
    const issuer = `p256:${toHex(p256.getPublicKey(secret, false))}`;
    const body = bodyWith({ issuer });
    const signature = p256.sign(utf8(canonicalize(body)), secret, { format: "der" });
    const token = { ...body, signature: `p256:${toHex(signature)}` };
    expect(problem(token, { trusted: [issuer] })).toBeNull();
    expect(problem({ ...token, id: "other" }, { trusted: [issuer] })).toEqual(INVALID);
  });

  it("does not take half a hybrid check for a whole one", () => {
    const hybrid = (classical: string, octets: number): string =>
      `hybrid:${classical}:${"00".repeat(octets)}:ed25519+mldsa65`;
    const issuer = hybrid(ISSUER, 1952);
    const body = bodyWith({ issuer });
    const half = toHex(sign(ISSUER_SEED, utf8(canonicalize(body))));
    const token = { ...body, signature: hybrid(half, 3309) };
    expect(problem(token, { trusted: [issuer] })).toEqual([
      "invalid-signature",
      "capability verification failed: hybrid signatures need ML-DSA-65",
    ]);
  });
});

const missing = vectorsDirectory() === null;

function cases(file: string): readonly JsonObject[] {
  const list = missing ? [] : member(readObject(file), "cases");
  return isArray(list) ? list.filter(isObject) : [];
}

function objectAt(value: JsonObject, name: string): JsonObject {
  const item = member(value, name);
  return isObject(item) ? item : {};
}

describe.skipIf(missing)("capability vectors", () => {
  for (const file of ["receipts-april/capability.json", "receipts-v1/capability.json"]) {
    it.each(cases(file).map((one) => [member(one, "id"), one] as const))(
      `${file}: %s`,
      (_, one) => {
        const capability = capabilityOf(objectAt(one, "capability"));
        const found = verifyCapability(capability, {
          ...crypto,
          now: asU64(member(one, "verify_at")) ?? 0n,
          trustedIssuers: new Set([capability.issuer]),
        });
        const expected = objectAt(one, "expected");
        const status = member(expected, "time_status");
        const inForce = capability.unsupported.length > 0 ? "unsupported-capability" : null;
        const late = status === "expired" ? "expired" : "not-yet-valid";
        const code = status === "valid" ? inForce : late;
        expect(found?.code ?? null).toBe(
          member(expected, "signature_valid") === true ? code : "invalid-signature",
        );
      },
    );
  }

  it("refuses the tokens that fit in raw form alone", () => {
    const names = ["auditor", "procurement", "provider", "settlement", "subcontractor"];
    for (const name of names) {
      const capability = capabilityOf(readObject(`capabilities/${name}-agent.json`));
      const trustedIssuers = new Set([capability.issuer]);
      const now = capability.issuedAt;
      expect(verifyCapability(capability, { ...crypto, now, trustedIssuers })?.reason).toMatch(
        /covers only the raw form/,
      );
    }
  });
});
