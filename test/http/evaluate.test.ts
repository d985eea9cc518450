import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signDpopProof } from "@/kernel/capability/dpop.ts";
import { signToken } from "@/kernel/capability/sign.ts";
import { asText, isArray, type JsonObject } from "@/kernel/json/value.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import { temporaryDirectory } from "@/lib/server/testing/data-directory.ts";
import { AGENT, issue, question, READ_GRANT } from "./agent.ts";
import { at, objectAt, startServer, type TestServer } from "./server.ts";
import { expectVerified, kernelKey } from "./verified.ts";

let server: TestServer;
let token: JsonObject;
beforeAll(async () => {
  server = await startServer();
  token = await issue(server);
});
afterAll(async () => {
  await server.close();
});

async function logged(): Promise<number> {
  const answer = await server.get("/v1/receipts/query", { control: true });
  return Number(at(answer.json, "totalCount"));
}

describe("POST /api/evaluate, live", () => {
  test("allows what every check passes, with the trace of all of them and a receipt in the log", async () => {
    const answer = await server.post("/api/evaluate", question(token));
    expect(answer.status).toBe(200);
    expect(at(answer.json, "mode")).toBe("live");
    expect(at(answer.json, "verdict")).toEqual({
      verdict: "allow",
      reason_code: "urn:chio:error:none",
    });
    const trace = at(answer.json, "trace");
    expect((isArray(trace) ? trace : []).map((step) => at(step, "step"))).toEqual([
      "emergency-stop",
      "token",
      "revocation",
      "delegation",
      "subject",
      "rewrites",
      "scope",
      "proof-of-possession",
      "registration",
      "guards",
      "budget",
    ]);
    const receipt = objectAt(answer.json, "receipt");
    await expectVerified(receipt, kernelKey(server));
    expect(at(answer.json, "evidence")).toEqual(at(receipt, "evidence"));
    const found = await server.get("/v1/receipts/query?limit=200", { control: true });
    expect(at(found.json, "receipts")).toContainEqual(receipt);
  });

  test.each([
    ["policy", { policy: {} }, "/policy"],
    ["issuers", { trusted_issuers: [AGENT.key] }, "/trusted_issuers"],
  ])("refuses the caller's own %s", async (_name, changes, where) => {
    const before = await logged();
    const answer = await server.post("/api/evaluate", question(token, changes));
    expect(answer.status).toBe(400);
    expect(at(answer.json, "error")).toMatchObject({ code: "policy-not-allowed", where });
    expect(await logged()).toBe(before);
  });

  test.each<[string, JsonObject, string]>([
    ["a missing mode", { mode: null }, "/mode"],
    ["an unknown mode", { mode: "wet-run" }, "/mode"],
    ["a misspelt member", { capabilty: {} }, "/capabilty"],
    ["a request without a tool", { request: { tool_name: null } }, "/request/tool_name"],
    ["a misspelt member of the request", { request: { paths: [] } }, "/request/paths"],
    ["an unknown boundary", { boundary: "border" }, "/request/boundary"],
    ["an empty parent", { parent_receipt_id: "" }, "/parent_receipt_id"],
  ])("refuses %s and says where", async (_name, changes, where) => {
    const answer = await server.post("/api/evaluate", question(token, changes));
    expect(answer.status).toBe(400);
    expect(at(answer.json, "error", "where")).toBe(where);
    expect(at(answer.json, "error", "urn")).toBe("urn:chio:error:transport:invalid-request-shape");
  });

  test("three boundaries of one choreography are three receipts, linked, the last with headers", async () => {
    const events = { server_id: "broker", tool_name: "*", operations: ["invoke"] };
    const wide = await issue(server, [READ_GRANT, events]);
    const consumed = await server.post(
      "/api/evaluate",
      question(wide, {
        boundary: "consume",
        request: { server_id: "broker", tool_name: "events:consume:orders" },
      }),
    );
    const acted = await server.post(
      "/api/evaluate",
      question(wide, { parent_receipt_id: at(consumed.json, "receipt", "id") ?? null }),
    );
    const produced = await server.post(
      "/api/evaluate",
      question(wide, {
        boundary: "produce",
        parent_receipt_id: at(acted.json, "receipt", "id") ?? null,
        request: {
          server_id: "broker",
          tool_name: "events:produce:shipments",
          request_id: "r-3",
        },
      }),
    );
    const receipts = [consumed, acted, produced].map(({ json }) => objectAt(json, "receipt"));
    expect(receipts.map((one) => at(one, "tool_name"))).toEqual([
      "events:consume:orders",
      "read_file",
      "events:produce:shipments",
    ]);
    const parents = receipts.map((one) =>
      at(one, "metadata", "governed_transaction", "call_chain", "parentReceiptId"),
    );
    expect(parents).toEqual([undefined, at(receipts[0], "id"), at(receipts[1], "id")]);
    expect(at(produced.json, "headers")).toEqual({
      "X-Chio-Receipt": at(receipts[2], "id"),
      "X-Chio-Verdict": "allow",
      "X-Chio-Request-Id": "r-3",
    });
    expect(at(consumed.json, "headers")).toBeUndefined();
    for (const receipt of receipts) await expectVerified(receipt, kernelKey(server));
  });

  test("a boundary in two places must be one", async () => {
    const two = question(token, { boundary: "tool", request: { boundary: "produce" } });
    expect((await server.post("/api/evaluate", two)).status).toBe(400);
  });
});

describe("POST /api/evaluate, dry-run", () => {
  const dry = (changes: JsonObject) => question(token, { mode: "dry-run", ...changes });

  test("judges by the caller's policy, as an object or as text, and leaves no trace", async () => {
    const before = await logged();
    const yaml = "guards:\n  forbidden_path:\n    enabled: true\n    patterns: ['/data/**']\n";
    const policies = [
      yaml,
      { guards: { forbidden_path: { enabled: true, patterns: ["/data/**"] } } },
    ];
    for (const policy of policies) {
      const answer = await server.post("/api/evaluate", dry({ policy }));
      expect(answer.status, answer.text).toBe(200);
      expect(at(answer.json, "verdict")).toMatchObject({
        verdict: "deny",
        guard: "forbidden-path",
        pointer: "/path",
      });
    }
    expect(await logged()).toBe(before);
  });

  test("signs with a key that is nobody's, and marks the receipt", async () => {
    const answer = await server.post("/api/evaluate", dry({}));
    const receipt = objectAt(answer.json, "receipt");
    expect(at(receipt, "metadata", "chio_explorer", "demo")).toBe(true);
    await expectVerified(receipt, server.shell.demoSigner.publicKey);
    const bundle = await server.get("/api/trust-bundle");
    expect(bundle.text).not.toContain(server.shell.demoSigner.publicKey);
    const verified = await server.post("/v1/receipts/verify", receipt);
    expect(verified.json).toEqual({ valid: false });
  });

  test("trusts the issuers that the caller names, this once", async () => {
    const authority = demoKey("the caller's authority");
    const own = signToken(token, authority.seed);
    const unnamed = await server.post("/api/evaluate", dry({ capability: own }));
    expect(at(unnamed.json, "verdict", "code")).toBe("untrusted-issuer");
    const named = dry({ capability: own, trusted_issuers: [authority.key.toUpperCase()] });
    const answer = await server.post("/api/evaluate", named);
    expect(at(answer.json, "verdict", "verdict")).toBe("allow");
    const after = await server.post("/api/evaluate", question(own));
    expect(at(after.json, "verdict", "code")).toBe("untrusted-issuer");
  });

  test("takes nothing from the budget", async () => {
    const counted = await issue(server, [{ ...READ_GRANT, max_invocations: 1 }]);
    for (let time = 0; time < 3; time += 1) {
      const answer = await server.post("/api/evaluate", dry({ capability: counted }));
      expect(at(answer.json, "verdict", "verdict")).toBe("allow");
    }
    const live = await server.post("/api/evaluate", question(counted));
    expect(at(live.json, "verdict", "verdict")).toBe("allow");
    const second = await server.post("/api/evaluate", question(counted));
    expect(at(second.json, "verdict", "code")).toBe("budget-exhausted");
  });

  test.each<[string, JsonObject, string]>([
    ["an unknown key", { policy: { guards: { forbidden_paths: {} } } }, "/policy/guards"],
    ["text that is no policy", { policy: "guards: [" }, "/policy"],
    ["a list", { policy: [] }, "/policy"],
  ])("refuses %s with its place", async (_name, changes, where) => {
    const answer = await server.post("/api/evaluate", dry(changes));
    expect(answer.status).toBe(400);
    expect(at(answer.json, "error", "code")).toBe("policy-refused");
    expect(asText(at(answer.json, "error", "where"))).toContain(where);
  });

  test("refuses an issuer that is no key", async () => {
    const answer = await server.post("/api/evaluate", dry({ trusted_issuers: ["me"] }));
    expect(at(answer.json, "error", "where")).toBe("/trusted_issuers");
  });
});

describe("a proof of possession", () => {
  const grant = { ...READ_GRANT, dpop_required: true };
  const path = { path: "/data/report.txt" };

  test("is asked for, taken once, and not twice, over a restart too", async () => {
    const folder = temporaryDirectory();
    const before = await startServer({ directory: folder.path });
    const own = await issue(before, [grant]);
    const dpop = signDpopProof(
      {
        capabilityId: asText(at(own, "id")) ?? "",
        call: { serverId: "files", toolName: "read_file", arguments: path },
        nonce: "once",
        issuedAt: BigInt(Math.floor(Date.now() / 1000)),
      },
      AGENT.seed,
    );
    const proven = question(own, { request: { dpop } });
    const codes: unknown[] = [];
    for (const body of [question(own), proven, proven]) {
      const answer = await before.post("/api/evaluate", body);
      codes.push(at(answer.json, "verdict", "code"));
    }
    await before.close();
    const after = await startServer({ directory: folder.path });
    const again = await after.post("/api/evaluate", proven);
    codes.push(at(again.json, "verdict", "code"));
    expect(codes).toEqual(["dpop-invalid", undefined, "dpop-replayed", "dpop-replayed"]);
    await after.close();
    folder.remove();
  });
});

test("older consumers can have their form, and budgets outlast a restart in it", async () => {
  const folder = temporaryDirectory();
  const environment = { CHIO_RECEIPT_FORM: "pre-v1", CHIO_KEYS: "single" };
  const before = await startServer({ directory: folder.path, environment });
  const counted = await issue(before, [{ ...READ_GRANT, max_invocations: 1 }]);
  const allowed = await before.post("/api/evaluate", question(counted));
  const receipt = objectAt(allowed.json, "receipt");
  expect(at(receipt, "receipt_kind")).toBeUndefined();
  expect(at(receipt, "id")).toMatch(/^rcpt-[0-9a-f]{8}-[0-9a-f]{4}-7/);
  await expectVerified(receipt, kernelKey(before));
  await before.close();
  const after = await startServer({ directory: folder.path, environment });
  const denied = await after.post("/api/evaluate", question(counted));
  expect(at(denied.json, "verdict", "code")).toBe("budget-exhausted");
  await expectVerified(objectAt(denied.json, "receipt"), kernelKey(after));
  await after.close();
  folder.remove();
});
