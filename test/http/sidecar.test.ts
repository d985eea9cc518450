import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signToken } from "@/kernel/capability/sign.ts";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { asText, type JsonObject } from "@/kernel/json/value.ts";
import { withMember, without } from "@/kernel/record-members.ts";
import { hashHex } from "@/kernel/texts.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import { AGENT, issue, READ_GRANT } from "./agent.ts";
import { sidecarSchemas } from "./schemas.ts";
import { type Answer, at, objectAt, startServer, type TestServer } from "./server.ts";
import { expectVerified, kernelKey } from "./verified.ts";

const validate = sidecarSchemas();

let server: TestServer;
let token: JsonObject;
beforeAll(async () => {
  server = await startServer();
  token = await issue(server);
});
afterAll(async () => {
  await server.close();
});

const CALLER: JsonObject = { subject: "web", auth_method: { method: "anonymous" } };

/** What a client's middleware asks, for an order that is placed unless told otherwise. */
function http(changes: JsonObject = {}): JsonObject {
  return {
    request_id: "req-1",
    method: "POST",
    route_pattern: "/orders/{id}",
    path: "/orders/7",
    query: {},
    headers: {},
    caller: CALLER,
    timestamp: 1_800_000_000,
    ...changes,
  };
}

/** What a client's tool wrapper asks. */
function tool(changes: JsonObject = {}): JsonObject {
  return http({
    route_pattern: "/chio/tools/files/read_file",
    path: "/chio/tools/files/read_file",
    tool_server: "files",
    tool_name: "read_file",
    arguments: { path: "/data/report.txt" },
    body_hash: "ab".repeat(32),
    capability: "ignored",
    metadata: { ignored: true },
    ...changes,
  });
}

async function ask(body: JsonObject, presented: JsonObject | null = token): Promise<Answer> {
  const headers: Record<string, string> =
    presented === null ? {} : { "X-Chio-Capability": canonicalize(presented) };
  const answer = await server.post("/chio/evaluate", body, { headers });
  expect(answer.status, answer.text).toBe(200);
  await expectVerified(objectAt(answer.json, "receipt"), kernelKey(server));
  expect(at(answer.json, "receipt", "verdict")).toEqual(at(answer.json, "verdict"));
  expect(at(answer.json, "receipt", "evidence") ?? []).toEqual(at(answer.json, "evidence"));
  return answer;
}

const verdict = (answer: Answer) => at(answer.json, "verdict");

describe("POST /chio/evaluate, a route", () => {
  test("a safe method passes without a token; every other needs one", async () => {
    for (const method of ["GET", "HEAD", "OPTIONS"]) {
      const answer = await ask(http({ method }), null);
      expect(verdict(answer)).toEqual({ verdict: "allow" });
      expect(at(answer.json, "evidence")).toMatchObject([
        { guard_name: "DefaultPolicyGuard", verdict: true },
      ]);
    }
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await ask(http({ method }), null);
      expect(verdict(answer)).toEqual({
        verdict: "deny",
        guard: "CapabilityGuard",
        reason: "side-effect route requires a capability token",
        http_status: 403,
      });
      expect(at(answer.json, "receipt", "capability_id")).toBeUndefined();
      expect(at(answer.json, "receipt", "response_status")).toBe(403);
    }
  });

  test("a token in force carries it, wherever it was put", async () => {
    const text = canonicalize(token);
    const ways = [
      server.post("/chio/evaluate", http(), { headers: { "X-Chio-Capability": text } }),
      server.post(`/chio/evaluate?chio_capability=${encodeURIComponent(text)}`, http()),
      server.post("/chio/evaluate", http({ headers: { "x-chio-capability": text } })),
      server.post("/chio/evaluate", http({ query: { chio_capability: text } })),
    ];
    for (const answer of await Promise.all(ways)) {
      expect(verdict(answer)).toEqual({ verdict: "allow" });
      expect(at(answer.json, "receipt", "capability_id")).toBe(at(token, "id"));
    }
  });

  test("what the receipt hashes is what was asked", async () => {
    const caller = { ...CALLER, verified: true, agent_id: "shop" };
    const answer = await ask(
      http({ caller: { ...caller, unknown: 1 }, query: { page: "2" }, session_id: "s" }),
    );
    const receipt = objectAt(answer.json, "receipt");
    expect(at(receipt, "caller_identity_hash")).toBe(hashHex(canonicalize(caller), purePrimitives));
    expect(at(receipt, "content_hash")).toBe(
      hashHex(
        canonicalize({
          body_hash: null,
          method: "POST",
          path: "/orders/7",
          query: { page: "2" },
          route_pattern: "/orders/{id}",
        }),
        purePrimitives,
      ),
    );
    expect(at(receipt, "session_id")).toBe("s");
    expect(at(receipt, "request_id")).toBe("req-1");
    expect(at(receipt, "metadata")).toEqual({
      chio_http_status_scope: "decision",
      verdict_matrix: {
        reason_code: "urn:chio:error:none",
        scope_set: ["files:read_file:invoke"],
      },
    });
  });

  test.each<[string, () => JsonObject, string, string]>([
    [
      "an unknown issuer",
      () => signToken(token, demoKey("a stranger's authority").seed),
      "CapabilityGuard",
      "capability issuer is not trusted",
    ],
    [
      "a changed token",
      () => withMember(token, "id", "cap-changed"),
      "CapabilityGuard",
      "capability signature verification failed",
    ],
    ["half a token", () => without(token, "scope"), "CapabilityGuard", "/scope"],
  ])("%s is denied", async (_name, presented, guard, reason) => {
    const answer = await ask(http(), presented());
    expect(verdict(answer)).toMatchObject({ verdict: "deny", guard });
    expect(asText(at(answer.json, "verdict", "reason"))).toContain(reason);
    expect(at(answer.json, "evidence")).toMatchObject([{ guard_name: guard, verdict: false }]);
  });

  test("another token than the one that is named is denied, and half a tool is no tool", async () => {
    const other = await ask(http({ capability_id: "cap-other" }));
    expect(verdict(other)).toMatchObject({ verdict: "deny", guard: "CapabilityGuard" });
    for (const half of [{ tool_server: "files" }, { tool_name: "read_file" }]) {
      expect(verdict(await ask(http(half)))).toMatchObject({ verdict: "deny" });
      expect(verdict(await ask(http({ ...half, method: "GET" }), null))).toMatchObject({
        verdict: "deny",
      });
    }
  });

  test("a revoked token is denied by the guard of that name, also when only its id is known", async () => {
    const revoked = await issue(server);
    const id = asText(at(revoked, "id")) ?? "";
    await server.post("/v1/revocations", { capabilityId: id }, { control: true });
    const hinted = await ask(http({ method: "GET", capability_id: id }), null);
    for (const answer of [await ask(http(), revoked), await ask(tool(), revoked), hinted]) {
      expect(verdict(answer)).toMatchObject({
        verdict: "deny",
        guard: "CapabilityRevocation",
        reason: "capability token has been revoked",
      });
      expect(at(answer.json, "evidence")).toEqual([]);
    }
  });
});

describe("POST /chio/evaluate, a tool", () => {
  test("the whole kernel decides, and its own receipt is in the log", async () => {
    const answer = await ask(tool());
    expect(verdict(answer)).toEqual({ verdict: "allow" });
    expect(at(answer.json, "receipt", "metadata", "verdict_matrix")).toEqual({
      reason_code: "urn:chio:error:none",
      scope_set: ["files:read_file:invoke"],
    });
    const id = asText(at(answer.json, "receipt", "metadata", "chio_kernel_receipt_id")) ?? "";
    const stored = server.shell.receipts.byId(id);
    expect(stored).toContain('"tool_name":"read_file"');
    expect(server.shell.receipts.byId(asText(at(answer.json, "receipt", "id")) ?? "")).toBe(
      canonicalize(objectAt(answer.json, "receipt")),
    );
  });

  test("without a token every method is denied, a GET too", async () => {
    for (const method of ["GET", "HEAD", "OPTIONS", "POST"]) {
      const answer = await ask(tool({ method }), null);
      expect(verdict(answer)).toMatchObject({
        verdict: "deny",
        guard: "CapabilityGuard",
        reason: "side-effect route requires a capability token",
      });
      expect(at(answer.json, "receipt", "metadata", "verdict_matrix")).toEqual({
        reason_code: "urn:chio:error:transport:auth-missing-or-invalid",
        scope_set: [],
      });
    }
  });

  test("a guard keeps its name and its row; a scope that does not cover the tool is the token's matter", async () => {
    const shadow = await ask(tool({ arguments: { path: "/etc/shadow" } }));
    expect(verdict(shadow)).toMatchObject({ verdict: "deny", guard: "forbidden-path" });
    expect(at(shadow.json, "evidence")).toMatchObject([
      { guard_name: "forbidden-path", verdict: false },
    ]);
    const write = await ask(tool({ tool_name: "write_file" }));
    expect(verdict(write)).toMatchObject({ verdict: "deny", guard: "CapabilityGuard" });
    expect(at(write.json, "receipt", "metadata", "verdict_matrix", "reason_code")).toBe(
      "urn:chio:error:capability:scope-exceeded",
    );
  });

  test("a caller that names itself by a key is held to it", async () => {
    const named = (agent: string) => tool({ caller: { ...CALLER, agent_id: agent } });
    expect(verdict(await ask(named(AGENT.key)))).toEqual({ verdict: "allow" });
    expect(verdict(await ask(named("my-agent")))).toEqual({ verdict: "allow" });
    expect(verdict(await ask(named(demoKey("somebody else").key)))).toMatchObject({
      verdict: "deny",
      guard: "CapabilityGuard",
    });
  });
});

describe.skipIf(validate === null)("what is answered fits the published schemas", () => {
  test.each<[string, () => Promise<Answer>]>([
    ["an allowed route", () => ask(http())],
    ["a safe route", () => ask(http({ method: "GET" }), null)],
    ["a denied route", () => ask(http(), null)],
    ["an allowed tool", () => ask(tool({ session_id: "s-1" }))],
    ["a denied tool", () => ask(tool({ arguments: { path: "/etc/shadow" } }))],
  ])("%s", async (_name, run) => {
    const answer = await run();
    expect(validate?.("evaluate-response", answer.json)).toEqual([]);
    expect(validate?.("http-receipt", objectAt(answer.json, "receipt"))).toEqual([]);
  });

  test("what the tests ask fits them too", () => {
    expect(validate?.("evaluate-request", http())).toEqual([]);
    expect(validate?.("evaluate-request", tool())).toEqual([]);
  });
});

test.each<[string, JsonObject, string]>([
  ["no request id", { request_id: null }, "/request_id"],
  ["an unknown method", { method: "TRACE" }, "/method"],
  ["no caller", { caller: null }, "/caller"],
  [
    "an unknown way of authenticating",
    { caller: { subject: "x", auth_method: { method: "pin" } } },
    "/caller/auth_method/method",
  ],
  [
    "a bearer without its hash",
    { caller: { subject: "x", auth_method: { method: "bearer" } } },
    "/caller/auth_method/token_hash",
  ],
  ["a body hash that is none", { body_hash: "AB" }, "/body_hash"],
  ["a query of numbers", { query: { page: 2 } }, "/query"],
  ["no time", { timestamp: "now" }, "/timestamp"],
])("%s is a bad request, and no decision", async (_name, changes, where) => {
  const answer = await server.post("/chio/evaluate", http(changes));
  expect(answer.status).toBe(400);
  expect(at(answer.json, "error")).toBe("chio_bad_request");
  expect(asText(at(answer.json, "message"))).toContain(where);
});

describe("POST /chio/verify and /v1/receipts/verify", () => {
  test("a receipt of this server is valid, a changed one and another's are not", async () => {
    const answer = await ask(tool());
    const receipt = objectAt(answer.json, "receipt");
    const id = asText(at(receipt, "metadata", "chio_kernel_receipt_id")) ?? "";
    const own: JsonObject = JSON.parse(server.shell.receipts.byId(id) ?? "{}");
    for (const [path, one] of [
      ["/chio/verify", receipt],
      ["/v1/receipts/verify", own],
    ] as const) {
      expect((await server.post(path, one)).json).toEqual({ valid: true });
      const changed = withMember(one, "policy_hash", "00".repeat(32));
      expect((await server.post(path, changed)).json).toEqual({ valid: false });
      expect((await server.post(path, {})).json).toEqual({ valid: false });
      expect((await server.post(path, [])).status).toBe(400);
    }
    expect((await server.post("/chio/verify", own)).json).toEqual({ valid: false });
    expect((await server.post("/v1/receipts/verify", receipt)).json).toEqual({ valid: false });
  });
});

describe("POST /v1/evaluate", () => {
  const call = (changes: JsonObject = {}): JsonObject => ({
    capability_id: at(token, "id") ?? null,
    tool_server: "files",
    tool_name: "read_file",
    parameters: { path: "/data/report.txt" },
    ...changes,
  });

  test("answers with the receipt alone, for allow and deny, over a token that it issued", async () => {
    const parameters = { path: "/data/report.txt" };
    const hash = hashHex(canonicalize(parameters), purePrimitives);
    const allowed = await server.post("/v1/evaluate", call({ parameter_hash: hash }));
    expect(allowed.status).toBe(200);
    expect(at(allowed.json, "decision")).toEqual({ verdict: "allow" });
    expect(at(allowed.json, "metadata", "parameter_hash_mismatch")).toBeUndefined();
    const denied = await server.post("/v1/evaluate", call({ tool_name: "write_file" }));
    expect(denied.status).toBe(200);
    expect(at(denied.json, "decision")).toMatchObject({ verdict: "deny", guard: "kernel" });
    for (const { json } of [allowed, denied]) await expectVerified(json, kernelKey(server));
  });

  test("takes the token from the header, if it is the one that is named", async () => {
    const foreign = signToken(token, demoKey("a stranger's authority").seed);
    const headers = { "X-Chio-Capability": canonicalize(foreign) };
    const answer = await server.post("/v1/evaluate", call(), { headers });
    expect(at(answer.json, "decision", "reason")).toMatch(/not a trusted CA/);
    const other = await server.post("/v1/evaluate", call({ capability_id: "cap-else" }), {
      headers: { "X-Chio-Capability": canonicalize(token) },
    });
    expect(at(other.json, "decision", "reason")).toMatch(/does not match/);
  });

  test("an id that it does not know carries nothing", async () => {
    const answer = await server.post("/v1/evaluate", call({ capability_id: "cap-unknown" }));
    expect(at(answer.json, "decision", "reason")).toMatch(/token is required/);
  });

  test("another parameter hash is noted, not believed", async () => {
    const answer = await server.post("/v1/evaluate", call({ parameter_hash: "ff".repeat(32) }));
    expect(at(answer.json, "decision", "verdict")).toBe("allow");
    expect(at(answer.json, "metadata", "parameter_hash_mismatch")).toEqual({
      claimed: "ff".repeat(32),
    });
    await expectVerified(answer.json, kernelKey(server));
  });

  test.each<[string, JsonObject]>([
    ["parameters that are no object", { parameters: [1] }],
    ["no tool", { tool_name: "" }],
    ["no capability", { capability_id: null }],
  ])("%s is a bad request", async (_name, changes) => {
    const answer = await server.post("/v1/evaluate", call(changes));
    expect(answer.status).toBe(400);
    expect(at(answer.json, "error")).toBe("chio_bad_request");
  });
});

test("a client's whole way: a token, its check, a call, its proof, a narrower token, the end", async () => {
  const control = { control: true };
  const wide = await issue(server, [READ_GRANT, { ...READ_GRANT, tool_name: "list" }]);
  expect((await server.post("/v1/capabilities/validate", wide)).json).toEqual({ valid: true });
  const asked = await server.post("/v1/evaluate", {
    capability_id: at(wide, "id") ?? null,
    tool_server: "files",
    tool_name: "list",
    parameters: {},
  });
  expect((await server.post("/v1/receipts/verify", asked.json)).json).toEqual({ valid: true });
  const narrow = await server.post(
    "/v1/capabilities/attenuate",
    { parent_token: wide, new_scope: { grants: [{ ...READ_GRANT, operations: ["Invoke"] }] } },
    control,
  );
  const refused = await server.post("/v1/evaluate", {
    capability_id: at(narrow.json, "id") ?? null,
    tool_server: "files",
    tool_name: "list",
    parameters: {},
  });
  expect(at(refused.json, "decision", "verdict")).toBe("deny");
  await server.post("/v1/revocations", { capabilityId: at(wide, "id") ?? null }, control);
  expect((await server.post("/v1/capabilities/validate", narrow.json)).json).toMatchObject({
    valid: false,
  });
  const health = await server.get("/chio/health");
  expect(health.json).toEqual({ status: "healthy", version: server.shell.version });
});
