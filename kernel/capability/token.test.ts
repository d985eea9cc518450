import { describe, expect, it } from "vitest";
import { publicKeyOf } from "../crypto/ed25519.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex } from "../encoding.ts";
import type { JsonObject } from "../json/value.ts";
import { checkClaim, type SignatureClaim } from "../signature.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { signDelegationLink, signToken } from "./sign.ts";
import { inspectToken, timeStatus } from "./token.ts";

const ISSUER = new Uint8Array(32).fill(0x51);
const AGENT = new Uint8Array(32).fill(0x52);
const WORKER = new Uint8Array(32).fill(0x53);
const keyOf = (seed: Uint8Array) => toHex(publicKeyOf(seed));

const FIRST = signDelegationLink(
  { capability_id: "cap-0", delegatee: keyOf(AGENT), timestamp: 5 },
  ISSUER,
);
const SECOND = signDelegationLink(
  { capability_id: "cap-1", delegatee: keyOf(WORKER), timestamp: 6 },
  AGENT,
);

function token(extra: JsonObject = {}): JsonObject {
  return {
    id: "cap-2",
    subject: keyOf(WORKER),
    scope: { grants: [{ server_id: "srv", tool_name: "*", operations: ["invoke"] }] },
    issued_at: 10,
    expires_at: 20,
    delegation_chain: [FIRST, SECOND],
    ...extra,
  };
}

async function preimage(claim: SignatureClaim | null | undefined): Promise<string> {
  if (!claim) {
    return "no claim";
  }
  const outcome = await checkClaim(claim, exactBackend);
  return outcome.kind === "fits" ? outcome.preimage : outcome.kind;
}

function delegation(value: JsonObject): string {
  const { checks } = inspectToken(value, purePrimitives);
  const failed = checks.find((check) => check.outcome.kind === "failed")?.outcome;
  return failed?.kind === "failed" ? `${failed.code} ${failed.pointer}` : "holds";
}

describe("capability token", () => {
  it("fits as signed, with both links", async () => {
    const inspection = inspectToken(signToken(token(), ISSUER), purePrimitives);
    expect(await preimage(inspection.claim)).toBe("enveloped");
    expect(await Promise.all(inspection.linkClaims.map(preimage))).toEqual(["normal", "normal"]);
    expect(inspection.facts.ancestors).toEqual(["cap-0", "cap-1"]);
    expect(inspection.facts.grants).toEqual(["srv/*"]);
  });

  it("does not fall back to the plain body when a signed extension was stripped or added", async () => {
    const limited = signToken(token({ budget_share_bps: 100 }), ISSUER);
    const { budget_share_bps: _limit, ...unlimited } = limited;
    expect(await preimage(inspectToken(limited, purePrimitives).claim)).toBe("enveloped");
    expect(await preimage(inspectToken(unlimited, purePrimitives).claim)).toBe("does-not-fit");
    const names = inspectToken(limited, purePrimitives).claim?.preimages.map(({ name }) => name);
    expect(names).toEqual(["enveloped", "raw"]);
  });

  it.each<readonly [string, JsonObject]>([
    ["/delegation_chain/1/delegator", { delegation_chain: [SECOND, FIRST] }],
    ["/delegation_chain/1/timestamp", { delegation_chain: [{ ...FIRST, timestamp: 9 }, SECOND] }],
    ["/delegation_chain/0", { delegation_chain: [7] }],
    ["/delegation_chain", { delegation_chain: "none" }],
    ["/delegation_chain/0/signature", { delegation_chain: [{ ...FIRST, signature: "00" }] }],
    ["/delegation_chain/0/timestamp", { delegation_chain: [{ ...FIRST, timestamp: "5" }] }],
    ["/delegation_chain/1/timestamp", { delegation_chain: [FIRST, { ...SECOND, timestamp: -1 }] }],
    ["/delegation_chain/1/delegator", { delegation_chain: [FIRST, { ...SECOND, delegator: 7 }] }],
  ])("refuses links that do not join at %s", (pointer, change) => {
    expect(delegation(signToken(token(change), ISSUER))).toBe(`SIG-009 ${pointer}`);
  });

  it("does not take two links that name nobody for a join", () => {
    const nobody = { ...FIRST, delegatee: 7 };
    const value = signToken(
      token({ delegation_chain: [nobody, { ...SECOND, delegator: 7 }] }),
      ISSUER,
    );
    expect(delegation(value)).toBe("SIG-009 /delegation_chain/1/delegator");
  });

  it("reads explicit empties as the members that a typed writer leaves out", async () => {
    const signed = signToken(token({ delegation_chain: [] }), ISSUER);
    const empties = {
      constraints: [],
      max_invocations: null,
      max_cost_per_invocation: null,
      max_total_cost: null,
      dpop_required: null,
    };
    for (const [name, empty] of Object.entries(empties)) {
      const grant = { server_id: "srv", tool_name: "*", operations: ["invoke"], [name]: empty };
      const spelled = { ...signed, scope: { grants: [grant], resource_grants: [] } };
      expect(await preimage(inspectToken(spelled, purePrimitives).claim)).toBe("enveloped");
    }
  });

  it("covers a scope of any type with its signature", async () => {
    const odd = signToken(token({ scope: "nothing" }), ISSUER);
    const changed = { ...odd, scope: "everything" };
    expect(await preimage(inspectToken(odd, purePrimitives).claim)).toBe("enveloped");
    expect(await preimage(inspectToken(changed, purePrimitives).claim)).toBe("does-not-fit");
  });

  it.each([
    [undefined, true],
    [null, true],
    ["chio.capability.v1", true],
    ["chio.capability.v2", false],
  ])("with the schema %s, the plain reading is tried: %s", (schema, tried) => {
    const value = signToken(token(schema === undefined ? {} : { schema }), ISSUER);
    const names = inspectToken(value, purePrimitives).claim?.preimages.map(({ name }) => name);
    expect(names?.includes("plain")).toBe(tried);
  });

  it("notes members that it does not know and keys in another spelling, and no others", () => {
    const prefixed = { ...FIRST, delegator: `ed25519:${keyOf(ISSUER)}` };
    const signed = signToken(token({ delegation_chain: [prefixed] }), ISSUER);
    const pointers = (value: JsonObject) =>
      inspectToken(value, purePrimitives).notes.map(({ pointer }) => pointer);
    expect(pointers(signToken(token({ algorithm: "ed25519" }), ISSUER))).toEqual([]);
    expect(pointers({ ...signed, issuer: keyOf(ISSUER).toUpperCase(), extra: 1 })).toEqual([
      "/extra",
      "/issuer",
      "/delegation_chain/0/delegator",
    ]);
  });

  it("says which of its own key and signature cannot be read", () => {
    const { issuer: _issuer, ...nobody } = signToken(token(), ISSUER);
    const { claim, checks } = inspectToken(nobody, purePrimitives);
    expect(claim).toBeNull();
    expect(checks.map(({ outcome }) => outcome.kind)).toEqual(["passed", "failed"]);
  });

  it("is in force from its issue and not at its expiry", () => {
    const { facts } = inspectToken(signToken(token(), ISSUER), purePrimitives);
    expect([9n, 10n, 19n, 20n].map((at) => timeStatus(facts, at))).toEqual([
      "not_yet_valid",
      "valid",
      "valid",
      "expired",
    ]);
  });
});
