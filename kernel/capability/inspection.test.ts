import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { withMember } from "../record-members.ts";
import { checkClaimNow, type SignatureClaim } from "../signature.ts";
import { delegationCheck, linkInspections } from "./delegation.ts";
import { normalToken } from "./normal-form.ts";
import { signDelegationLink, signToken } from "./sign.ts";
import {
  agent,
  bodyWith,
  ISSUER,
  ISSUER_SEED,
  seed,
  tokenWith,
  verifyOnce,
} from "./testing/capabilities.ts";
import { honestChain, signedLinks } from "./testing/chain.ts";
import { inspectToken, timeStatus } from "./token.ts";

const LINKS = signedLinks(honestChain(3));

function joined(chain: JsonValue, maxDepth: number | null = null): unknown {
  const { outcome } = delegationCheck({ delegation_chain: chain }, maxDepth);
  return outcome.kind === "failed"
    ? [outcome.code, outcome.pointer, outcome.expected, outcome.actual]
    : outcome.kind;
}

/** The chain with changes to its second link. */
function second(change: JsonObject): JsonValue {
  return LINKS.map((link, index) => (index === 1 ? { ...link, ...change } : link));
}

function reading(claim: SignatureClaim | null | undefined): string {
  if (!claim) {
    return "no claim";
  }
  const outcome = checkClaimNow(claim, verifyOnce);
  return outcome.kind === "fits" ? outcome.preimage : outcome.kind;
}

describe("the structure of a chain", () => {
  it("passes where the links join, and does not apply without any", () => {
    expect(joined(LINKS)).toBe("passed");
    expect(joined([])).toBe("passed");
    expect(joined(null)).toBe("not-applicable");
    expect(delegationCheck({}, 0)).toEqual({
      name: "delegation",
      outcome: { kind: "not-applicable", why: "issued directly" },
    });
  });

  it("is bounded in depth, where it is bounded", () => {
    expect([joined(LINKS, 4), joined(LINKS, 3)]).toEqual(["passed", "passed"]);
    expect(joined(LINKS, 2)).toEqual([
      "SIG-009",
      "/delegation_chain",
      "at most 2 links",
      "3 links",
    ]);
    expect(joined([], 0)).toBe("passed");
  });

  it("is a list of links", () => {
    expect(joined("none")).toEqual(["SIG-009", "/delegation_chain", "a list", "another type"]);
    const type = ["a link", "another type"];
    expect(joined([7])).toEqual(["SIG-009", "/delegation_chain/0", ...type]);
    expect(joined([...LINKS, null])).toEqual(["SIG-009", "/delegation_chain/3", ...type]);
  });

  it("hands on from each delegatee to the next delegator, however the keys are spelled", () => {
    const at = "/delegation_chain/1/delegator";
    expect(joined(second({ delegator: agent(1).toUpperCase() }))).toBe("passed");
    expect(joined(second({ delegator: agent(4) }))).toEqual(["SIG-009", at, agent(1), agent(4)]);
    expect(joined(second({ delegator: "no key" }))).toEqual(["SIG-009", at, agent(1), "no key"]);
    expect(joined(second({ delegator: 7 }))).toEqual(["SIG-009", at, agent(1), null]);
    const nobody = LINKS.map(({ delegator: _, delegatee: __, ...link }) => link);
    expect(joined(nobody)).toEqual(["SIG-009", at, null, null]);
  });

  it("has a time at every link, and none before the one before it", () => {
    const at = "/delegation_chain/1/timestamp";
    expect(joined(second({ timestamp: 105 }))).toBe("passed");
    expect(joined(second({ timestamp: 104 }))).toEqual(["SIG-009", at, "at least 105", "104"]);
    expect(joined(second({ timestamp: "115" }))).toEqual(["SIG-009", at, "Unix seconds", null]);
    const [first = {}] = LINKS;
    expect(joined([withMember(first, "timestamp", -1)])).toEqual([
      "SIG-009",
      "/delegation_chain/0/timestamp",
      "Unix seconds",
      null,
    ]);
  });
});

describe("the signatures of a chain", () => {
  const inspect = (...links: readonly JsonValue[]) =>
    linkInspections({ delegation_chain: links }, purePrimitives);

  it("are one claim for each link, at its place", () => {
    const { claims, checks, notes } = inspect(...LINKS);
    expect(claims.map(reading)).toEqual(["normal", "normal", "normal"]);
    expect(claims.map(({ pointer }) => pointer)).toEqual([
      "/delegation_chain/0/signature",
      "/delegation_chain/1/signature",
      "/delegation_chain/2/signature",
    ]);
    expect([checks, notes]).toEqual([[], []]);
    expect(linkInspections({ delegation_chain: "x" }, purePrimitives).claims).toEqual([]);
    expect(linkInspections({}, purePrimitives).claims).toEqual([]);
  });

  it("try one reading where the raw form is the normal one", () => {
    const names = (link: JsonObject): unknown =>
      inspect(link).claims[0]?.preimages.map(({ name }) => name);
    const [link = {}] = LINKS;
    expect(names(link)).toEqual(["normal"]);
    expect(names({ ...link, attenuations: [] })).toEqual(["normal", "raw"]);
    expect(names({ ...link, capability_id: "\u0085" })).toEqual(["normal", "cc-escape"]);
  });

  it("cover every member but the signature and the algorithm's name", () => {
    const [link = {}] = LINKS;
    const [claim] = inspect({ ...link, algorithm: "ed25519" }).claims;
    expect(reading(claim)).toBe("normal");
    expect(reading(inspect({ ...link, note: 1 }).claims[0])).toBe("does-not-fit");
    const spelled = { ...link, delegator: agent(0).toUpperCase(), delegatee: `0x${agent(1)}` };
    expect(reading(inspect(spelled).claims[0])).toBe("normal");
    expect(inspect(spelled).notes).toEqual([
      { code: "FMT-009", pointer: "/delegation_chain/0/delegator", actual: spelled.delegator },
    ]);
  });

  it.each<readonly [string, JsonObject]>([
    ["signature", { signature: "00" }],
    ["delegator", { delegator: "no key" }],
    ["algorithm", { algorithm: "p256" }],
  ])("are refused where the %s cannot be read", (name, change) => {
    const { claims, checks } = inspect({ ...LINKS[0], ...change }, LINKS[1] ?? {});
    expect(claims.map(({ pointer }) => pointer)).toEqual(["/delegation_chain/1/signature"]);
    expect(checks).toMatchObject([
      {
        name: "delegation",
        outcome: { kind: "failed", code: "SIG-009", pointer: `/delegation_chain/0/${name}` },
      },
    ]);
    expect(inspect(7).checks).toHaveLength(1);
  });
});

describe("the inspection of a token", () => {
  it("gives what the token says", () => {
    const { facts } = inspectToken(tokenWith({ delegation_chain: LINKS }), purePrimitives);
    expect(facts).toEqual({
      id: "cap-1",
      issuer: ISSUER,
      subject: agent(0),
      issuedAt: 100n,
      expiresAt: 200n,
      grants: ["srv/tool"],
      ancestors: ["cap-0", "cap-1", "cap-2"],
    });
  });

  it("gives nothing for what the token does not say", () => {
    const empty = { id: "", issuer: "", subject: "", issuedAt: null, expiresAt: null };
    for (const scope of [null, 7, { grants: 7 }, { grants: [7] }]) {
      const { facts } = inspectToken({ scope, delegation_chain: [7, {}] }, purePrimitives);
      expect(facts).toEqual({ ...empty, grants: [], ancestors: [] });
    }
    expect(inspectToken({ scope: { grants: [{}] } }, purePrimitives).facts.grants).toEqual(["/"]);
  });

  it("has no claim where the material cannot be read, and says so", () => {
    const { claim, checks } = inspectToken(bodyWith(), purePrimitives);
    expect(claim).toBeNull();
    expect(checks.map(({ name }) => name)).toEqual(["delegation", "signature"]);
  });

  it("notes unknown members and unusual spellings, of links too", () => {
    const [link = {}] = LINKS;
    const token = {
      ...tokenWith({ delegation_chain: [withMember(link, "delegator", `0x${agent(0)}`)] }),
      issuer: ISSUER.toUpperCase(),
      note: 1,
    };
    const { notes, claim } = inspectToken(token, purePrimitives);
    expect(notes.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      "FMT-008 /note",
      "FMT-009 /issuer",
      "FMT-009 /delegation_chain/0/delegator",
    ]);
    expect(claim?.pointer).toBe("/signature");
    expect(reading(claim)).toBe("enveloped");
  });

  it.each<readonly [string, JsonObject, readonly string[]]>([
    ["no schema", {}, ["enveloped", "plain", "raw"]],
    ["no schema's value", { schema: null }, ["enveloped", "plain", "raw"]],
    ["the schema", { schema: "chio.capability.v1" }, ["enveloped", "plain", "raw"]],
    ["another schema", { schema: "x" }, ["enveloped", "raw"]],
    ["a signed extension", { caveats: [1] }, ["enveloped", "raw"]],
    ["an empty extension", { caveats: [] }, ["enveloped", "plain", "raw"]],
  ])("with %s tries the readings that it may have", (_, change, names) => {
    const { claim } = inspectToken({ ...tokenWith(), ...change }, purePrimitives);
    expect(claim?.preimages.map(({ name }) => name)).toEqual(names);
    expect(
      reading(inspectToken(signToken(bodyWith(change), ISSUER_SEED), purePrimitives).claim),
    ).toBe("enveloped");
  });

  it("knows no time without both ends", () => {
    const { facts } = inspectToken(tokenWith(), purePrimitives);
    const at = (change: Partial<typeof facts>): string => timeStatus({ ...facts, ...change }, 150n);
    expect(at({})).toBe("valid");
    expect(at({ issuedAt: null })).toBe("expired");
    expect(at({ expiresAt: null })).toBe("expired");
  });
});

describe("the normal form of a token", () => {
  it("leaves out what is empty, unknown or unsigned", () => {
    const grant = { server_id: "s", tool_name: "t", operations: [] };
    const empties = {
      constraints: [],
      max_invocations: null,
      max_cost_per_invocation: null,
      max_total_cost: null,
      dpop_required: null,
    };
    const token = {
      ...tokenWith({ schema: null, delegation_chain: [], caveats: null }),
      scope: { grants: [{ ...grant, ...empties, x: 1 }], resource_grants: [], note: 1 },
      algorithm: "ed25519",
      note: 1,
    };
    expect(normalToken(token)).toEqual(bodyWith({ scope: { grants: [grant] } }));
  });

  it("keeps what it does not understand as it is", () => {
    for (const scope of [7, { grants: 7 }, { grants: [7] }]) {
      expect(normalToken(bodyWith({ scope }))).toEqual(bodyWith({ scope }));
    }
    const { scope: _, ...without } = bodyWith({ issuer: "no key", subject: 7 });
    expect(normalToken(without)).toEqual(without);
  });

  it("spells keys in one way", () => {
    const spelled = bodyWith({ issuer: ISSUER.toUpperCase(), subject: `ed25519:${agent(0)}` });
    expect(normalToken(spelled)).toEqual(bodyWith());
  });
});

describe("signing", () => {
  it("names the signer, whoever was named before", () => {
    const token = signToken(bodyWith({ issuer: agent(3) }), ISSUER_SEED);
    expect(token["issuer"]).toBe(ISSUER);
    const link = { capability_id: "c", delegatee: agent(1), timestamp: 1, delegator: agent(3) };
    const signed = signDelegationLink(link, seed(0));
    expect(signed["delegator"]).toBe(agent(0));
    const [claim] = linkInspections({ delegation_chain: [signed] }, purePrimitives).claims;
    expect(reading(claim)).toBe("normal");
  });
});
