import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signToken } from "@/kernel/capability/sign.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isArray, type JsonObject, type JsonValue } from "@/kernel/json/value.ts";
import { parseTrustFile, TRUST_ROLES } from "@/kernel/trust/trust-file.ts";
import { runChio } from "@/lib/cli/chio.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import { temporaryDirectory } from "@/lib/server/testing/data-directory.ts";
import { AGENT, issue, question, READ_GRANT } from "./agent.ts";
import { type Answer, at, objectAt, startServer, type TestServer } from "./server.ts";
import { expectSignedDeny } from "./verified.ts";

const CONTROL = { control: true };

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ environment: { CHIO_MAX_CAPABILITY_TTL: "1000" } });
});
afterAll(async () => {
  await server.close();
});

const list = (value: JsonValue | undefined): readonly JsonValue[] => (isArray(value) ? value : []);

describe("POST /v1/capabilities", () => {
  const ask = (changes: JsonObject): Promise<Answer> =>
    server.post(
      "/v1/capabilities",
      { subject: AGENT.key, scope: { grants: [READ_GRANT] }, ttl_seconds: 60, ...changes },
      CONTROL,
    );

  test("issues a token that is in force, operations in one spelling", async () => {
    const answer = await ask({
      scope: { grants: [{ ...READ_GRANT, operations: ["Invoke", "ReadResult"] }] },
    });
    expect(answer.status).toBe(200);
    expect(at(answer.json, "subject")).toBe(AGENT.key);
    const [grant] = list(at(answer.json, "scope", "grants"));
    expect(at(grant, "operations")).toEqual(["invoke", "read_result"]);
    expect(Number(at(answer.json, "expires_at")) - Number(at(answer.json, "issued_at"))).toBe(60);
    const valid = await server.post("/v1/capabilities/validate", { token: answer.json });
    expect(valid.json).toEqual({ valid: true });
  });

  test("lives 300 seconds where nobody says, and grants nothing that nobody asked for", async () => {
    const answer = await ask({ ttl_seconds: null, scope: null });
    expect(Number(at(answer.json, "expires_at")) - Number(at(answer.json, "issued_at"))).toBe(300);
    expect(list(at(answer.json, "scope", "grants"))).toEqual([]);
  });

  test.each<[string, JsonObject, number, string]>([
    ["a life of nothing", { ttl_seconds: 0 }, 422, "/ttl_seconds"],
    ["a life beyond the limit", { ttl_seconds: 1001 }, 422, "/ttl_seconds"],
    ["a life that is no number", { ttl_seconds: "1h" }, 400, "/ttl_seconds"],
    ["a subject that is no key", { subject: "agent" }, 400, "/subject"],
    ["a subject that proves nothing", { subject: `01${"00".repeat(31)}` }, 400, "/subject"],
    [
      "an unknown operation",
      { scope: { grants: [{ ...READ_GRANT, operations: ["own"] }] } },
      422,
      "/scope/grants/0/operations/0",
    ],
    ["a scope that is none", { scope: [] }, 400, "/scope"],
  ])("%s is refused", async (_name, changes, status, where) => {
    const answer = await ask(changes);
    expect(answer.status).toBe(status);
    expect(asText(at(answer.json, "message"))).toContain(where);
  });

  test("the longest life is the limit itself", async () => {
    expect((await ask({ ttl_seconds: 1000 })).status).toBe(200);
  });
});

describe("POST /v1/capabilities/attenuate", () => {
  const narrow = (parent: JsonValue, grants: readonly JsonObject[]): Promise<Answer> =>
    server.post(
      "/v1/capabilities/attenuate",
      { parent_token: parent, new_scope: { grants } },
      CONTROL,
    );

  test("gives less, for the same subject, and not a second longer", async () => {
    const parent = await issue(server, [{ ...READ_GRANT, max_invocations: 5 }], 100);
    const answer = await narrow(parent, [{ ...READ_GRANT, max_invocations: 2 }]);
    expect(answer.status).toBe(200);
    expect(at(answer.json, "subject")).toBe(AGENT.key);
    expect(Number(at(answer.json, "expires_at"))).toBeLessThanOrEqual(
      Number(at(parent, "expires_at")),
    );
  });

  test("gives no more, and nothing of a token that is not in force", async () => {
    const parent = await issue(server, [{ ...READ_GRANT, max_invocations: 5 }]);
    for (const grants of [[READ_GRANT], [{ ...READ_GRANT, max_invocations: 6 }]]) {
      expect((await narrow(parent, grants)).status).toBe(422);
    }
    const fewer = [{ ...READ_GRANT, max_invocations: 1 }];
    await server.post("/v1/revocations", { capabilityId: at(parent, "id") ?? null }, CONTROL);
    expect((await narrow(parent, fewer)).status).toBe(422);
    expect((await narrow({ id: "x" }, fewer)).status).toBe(422);
    expect((await narrow(null, fewer)).status).toBe(400);
  });
});

describe("revocation and lineage", () => {
  test("is idempotent, and says which it was", async () => {
    const body = { capabilityId: "cap-once" };
    const first = await server.post("/v1/revocations", body, CONTROL);
    const second = await server.post("/v1/revocations", body, CONTROL);
    expect(first.json).toEqual({ capabilityId: "cap-once", revoked: true, newlyRevoked: true });
    expect(second.json).toEqual({ capabilityId: "cap-once", revoked: true, newlyRevoked: false });
    for (const wrong of [{}, { capabilityId: "" }, { capabilityid: "x" }, []]) {
      expect((await server.post("/v1/revocations", wrong, CONTROL)).status).toBe(400);
    }
  });

  test("an issuer is revoked by its key, with every token of it", async () => {
    const own = await startServer();
    const token = await issue(own);
    await own.post("/v1/revocations", { capabilityId: at(token, "issuer") ?? null }, CONTROL);
    const answer = await own.post("/api/evaluate", question(token));
    expect(at(answer.json, "verdict", "code")).toBe("issuer-revoked");
    await own.close();
  });

  test("an issued token is known by its id; another is not", async () => {
    const token = await issue(server);
    const place = `/v1/lineage/${asText(at(token, "id"))}`;
    const row = await server.get(place, CONTROL);
    expect(row.json).toMatchObject({
      capabilityId: at(token, "id"),
      subjectKey: AGENT.key,
      issuerKey: at(token, "issuer"),
      delegationDepth: 0,
      parentCapabilityId: null,
      scope: at(token, "scope"),
    });
    const chain = await server.get(`${place}/chain`, CONTROL);
    expect(at(chain.json, "chain")).toEqual([row.json]);
    expect((await server.get("/v1/lineage/unknown", CONTROL)).status).toBe(404);
    expect((await server.get("/v1/lineage/unknown/chain", CONTROL)).status).toBe(404);
  });
});

describe("emergency stop", () => {
  test("denies everything, over a restart too, until it is resumed", async () => {
    const folder = temporaryDirectory();
    const before = await startServer({ directory: folder.path });
    const token = await issue(before);
    const header = { headers: { "X-Admin-Token": "wrong" } };
    expect((await before.post("/emergency-stop", { reason: "drill" }, header)).status).toBe(401);
    expect((await before.post("/emergency-stop", {}, CONTROL)).status).toBe(400);
    const admin = { headers: { "X-Admin-Token": "control-token-of-the-tests-0123456789" } };
    const stopped = await before.post("/emergency-stop", { reason: "drill" }, admin);
    expect(stopped.json).toMatchObject({ active: true, reason: "drill" });
    const expected = {
      guard: "kernel",
      reason: /^kernel emergency stop active$/,
      urn: "policy:decision-denied",
    };
    const denied = await before.post("/api/evaluate", question(token));
    await expectSignedDeny(before, denied.json, expected);
    const route = await before.post("/chio/evaluate", {
      request_id: "r",
      method: "GET",
      route_pattern: "/",
      path: "/",
      caller: { subject: "x", auth_method: { method: "anonymous" } },
      timestamp: 1,
    });
    expect(at(route.json, "verdict", "verdict")).toBe("deny");
    expect((await before.get("/chio/health")).json).toMatchObject({ status: "degraded" });
    await before.close();

    const after = await startServer({ directory: folder.path });
    expect((await after.get("/emergency-status", CONTROL)).json).toMatchObject({ active: true });
    const still = await after.post("/api/evaluate", question(token));
    await expectSignedDeny(after, still.json, expected);
    expect((await after.post("/emergency-resume", {}, CONTROL)).json).toEqual({ active: false });
    const allowed = await after.post("/api/evaluate", question(token));
    expect(at(allowed.json, "verdict", "verdict")).toBe("allow");
    await after.close();
    folder.remove();
  });
});

describe("keys", () => {
  test("a rotated key signs from now on, and what the old one signed still verifies", async () => {
    const own = await startServer();
    const token = await issue(own);
    const before = objectAt((await own.post("/api/evaluate", question(token))).json, "receipt");
    const rotated = await own.post("/api/keys/rotate", { role: "kernel" }, CONTROL);
    expect(rotated.status).toBe(200);
    const after = objectAt((await own.post("/api/evaluate", question(token))).json, "receipt");
    expect(at(after, "kernel_key")).toBe(at(rotated.json, "key"));
    expect(at(after, "kernel_key")).not.toBe(at(before, "kernel_key"));
    for (const receipt of [before, after]) {
      const answer = await own.post("/v1/receipts/verify", receipt);
      expect(answer.json).toEqual({ valid: true });
    }
    expect((await own.post("/api/keys/rotate", { role: "janitor" }, CONTROL)).status).toBe(400);
    await own.close();
  });

  test("the trust bundle is a trust file with every role, and no secret in it", async () => {
    const answer = await server.get("/api/trust-bundle");
    const file = parseTrustFile(answer.json, nodePlatform().primitives);
    expect(file.ok && new Set(file.value.keys.map(({ role }) => role))).toEqual(
      new Set(TRUST_ROLES),
    );
    expect(answer.text).not.toContain("seed");
  });
});

describe("the log can be asked", () => {
  let own: TestServer;
  let token: JsonObject;
  beforeAll(async () => {
    own = await startServer();
    token = await issue(own);
    for (const path of ["/data/a", "/etc/shadow", "/data/b"]) {
      await own.post("/api/evaluate", question(token, { request: { arguments: { path } } }));
    }
  });
  afterAll(async () => {
    await own.close();
  });

  test("page by page, in order", async () => {
    const first = await own.get("/v1/receipts/query?limit=2", CONTROL);
    expect(at(first.json, "totalCount")).toBe(3);
    expect(list(at(first.json, "receipts"))).toHaveLength(2);
    const cursor = String(at(first.json, "nextCursor"));
    const second = await own.get(`/v1/receipts/query?limit=2&cursor=${cursor}`, CONTROL);
    expect(list(at(second.json, "receipts"))).toHaveLength(1);
    expect(at(second.json, "nextCursor")).toBeNull();
    const denied = await own.get("/v1/receipts/query?outcome=deny", CONTROL);
    expect(list(at(denied.json, "receipts")).map((one) => at(one, "decision", "guard"))).toEqual([
      "forbidden-path",
    ]);
  });

  test.each([
    "outcome=perhaps",
    "limit=-1",
    "limit=1&limit=2",
    "since=yesterday",
    "cursor=18446744073709551616",
    "tenantId=other",
    "capabilityid=x",
  ])("not with %s", async (query) => {
    for (const path of ["/v1/receipts/query", "/v1/receipts/analytics"]) {
      expect((await own.get(`${path}?${query}`, CONTROL)).status).toBe(400);
    }
  });

  test("in sums", async () => {
    const answer = await own.get("/v1/receipts/analytics?timeBucket=day", CONTROL);
    expect(at(answer.json, "summary")).toMatchObject({
      totalReceipts: 3,
      allowCount: 2,
      denyCount: 1,
    });
    expect((await own.get("/v1/receipts/analytics?timeBucket=week", CONTROL)).status).toBe(400);
  });

  test("as evidence that verifies with the trust bundle, every receipt covered", async () => {
    const evidence = await fetch(`${own.url}/api/evidence`, {
      headers: { Authorization: "Bearer control-token-of-the-tests-0123456789" },
    });
    expect(evidence.headers.get("content-type")).toBe("application/zip");
    const folder = temporaryDirectory();
    const archive = join(folder.path, "evidence.zip");
    const trust = join(folder.path, "trust.json");
    writeFileSync(archive, new Uint8Array(await evidence.arrayBuffer()));
    writeFileSync(trust, (await own.get("/api/trust-bundle")).text);
    const report = await verified([archive, "--trust", trust]);
    expect(at(report, "headline")).toBe("verified");
    expect(at(report, "counts")).toMatchObject({ receipts: 3, checkpoints: 1, rejected: 0 });
    expect(at(report, "questions", "included")).toMatchObject({ numerator: 3, denominator: 3 });
    folder.remove();
  });

  test("the store file itself, after the end, verifies with the same counts", async () => {
    const folder = temporaryDirectory();
    const one = await startServer({ directory: folder.path });
    for (let time = 0; time < 3; time += 1) {
      await one.post("/api/evaluate", question(null));
    }
    const trust = join(folder.path, "trust.json");
    writeFileSync(trust, (await one.get("/api/trust-bundle")).text);
    await one.close();
    const report = await verified([join(folder.path, "receipts.sqlite3"), "--trust", trust]);
    expect(at(report, "headline")).toBe("verified");
    expect(at(report, "counts")).toMatchObject({ receipts: 3, checkpoints: 1, rejected: 0 });
    folder.remove();
  });

  test("a second kernel does not get the same directory", async () => {
    const folder = temporaryDirectory();
    const one = await startServer({ directory: folder.path });
    await expect(startServer({ directory: folder.path })).rejects.toThrow(/held by process/);
    await one.close();
    const next = await startServer({ directory: folder.path });
    await next.close();
    folder.remove();
  });
});

test("a token of a trusted issuer elsewhere is honoured, and a stranger's is not", async () => {
  const elsewhere = demoKey("an authority elsewhere");
  const own = await startServer({ environment: { CHIO_TRUSTED_ISSUERS: elsewhere.key } });
  const token = await issue(own);
  for (const [key, verdict] of [
    [elsewhere, "allow"],
    [demoKey("a stranger"), "deny"],
  ] as const) {
    const answer = await own.post("/api/evaluate", question(signToken(token, key.seed)));
    expect(at(answer.json, "verdict", "verdict")).toBe(verdict);
  }
  await own.close();
});

/** The report of the project's own command line. */
async function verified(words: readonly string[]): Promise<JsonValue> {
  const out: string[] = [];
  await runChio(["verify", ...words, "--json"], {
    cwd: "/",
    stdin: Readable.from([]),
    out: { write: (text: string) => out.push(text) },
    complain: { write: (text: string) => out.push(text) },
  });
  const parsed = parseJson(out.join(""));
  return parsed.ok ? parsed.value.value : out.join("");
}
