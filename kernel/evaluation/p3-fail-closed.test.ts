import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signDpopProof } from "../capability/dpop.ts";
import { verifySignature } from "../crypto/ed25519.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { NO_USAGE } from "../economics/model.ts";
import { toHex } from "../encoding.ts";
import { evaluate } from "../evaluate.ts";
import type { Guard } from "../guards/guard.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { arbitraryJson } from "../testing/arbitrary-json.ts";
import {
  AGENT,
  AGENT_SEED,
  callWith,
  contextWith,
  INVOKE,
  OTHER_SEED,
  requestWith,
  START,
  tokenWith,
} from "../testing/evaluation.ts";
import { product } from "../testing/product.ts";
import type { Evaluation, KernelContext, PresentedCapability, StepName } from "./model.ts";

/**
 * P3, fail closed and total. A bounded world in which every step of an evaluation can be in any of its states;
 * all combinations are tried. The model says: the first step in order that is not in a good state denies, and
 * only a call without one is allowed.
 */
interface State<T> {
  readonly name: string;
  readonly good: boolean;
  readonly make: T;
}

function state<T>(name: string, good: boolean, make: T): State<T> {
  return { name, good, make };
}

/** Signatures are checked for real, once each. */
const verified = new Map<string, boolean>();
function verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const name = toHex(key) + toHex(signature) + toHex(purePrimitives.sha256(message));
  const known = verified.get(name) ?? verifySignature(key, message, signature);
  verified.set(name, known);
  return known;
}

function broken(): never {
  throw new Error("broken");
}

const EMERGENCY = [state<string | null>("on", true, null), state("stopped", false, "drill")];

type Grant = "plain" | "dpop";
const TOKENS = [
  state("valid", true, (body: JsonObject) => tokenWith(body)),
  state("none", false, () => null),
  state("unsigned", false, (body: JsonObject) => ({ ...tokenWith(body), signature: "00" })),
  state("forged", false, (body: JsonObject) => ({ ...tokenWith(body), id: "cap-9" })),
  state("other issuer", false, (body: JsonObject) => tokenWith(body, OTHER_SEED)),
  state("early", false, (body: JsonObject) => tokenWith({ ...body, issued_at: START + 11 })),
  state("expired", false, (body: JsonObject) => tokenWith({ ...body, expires_at: START + 10 })),
];

const REVOCATION = [
  state("clear", true, (_id: string) => false),
  state("revoked", false, (id: string) => id.startsWith("cap-")),
  state("unreachable", false, broken),
];

const SUBJECT = [state("bound", true, AGENT), state("other", false, "00".repeat(32))];

const SCOPE = [
  state("covered", true, {}),
  state("other tool", false, { tool_name: "other" }),
  state("no constraint of ours", false, { constraints: [{ type: "custom_thing", value: 1 }] }),
  state("unchecked", false, { constraints: [{ type: "governed_intent_required" }] }),
];

const PROOF = [
  state<{ grant: Grant; proof: "valid" | null; nonce: "free" | "taken" }>("not asked", true, {
    grant: "plain",
    proof: null,
    nonce: "free",
  }),
  state("given", true, { grant: "dpop", proof: "valid", nonce: "free" }),
  state("missing", false, { grant: "dpop", proof: null, nonce: "free" }),
  state("replayed", false, { grant: "dpop", proof: "valid", nonce: "taken" }),
];

const REGISTRATION = [
  state<KernelContext["isRegistered"]>("not dispatched", true, null),
  state("known", true, () => true),
  state("unknown", false, () => false),
  state("unreachable", false, broken),
];

const GUARDS: readonly State<Guard["check"]>[] = [
  state("allow", true, () => ({ verdict: "allow" })),
  state("deny", false, () => ({ verdict: "deny", reason: "no", pointer: null })),
  state("throw", false, broken),
  state("promise", false, (() =>
    Promise.resolve({ verdict: "allow" })) as unknown as Guard["check"]),
];

const BUDGET = [
  state("room", true, () => NO_USAGE),
  state("exhausted", false, () => ({ ...NO_USAGE, invocations: 3n })),
  state("unreachable", false, broken),
];

const STATES = [
  EMERGENCY,
  TOKENS,
  REVOCATION,
  SUBJECT,
  SCOPE,
  PROOF,
  REGISTRATION,
  GUARDS,
  BUDGET,
] as const;
const STEPS_OF_MODEL: readonly StepName[] = [
  "emergency-stop",
  "token",
  "revocation",
  "subject",
  "scope",
  "proof-of-possession",
  "registration",
  "guards",
  "budget",
];
const SIZE = STATES.reduce((size, states) => size * states.length, 1);

const PROOF_OF_AGENT = signDpopProof(
  { capabilityId: "cap-1", call: callWith(), nonce: "n-1", issuedAt: BigInt(START + 10) },
  AGENT_SEED,
);

const tokens = new Map<string, JsonObject | null>();
function tokenOf(make: (body: JsonObject) => JsonObject | null, key: string, grant: JsonObject) {
  const known = tokens.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = make({ scope: { grants: [{ ...INVOKE, max_invocations: 3, ...grant }] } });
  tokens.set(key, made);
  return made;
}

function presented(token: JsonObject | null): PresentedCapability {
  return token === null ? { kind: "none" } : { kind: "token", token };
}

describe("P3: fail closed and total", () => {
  it(`holds in all ${SIZE} combinations of the states of nine steps`, () => {
    let tried = 0;
    const base = contextWith({ verify });
    for (const states of product(...STATES)) {
      tried += 1;
      const [emergency, token, revocation, subject, scope, proof, registration, guard, budget] =
        states;
      const dpop = proof.make.grant === "dpop" ? { dpop_required: true } : {};
      const grant = { ...scope.make, ...dpop };
      const evaluation = evaluate(
        {
          capability: presented(
            tokenOf(token.make, [token.name, scope.name, proof.make.grant].join(), grant),
          ),
          call: callWith({ agentId: subject.make }),
          dpop: proof.make.proof === null ? null : PROOF_OF_AGENT,
        },
        {
          ...base,
          emergencyStop: emergency.make,
          isRevoked: revocation.make,
          takeNonce: () => proof.make.nonce === "free",
          isRegistered: registration.make,
          policy: { ...base.policy, guards: [{ name: "g", check: guard.make }] },
          usage: budget.make,
        },
      );
      const failing = states.findIndex(({ good }) => !good);
      const expected = STEPS_OF_MODEL[failing] ?? "allow";
      if (outcomeOf(evaluation) !== expected) {
        const names = states.map(({ name }) => name).join(", ");
        expect.fail(`${outcomeOf(evaluation)}, not ${expected}: ${names}`);
      }
    }
    expect(tried).toBe(SIZE);
  });

  it("never throws and never allows, whatever stands where a token should", () => {
    fc.assert(
      fc.property(arbitraryJson, (value: JsonValue) => {
        const token = { capability: presented(asObject(value)), call: callWith(), dpop: value };
        expect(outcomeOf(evaluate(token, contextWith({ verify })))).not.toBe("allow");
      }),
      { numRuns: 300 },
    );
  });

  it("never throws, whatever the arguments are", () => {
    const names = fc.constantFrom("tool", "read_file", "bash", "fetch", "apply_patch", "sql");
    fc.assert(
      fc.property(names, arbitraryJson, (toolName, value) => {
        const token = tokenWith({ scope: { grants: [{ ...INVOKE, tool_name: "*" }] } });
        const request = requestWith(token, { toolName, arguments: value });
        expect(["allow", "scope", "guards"]).toContain(
          outcomeOf(evaluate(request, contextWith({ verify }))),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("denies when any port throws", () => {
    const ports: readonly Partial<KernelContext>[] = [
      { isRevoked: broken },
      { isRegistered: broken },
      { usage: broken },
      { verify: broken },
      { primitives: { sha256: broken, utf8: broken } },
      { memory: { get: broken, set: broken } },
      { compile: broken },
      { lineage: broken },
    ];
    const pattern = {
      ...INVOKE,
      max_invocations: 1,
      constraints: [{ type: "regex_match", value: "h" }],
    };
    const token = tokenWith({ scope: { grants: [pattern] } });
    for (const port of ports.slice(0, -1)) {
      const evaluation = evaluate(requestWith(token), contextWith(port));
      expect([Object.keys(port), evaluation.verdict.kind]).toEqual([Object.keys(port), "deny"]);
    }
    expect(evaluate(requestWith(token), contextWith()).verdict.kind).toBe("allow");
  });
});

function asObject(value: JsonValue): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : { value };
}

function outcomeOf(evaluation: Evaluation): string {
  return evaluation.verdict.kind === "allow"
    ? "allow"
    : (evaluation.trace.find(({ outcome }) => outcome === "denied")?.step ?? "no step");
}
