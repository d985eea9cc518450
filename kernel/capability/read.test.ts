import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/value.ts";
import { agent, bodyWith, capabilityOf, ISSUER, refusal } from "./testing/capabilities.ts";

const GRANT = { server_id: "srv", tool_name: "tool", operations: ["invoke"] };
const LINK = {
  capability_id: "cap-0",
  delegator: agent(1),
  delegatee: agent(0),
  timestamp: 120,
  signature: "00",
};

function withGrant(change: JsonObject): JsonObject {
  return bodyWith({ scope: { grants: [{ ...GRANT, ...change }] } });
}

function withLink(change: JsonObject): JsonObject {
  return bodyWith({ delegation_chain: [{ ...LINK, ...change }] });
}

describe("a capability token", () => {
  it("is read into narrow types", () => {
    const constraint = { type: "max_length", value: 5 };
    const capability = capabilityOf(
      bodyWith({
        schema: "chio.capability.v1",
        scope: {
          grants: [
            {
              ...GRANT,
              constraints: [constraint],
              max_invocations: 18446744073709551615n,
              max_cost_per_invocation: { units: 5, currency: "USD" },
              max_total_cost: { units: 50, currency: "EUR" },
              dpop_required: true,
            },
            { ...GRANT, dpop_required: false },
          ],
          resource_grants: [{ uri_pattern: "file:///*", operations: ["read"] }],
          prompt_grants: [{ prompt_name: "p", operations: ["get"] }],
        },
        delegation_chain: [{ ...LINK, attenuations: [{ type: "remove_tool" }], scope_hash: "00" }],
      }),
    );
    expect(capability).toMatchObject({
      id: "cap-1",
      issuer: ISSUER,
      subject: agent(0),
      issuedAt: 100n,
      expiresAt: 200n,
      unsupported: [],
      scope: {
        grants: [
          {
            serverId: "srv",
            toolName: "tool",
            operations: ["invoke"],
            constraints: [{ ...constraint, canonical: '{"type":"max_length","value":5}' }],
            maxInvocations: 18446744073709551615n,
            maxCostPerInvocation: { units: 5n, currency: "USD" },
            maxTotalCost: { units: 50n, currency: "EUR" },
            dpopRequired: true,
          },
          {
            constraints: [],
            maxInvocations: null,
            maxCostPerInvocation: null,
            maxTotalCost: null,
            dpopRequired: false,
          },
        ],
        resourceGrants: [{ pattern: "file:///*", operations: ["read"] }],
        promptGrants: [{ pattern: "p", operations: ["get"] }],
      },
      delegationChain: [
        {
          capabilityId: "cap-0",
          delegator: agent(1),
          delegatee: agent(0),
          attenuations: [{ type: "remove_tool" }],
          timestamp: 120n,
        },
      ],
    });
  });

  it("gives nothing where lists are absent, null or empty", () => {
    for (const scope of [{}, { grants: null }, { grants: [], resource_grants: [] }]) {
      const { scope: read } = capabilityOf(bodyWith({ scope, delegation_chain: null }));
      expect(read).toEqual({ grants: [], resourceGrants: [], promptGrants: [] });
    }
  });

  it("is read with operations in the client's spelling, and its token holds the signed one", () => {
    const operations = ["Invoke", "ReadResult", "Read", "Subscribe", "Get", "Delegate"];
    const signed = ["invoke", "read_result", "read", "subscribe", "get", "delegate"];
    const { scope, token } = capabilityOf(
      bodyWith({
        scope: {
          grants: [{ ...GRANT, operations }],
          resource_grants: [{ uri_pattern: "*", operations }],
          prompt_grants: [{ prompt_name: "*", operations }],
        },
      }),
    );
    const [grant] = scope.grants;
    const [resource] = scope.resourceGrants;
    const [prompt] = scope.promptGrants;
    expect([grant, resource, prompt].map((one) => one?.operations)).toEqual([
      signed,
      signed,
      signed,
    ]);
    expect(token).toEqual(
      bodyWith({
        scope: {
          grants: [{ ...GRANT, operations: signed }],
          resource_grants: [{ uri_pattern: "*", operations: signed }],
          prompt_grants: [{ prompt_name: "*", operations: signed }],
        },
      }),
    );
  });

  it("is known by its keys' canonical spelling", () => {
    const { issuer, subject } = capabilityOf(
      bodyWith({ issuer: ISSUER.toUpperCase(), subject: `ed25519:${agent(0)}` }),
    );
    expect([issuer, subject]).toEqual([ISSUER, agent(0)]);
  });

  it("drops members that no signature covers, wherever they are", () => {
    const { scope, unsupported } = capabilityOf(
      bodyWith({ note: "x", scope: { grants: [{ ...GRANT, maxTotalCost: 1 }], note: 1 } }),
    );
    expect(scope.grants[0]).toMatchObject({ maxTotalCost: null });
    expect(unsupported).toEqual([]);
  });

  it.each([
    "aggregate_invocation_budget",
    "caveats",
    "scope_attenuations",
    "attenuation_proof",
    "budget_share_bps",
  ])("lists %s as not enforced, unless it is empty", (extension) => {
    expect(capabilityOf(bodyWith({ [extension]: 1 })).unsupported).toEqual([extension]);
    expect(capabilityOf(bodyWith({ [extension]: null })).unsupported).toEqual([]);
  });

  it("lists what a link binds beyond the form as not enforced", () => {
    expect(capabilityOf(withLink({ approval: "x", algorithm: "ed25519" })).unsupported).toEqual([
      "approval",
    ]);
  });

  it.each<readonly [string, JsonObject]>([
    ["/schema is not chio.capability.v1", bodyWith({ schema: "chio.capability.v2" })],
    ["/id is not a name", bodyWith({ id: "" })],
    ["/id is not a name", bodyWith({ id: 7 })],
    ["/issuer is not a public key", bodyWith({ issuer: "not a key" })],
    ["/subject is not a public key", bodyWith({ subject: 7 })],
    ["/scope is not a scope", bodyWith({ scope: [] })],
    ["/scope/grants is not a list", bodyWith({ scope: { grants: {} } })],
    ["/scope/grants/0 is not a tool grant", bodyWith({ scope: { grants: [7] } })],
    ["/scope/grants/0/server_id is not text", withGrant({ server_id: 7 })],
    ["/scope/grants/0/tool_name is not text", withGrant({ tool_name: null })],
    ["/scope/grants/0/operations is not a list", withGrant({ operations: null })],
    ["/scope/grants/0/operations/1 is not an operation", withGrant({ operations: ["get", "all"] })],
    ["/scope/grants/0/constraints is not a list", withGrant({ constraints: {} })],
    ["/scope/grants/0/constraints/0 is not a constraint", withGrant({ constraints: ["x"] })],
    ["/scope/grants/0/constraints/0/type is not text", withGrant({ constraints: [{}] })],
    [
      "/scope/grants/0/constraints/0/un~1less is not a member of a constraint",
      withGrant({ constraints: [{ type: "x", "un/less": 1 }] }),
    ],
    [
      "/scope/grants/0/max_invocations is not an unsigned 64-bit integer",
      withGrant({ max_invocations: -1 }),
    ],
    ["/scope/grants/0/max_total_cost is not an amount", withGrant({ max_total_cost: 5 })],
    [
      "/scope/grants/0/max_total_cost/units is not an unsigned 64-bit integer",
      withGrant({ max_total_cost: { units: 0.5, currency: "USD" } }),
    ],
    [
      "/scope/grants/0/max_total_cost/currency is not a name",
      withGrant({ max_total_cost: { units: 1, currency: "" } }),
    ],
    ["/scope/grants/0/dpop_required is not true or false", withGrant({ dpop_required: "true" })],
    [
      "/scope/resource_grants/0/except is not a member of a resource grant",
      bodyWith({ scope: { resource_grants: [{ uri_pattern: "*", operations: [], except: 1 }] } }),
    ],
    [
      "/scope/prompt_grants/0/prompt_name is not text",
      bodyWith({ scope: { prompt_grants: [{ operations: [] }] } }),
    ],
    ["/issued_at is not an unsigned 64-bit integer", bodyWith({ issued_at: "100" })],
    ["/expires_at is not an unsigned 64-bit integer", bodyWith({ expires_at: 2n ** 64n })],
    ["/delegation_chain is not a list", bodyWith({ delegation_chain: "none" })],
    ["/delegation_chain/0 is not a delegation link", bodyWith({ delegation_chain: [7] })],
    ["/delegation_chain/0/capability_id is not a name", withLink({ capability_id: "" })],
    ["/delegation_chain/0/delegator is not a public key", withLink({ delegator: "" })],
    ["/delegation_chain/0/delegatee is not a public key", withLink({ delegatee: "" })],
    ["/delegation_chain/0/attenuations/0 is not an object", withLink({ attenuations: [7] })],
    [
      "/delegation_chain/0/timestamp is not an unsigned 64-bit integer",
      withLink({ timestamp: -1 }),
    ],
  ])("is refused: %s", (problem, token) => {
    expect(refusal(token)).toBe(problem);
  });

  it.each(["id", "issuer", "subject", "scope", "issued_at", "expires_at"])(
    "is refused without %s",
    (name) => {
      const { [name]: _, ...token } = bodyWith();
      expect(refusal(token)).toMatch(new RegExp(`^/${name} is not `));
    },
  );

  it("is not read through a prototype", () => {
    const token: JsonObject = Object.fromEntries([["__proto__", { id: "cap" }]]);
    expect(refusal(token)).toBe("/id is not a name");
  });
});
