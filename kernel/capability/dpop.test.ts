import { describe, expect, it } from "vitest";
import { sign } from "../crypto/ed25519.ts";
import { toHex, utf8 } from "../encoding.ts";
import type { ToolCall } from "../evaluation/call.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { withMember } from "../record-members.ts";
import { ccEscaped } from "../texts.ts";
import { checkDpop, type DpopContext, signDpopProof } from "./dpop.ts";
import { agent, bodyWith, capabilityOf, crypto, seed } from "./testing/capabilities.ts";

const CALL: ToolCall = {
  requestId: "r",
  agentId: agent(0),
  serverId: "srv",
  toolName: "tool",
  arguments: { b: 1, a: ["x"] },
  boundary: "tool",
  sessionId: null,
  model: null,
  roots: null,
};
const NOW = 1000n;
const CAPABILITY = capabilityOf(bodyWith());

function proof(claims: { nonce?: string; issuedAt?: bigint } = {}, key = seed(0)): JsonObject {
  return signDpopProof(
    { capabilityId: "cap-1", call: CALL, nonce: "n-1", issuedAt: NOW, ...claims },
    key,
  );
}

function check(value: JsonValue | null, over: Partial<DpopContext> = {}): string | null {
  const problem = checkDpop(value, {
    ...crypto,
    capability: CAPABILITY,
    call: CALL,
    now: NOW,
    takeNonce: () => true,
    ...over,
  });
  return problem === null
    ? null
    : `${problem.code}: ${problem.reason.replace("DPoP proof verification failed: ", "")}`;
}

/** The proof with another body, signed by its agent. */
function resigned(change: JsonObject): JsonObject {
  const body = { ...bodyOf(proof()), ...change };
  return { body, signature: toHex(sign(seed(0), utf8(canonicalize(body)))) };
}

describe("a proof of possession", () => {
  it("carries the call that it names", () => {
    expect(check(proof())).toBeNull();
  });

  it("says why it does not, in the words of the reference", () => {
    const problem = checkDpop(null, {
      ...crypto,
      capability: CAPABILITY,
      call: CALL,
      now: NOW,
      takeNonce: () => true,
    });
    expect(problem).toEqual({
      code: "dpop-invalid",
      reason: "DPoP proof verification failed: no proof was presented",
    });
  });

  it.each<JsonValue>([7, [], {}, { body: 7 }, { body: [] }])("is no proof as %j", (value) => {
    expect(check(value)).toBe("dpop-invalid: the proof is not an object with a body");
  });

  it("is bound to the form, the agent, the capability and the call", () => {
    expect(check(resigned({ schema: "chio.dpop_proof.v2" }))).toBe(
      "dpop-invalid: schema does not match",
    );
    expect(check(proof({}, seed(1)))).toBe("dpop-invalid: agent_key does not match");
    expect(check(proof(), { capability: { ...CAPABILITY, id: "cap-2" } })).toBe(
      "dpop-invalid: capability_id does not match",
    );
    expect(check(proof(), { call: { ...CALL, serverId: "other" } })).toBe(
      "dpop-invalid: tool_server does not match",
    );
    expect(check(proof(), { call: { ...CALL, toolName: "other" } })).toBe(
      "dpop-invalid: tool_name does not match",
    );
    expect(check(proof(), { call: { ...CALL, arguments: {} } })).toBe(
      "dpop-invalid: action_hash does not match",
    );
  });

  it("is bound in that order", () => {
    const call = { ...CALL, serverId: "x", toolName: "x", arguments: {} };
    const capability = { ...CAPABILITY, id: "x", subject: agent(1) };
    const stale = { call, capability, now: NOW + 900n };
    expect(check(withBody(proof(), { schema: "x" }), stale)).toMatch(/schema/);
    expect(check(proof(), stale)).toMatch(/agent_key/);
    expect(check(proof(), { ...stale, capability: { ...CAPABILITY, id: "x" } })).toMatch(
      /capability_id/,
    );
    expect(check(proof(), { call, now: NOW + 900n })).toMatch(/tool_server/);
    expect(check(proof(), { call: { ...call, serverId: "srv" } })).toMatch(/tool_name/);
    expect(check(proof(), { call: { ...CALL, arguments: {} }, now: NOW + 900n })).toMatch(
      /action_hash/,
    );
  });

  it("does not mind how the arguments were ordered", () => {
    expect(check(proof(), { call: { ...CALL, arguments: { a: ["x"], b: 1 } } })).toBeNull();
  });

  it("is made at most thirty seconds ahead", () => {
    expect(check(proof({ issuedAt: NOW + 30n }))).toBeNull();
    expect(check(proof({ issuedAt: NOW + 31n }))).toBe(
      "dpop-invalid: the proof was issued in the future",
    );
  });

  it("lives for three hundred seconds", () => {
    expect(check(proof({ issuedAt: NOW - 300n }))).toBeNull();
    expect(check(proof({ issuedAt: NOW - 301n }))).toBe("dpop-replayed: the proof is stale");
  });

  it("has a time and a nonce", () => {
    expect(check(resigned({ issued_at: "1000" }))).toBe(
      "dpop-invalid: /issued_at is not an unsigned 64-bit integer",
    );
    expect(check(resigned({ nonce: "" }))).toBe("dpop-invalid: /nonce is not a name");
    expect(check(resigned({ nonce: 7 }))).toBe("dpop-invalid: /nonce is not a name");
  });

  it("is signed by the agent, over the whole body", () => {
    expect(check(withBody(proof(), { nonce: "n-2" }))).toBe("dpop-invalid: signature is invalid");
    expect(check(withBody(proof(), { issued_at: 1001 }))).toBe(
      "dpop-invalid: signature is invalid",
    );
    expect(check(withMember(proof(), "signature", "00"))).toBe(
      "dpop-invalid: the signature cannot be read",
    );
    const { signature: _, ...unsigned } = proof();
    expect(check(unsigned)).toBe("dpop-invalid: the signature cannot be read");
  });

  it("is signed over the members that it has by its form", () => {
    expect(check(withBody(proof(), { note: "unsigned" }))).toBeNull();
    expect(check(resigned({ note: "signed" }))).toBe("dpop-invalid: signature is invalid");
  });

  it("may be signed in the older escape dialect", () => {
    const body = bodyOf(proof({ nonce: "n\u0085" }));
    const text = ccEscaped(canonicalize(body));
    const signature = toHex(sign(seed(0), utf8(text)));
    expect(check({ body, signature })).toBeNull();
  });

  it("proves nothing under a weak key", () => {
    const weak = `01${"00".repeat(31)}`;
    const forged = withMember(withBody(proof(), { agent_key: weak }), "signature", weak + weak);
    expect(check(forged, { capability: { ...CAPABILITY, subject: weak } })).toBe(
      "dpop-invalid: signature is invalid: the signer's key is weak",
    );
  });

  it("takes its nonce once, until it can no longer be shown", () => {
    const asked: unknown[] = [];
    const takeNonce = (key: string, expiresAt: bigint, now: bigint): boolean => {
      asked.push([key, expiresAt, now]);
      return asked.length === 1;
    };
    expect(check(proof({ issuedAt: NOW + 10n }), { takeNonce })).toBeNull();
    expect(check(proof({ issuedAt: NOW + 10n }), { takeNonce })).toBe(
      "dpop-replayed: the nonce was used before",
    );
    const key = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(asked).toEqual([
      [key, NOW + 311n, NOW],
      [key, NOW + 311n, NOW],
    ]);
    expect(asked[0]).toEqual(asked[1]);
  });

  it("takes no nonce where anything else fails", () => {
    const takeNonce = (): never => {
      throw new Error("taken");
    };
    expect(check(proof({ issuedAt: NOW - 301n }), { takeNonce })).toMatch(/stale/);
    expect(check(withBody(proof(), { nonce: "n-2" }), { takeNonce })).toMatch(/signature/);
    expect(() => check(proof(), { takeNonce })).toThrow("taken");
  });

  it("keeps the nonces of two capabilities apart, wherever their names meet", () => {
    const keys = new Set<string>();
    const takeNonce = (key: string): boolean => keys.size < keys.add(key).size;
    for (const [nonce, id] of [
      ["ab", "c"],
      ["a", "bc"],
      ["a", "b"],
      ["b", "a"],
      ['a","b', "c"],
    ] as const) {
      const one = signDpopProof({ capabilityId: id, call: CALL, nonce, issuedAt: NOW }, seed(0));
      expect(check(one, { capability: { ...CAPABILITY, id }, takeNonce })).toBeNull();
    }
    expect(keys.size).toBe(5);
  });
});

function bodyOf(value: JsonObject): JsonObject {
  const body = member(value, "body");
  return isObject(body) ? body : {};
}

function withBody(value: JsonObject, change: JsonObject): JsonObject {
  return withMember(value, "body", { ...bodyOf(value), ...change });
}
