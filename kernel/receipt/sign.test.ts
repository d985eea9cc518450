import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { parseJson } from "../json/parse.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { checkClaim } from "../signature.ts";
import { arbitraryJson } from "../testing/arbitrary-json.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { inspectReceipt } from "./inspect.ts";
import { actionOf, signChild, signHttp, signPreV1, signV1 } from "./sign.ts";

const SEED = new Uint8Array(32).fill(0x21);
const HASH = "ab".repeat(32);

const u64 = fc.oneof(
  fc.maxSafeInteger().filter((n) => n >= 0),
  fc.bigInt(2n ** 53n, 2n ** 64n - 1n),
);

function tool(parameters: JsonValue, metadata: JsonValue, timestamp: number | bigint): JsonObject {
  return {
    id: "rcpt-1",
    timestamp,
    capability_id: "cap-1",
    tool_server: "srv",
    tool_name: "read",
    action: actionOf(parameters),
    decision: { verdict: "deny", reason: "no", guard: "G" },
    content_hash: HASH,
    policy_hash: "policy",
    evidence: [{ guard_name: "G", verdict: false, details: "why" }],
    metadata,
  };
}

const V1_MEMBERS: JsonObject = {
  receipt_kind: "mediated_decision",
  boundary_class: "prevent",
  tool_origin: "caller_executed",
  redaction_mode: "none",
  trust_level: "mediated",
};
const CHILD: JsonObject = {
  id: "child-1",
  timestamp: 1,
  session_id: "s",
  parent_request_id: "p",
  request_id: "r",
  operation_kind: "tool_call",
  terminal_state: { state: "cancelled", reason: "stop" },
  outcome_hash: HASH,
  policy_hash: "policy",
};
const HTTP: JsonObject = {
  id: "http-1",
  request_id: "r",
  route_pattern: "/pets/{id}",
  method: "GET",
  caller_identity_hash: HASH,
  verdict: { verdict: "allow" },
  response_status: 200,
  timestamp: 1,
  content_hash: HASH,
  policy_hash: "policy",
};

/** Through the text, as a file would bring it. */
function received(receipt: JsonObject): JsonObject {
  const parsed = parseJson(canonicalize(receipt));
  if (!parsed.ok || !isObject(parsed.value.value)) {
    throw new Error("not an object");
  }
  return parsed.value.value;
}

async function outcome(receipt: JsonObject): Promise<string> {
  const inspection = inspectReceipt(receipt, purePrimitives);
  const failed = inspection.checks.flatMap(({ outcome: found }) =>
    found.kind === "failed" ? [found.code] : [],
  );
  if (inspection.claim === null || failed.length > 0) {
    return failed.join(" ");
  }
  const fits = await checkClaim(inspection.claim, exactBackend);
  return fits.kind === "fits" ? fits.preimage : fits.kind;
}

describe("signing and inspecting", () => {
  it("agree on any parameters, metadata and time", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryJson, arbitraryJson, u64, async (parameters, metadata, time) => {
        const body = tool(parameters, metadata, time);
        expect(await outcome(received(signPreV1(body, SEED)))).toBe("normal");
        expect(await outcome(received(signV1({ ...body, ...V1_MEMBERS }, SEED)))).toBe("normal");
        expect(await outcome(received(signChild({ ...CHILD, metadata }, SEED)))).toBe("normal");
        expect(await outcome(received(signHttp({ ...HTTP, metadata }, SEED)))).toBe("normal");
      }),
      { numRuns: 60 },
    );
  });

  it("keeps a draft id as the nonce, and metadata that is no object beside it", () => {
    const signed = signV1({ ...tool({}, "note", 1), ...V1_MEMBERS }, SEED);
    expect(member(signed, "metadata")).toEqual({
      original_metadata: "note",
      chio_receipt_signing_nonce: "rcpt-1",
    });
    expect(inspectReceipt(signed, purePrimitives).facts.aliases).toEqual(["rcpt-1"]);
  });
});

describe("unchanged content", () => {
  const april = signPreV1(tool({ a: 1 }, null, 5), SEED);
  const v1 = signV1({ ...tool({ a: 1 }, null, 5), ...V1_MEMBERS }, SEED);
  const bareApril = signPreV1({ ...tool({ a: 1 }, null, 5), evidence: [] }, SEED);
  it.each<readonly [string, JsonObject]>([
    ["default trust level", { ...april, trust_level: "mediated" }],
    ["null tenant", { ...april, tenant_id: null }],
    ["null evidence", { ...bareApril, evidence: null }],
    ["empty actor chain", { ...v1, actor_chain: [] }],
    ["null options", { ...v1, tenant_id: null, observation_outcome: null }],
    ["unknown member", { ...april, note: "reviewed" }],
    ["unknown nested member", { ...april, decision: { ...objectAt(april, "decision"), x: 1 } }],
    ["algorithm hint", { ...april, algorithm: "ed25519" }],
    ["prefixed key", { ...april, kernel_key: `0x${text(april, "kernel_key")}` }],
    ["upper-case signature", { ...v1, signature: text(v1, "signature").toUpperCase() }],
    ["other member order", Object.fromEntries(Object.entries(v1).reverse())],
  ])("%s still fits as normal", async (_, receipt) => {
    expect(await outcome(receipt)).toBe("normal");
  });

  it("gives one leaf for all spellings of a receipt", () => {
    const leaf = inspectReceipt(april, purePrimitives).leafBytes();
    const spelled = { ...april, trust_level: "mediated", algorithm: "ed25519", extra: 1 };
    expect(inspectReceipt(spelled, purePrimitives).leafBytes()).toEqual(leaf);
  });
});

describe("changed content", () => {
  const receipts = {
    april: signPreV1(tool({ a: 1 }, { b: 2 }, 5), SEED),
    v1: signV1({ ...tool({ a: 1 }, { b: 2 }, 5), ...V1_MEMBERS }, SEED),
    child: signChild(CHILD, SEED),
    http: signHttp(HTTP, SEED),
  };
  it.each(Object.entries(receipts))("%s: no member can go or change type", async (_, receipt) => {
    for (const name of Object.keys(receipt)) {
      const { [name]: _removed, ...rest } = receipt;
      for (const edited of [rest, { ...rest, [name]: 7 }, { ...rest, [name]: ["x"] }]) {
        const found = await outcome(edited);
        expect([name, found]).not.toEqual([name, "normal"]);
        expect(found).toMatch(/does-not-fit|SIG-|HSH-/);
      }
    }
  });

  it.each([
    ["unknown algorithm", { ...receipts.april, algorithm: "p256" }, "SIG-001"],
    ["missing trust level in v1", { ...receipts.v1, trust_level: null }, "HSH-002 SIG-003"],
    [
      "v1 trust level of another kind",
      { ...receipts.v1, trust_level: "verified" },
      "HSH-002 SIG-003",
    ],
    [
      "edited parameters",
      { ...receipts.april, action: { ...objectAt(receipts.april, "action"), parameters: 1 } },
      "HSH-001",
    ],
  ])("%s is told as such", async (_, receipt, codes) => {
    expect(await outcome(receipt)).toBe(codes);
  });
});

function objectAt(value: JsonObject, name: string): JsonObject {
  const item = member(value, name);
  return isObject(item) ? item : {};
}

function text(value: JsonObject, name: string): string {
  return String(member(value, name));
}
