import { describe, expect, it } from "vitest";
import { sign } from "../crypto/ed25519.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import type { JsonObject } from "../json/value.ts";
import { withMember } from "../record-members.ts";
import { admitDelegation } from "./admission.ts";
import type { CapabilitySnapshot, Operation } from "./model.ts";
import {
  agent,
  bodyWith,
  capabilityOf,
  crypto,
  grantOf,
  scopeOf,
  seed,
} from "./testing/capabilities.ts";
import { admission, type Chain, changed, honestChain, signedLinks } from "./testing/chain.ts";

const TWO = honestChain(2);

function snapshot(at: number, change: Partial<CapabilitySnapshot>): string | null {
  return admission(changed(TWO, at, { snapshot: change }));
}

function tokenOf(change: Partial<Chain>): string | null {
  return admission({ ...TWO, ...change });
}

describe("admitting a delegation", () => {
  it("admits a token that was issued directly, and asks nobody about it", () => {
    const throwing = (): never => {
      throw new Error("asked");
    };
    expect(admission(honestChain(0), [], { lineage: throwing, verify: throwing })).toBeNull();
  });

  it.each([1, 2, 3, 4, 5])("admits an honest chain of %i", (links) => {
    expect(admission(honestChain(links))).toBeNull();
  });

  it("says what failed under its code", () => {
    const token = bodyWith({ delegation_chain: signedLinks(honestChain(1)) });
    expect(
      admitDelegation(capabilityOf(token), { ...crypto, maxDepth: 0, lineage: () => null }),
    ).toEqual({
      code: "delegation-invalid",
      reason: "delegation admission failed: delegation depth exceeded: 1 links, at most 0",
    });
  });

  it("bounds the depth before it verifies anything", () => {
    const depth = (maxDepth: number): string | null =>
      admission(TWO, signedLinks(TWO), { maxDepth });
    expect([depth(3), depth(2)]).toEqual([null, null]);
    const verify = (): never => {
      throw new Error("verified");
    };
    expect(admission(TWO, signedLinks(TWO), { maxDepth: 1, verify })).toBe(
      "delegation depth exceeded: 2 links, at most 1",
    );
  });
});

describe("the links of a chain", () => {
  it("join, each delegatee being the next delegator", () => {
    expect(admission(changed(TWO, 1, { link: { delegator: 3 } }))).toMatch(
      /^links do not join at \/delegation_chain\/1\/delegator: expected [0-9a-f]{64}, found/,
    );
    expect(admission(changed(TWO, 0, { link: { delegatee: 3 } }))).toMatch(/^links do not join/);
  });

  it("do not go back in time", () => {
    expect(admission(changed(TWO, 1, { link: { timestamp: 104n } }))).toBe(
      "links do not join at /delegation_chain/1/timestamp: expected at least 105, found 104",
    );
    const together = changed(TWO, 1, { link: { timestamp: 105n }, snapshot: { issuedAt: 105n } });
    expect(admission(together)).toBeNull();
  });

  it("end at the subject", () => {
    expect(admission(changed(TWO, 1, { link: { delegatee: 3 } }))).toBe(
      "last delegatee is not the capability subject",
    );
    expect(tokenOf({ subject: 3 })).toBe("last delegatee is not the capability subject");
  });

  it("are signed by their delegators", () => {
    const [first = {}, second = {}] = signedLinks(TWO);
    const forged = (link: JsonObject): JsonObject => withMember(link, "timestamp", 106);
    expect(admission(TWO, [forged(first), second])).toBe("signature invalid at link index 0");
    const late = withMember(second, "timestamp", 116);
    expect(admission(TWO, [first, late])).toBe("signature invalid at link index 1");
    expect(admission(TWO, [first, withMember(second, "signature", "00")])).toBe(
      "signature cannot be read at /delegation_chain/1/signature",
    );
  });

  it("are signed in normal form", () => {
    const [first = {}, second = {}] = signedLinks(TWO);
    const { signature: _, ...body } = first;
    const raw = { ...body, attenuations: [] };
    const link = { ...raw, signature: toHex(sign(seed(0), utf8(canonicalize(raw)))) };
    expect(admission(TWO, [link, second])).toBe(
      "signature invalid at link index 0: it covers only the raw form, which the reference kernel would reject",
    );
  });

  it("are not signed by weak keys", () => {
    const weak = `01${"00".repeat(31)}`;
    const link = {
      capability_id: "cap-0",
      delegator: weak,
      delegatee: agent(1),
      timestamp: 105,
      signature: `01${"00".repeat(63)}`,
    };
    const chain = changed(honestChain(1), 0, { snapshot: { subject: weak } });
    expect(admission(chain, [link])).toBe(
      "signature invalid at link index 0: the signer's key is weak",
    );
  });
});

describe("the ancestors of a token", () => {
  it("are known", () => {
    expect(admission(TWO, signedLinks(TWO), { lineage: () => null })).toBe(
      "no record of ancestor cap-0",
    );
    expect(snapshot(1, { id: "other" })).toBe("no record of ancestor cap-1");
  });

  it("are known at the depth where they stand", () => {
    expect(snapshot(0, { depth: 1 })).toBe("ancestor cap-0 is at depth 1, presented at 0");
    expect(snapshot(1, { depth: 2 })).toBe("ancestor cap-1 is at depth 2, presented at 1");
    expect(snapshot(1, { depth: 0 })).toBe("ancestor cap-1 is at depth 0, presented at 1");
  });

  it("descend from one another, the first from none", () => {
    expect(snapshot(0, { parentId: "cap-x" })).toBe(
      "ancestor cap-0 descends from cap-x, presented under no other",
    );
    expect(snapshot(1, { parentId: "cap-x" })).toBe(
      "ancestor cap-1 descends from cap-x, presented under cap-0",
    );
    expect(snapshot(1, { parentId: null })).toBe(
      "ancestor cap-1 descends from no other, presented under cap-0",
    );
  });

  it("belong to those who hand them on", () => {
    expect(snapshot(0, { subject: agent(3) })).toBe("delegator of cap-0 is not its subject");
    expect(snapshot(1, { subject: agent(3) })).toBe("delegator of cap-1 is not its subject");
  });

  it("are in force when they are handed on", () => {
    expect(snapshot(0, { issuedAt: 105n })).toBeNull();
    expect(snapshot(0, { issuedAt: 106n })).toBe("cap-0 was delegated before it was issued");
    const short = (expiresAt: bigint): string | null =>
      admission({
        ...changed(honestChain(1), 0, { snapshot: { expiresAt } }),
        expiresAt: 105n,
      });
    expect(short(106n)).toBeNull();
    expect(short(105n)).toBe("cap-0 was delegated after it expired");
    expect(short(104n)).toBe("cap-0 was delegated after it expired");
  });

  it("are older than what descends from them", () => {
    expect(tokenOf({ issuedAt: 115n })).toBeNull();
    expect(tokenOf({ issuedAt: 114n })).toBe("cap-child was issued before it was delegated");
    expect(snapshot(1, { issuedAt: 105n })).toBeNull();
    expect(snapshot(1, { issuedAt: 104n })).toBe("cap-1 was issued before it was delegated");
  });

  it("outlive what descends from them", () => {
    expect(tokenOf({ expiresAt: 490n })).toBeNull();
    expect(tokenOf({ expiresAt: 491n })).toBe("cap-child expires after its parent cap-1");
    expect(snapshot(1, { expiresAt: 500n })).toBeNull();
    expect(snapshot(1, { expiresAt: 501n })).toBe("cap-1 expires after its parent cap-0");
  });

  it("hold what they hand on", () => {
    const wide = { grants: [{ server_id: "srv", tool_name: "*", operations: ["invoke"] }] };
    expect(tokenOf({ scope: wide })).toBe("grant 0 exceeds what its parent holds");
    const wider = scopeOf(grantOf({ toolName: "*", operations: ["invoke", "delegate"] }));
    expect(snapshot(1, { scope: wider })).toBe("grant 0 exceeds what its parent holds");
    expect(snapshot(0, { scope: wider })).toBeNull();
  });

  it("may hand on what carries `delegate`, of every kind", () => {
    expect(snapshot(1, { scope: scopeOf(grantOf()) })).toBe(
      "grant 0 exceeds what its parent holds",
    );
    const one = { resource_grants: [{ uri_pattern: "a", operations: ["read"] }] };
    const resources = (...operations: readonly Operation[]): string | null =>
      admission({
        ...changed(honestChain(1), 0, {
          snapshot: {
            scope: { ...scopeOf(), resourceGrants: [{ pattern: "*", operations }] },
          },
        }),
        scope: one,
      });
    expect(resources("read", "delegate")).toBeNull();
    expect(resources("read")).toBe("resource grant 0 exceeds what its parent holds");
    const prompts = (...operations: readonly Operation[]): string | null =>
      admission({
        ...changed(honestChain(1), 0, {
          snapshot: { scope: { ...scopeOf(), promptGrants: [{ pattern: "*", operations }] } },
        }),
        scope: { prompt_grants: [{ prompt_name: "a", operations: ["get"] }] },
      });
    expect(prompts("get", "delegate")).toBeNull();
    expect(prompts("get")).toBe("prompt grant 0 exceeds what its parent holds");
  });

  it("hand on what the links declare", () => {
    const attenuations = [{ type: "remove_tool", server_id: "srv", tool_name: "tool" }];
    expect(admission(changed(TWO, 1, { link: { attenuations } }))).toBe(
      "cap-child does not hold attenuation 0 (remove_tool)",
    );
    expect(admission(changed(TWO, 0, { link: { attenuations } }))).toBe(
      "cap-1 does not hold attenuation 0 (remove_tool)",
    );
    const held = [{ type: "shorten_expiry", new_expires_at: 490 }];
    expect(admission(changed(TWO, 0, { link: { attenuations: held } }))).toBeNull();
  });
});
