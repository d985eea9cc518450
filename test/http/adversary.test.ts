import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { signToken } from "@/kernel/capability/sign.ts";
import { TOKEN_SCHEMA } from "@/kernel/capability/token.ts";
import { fromHex } from "@/kernel/encoding.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { signV1 } from "@/kernel/receipt/sign.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import { DEEPEST_BODY } from "@/lib/server/http/read-body.ts";
import { temporaryDirectory } from "@/lib/server/testing/data-directory.ts";
import { AGENT, issue, question, READ_GRANT } from "./agent.ts";
import { at, objectAt, startServer, type TestServer, type TestServerOptions } from "./server.ts";

const servers: TestServer[] = [];
async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startServer(options);
  servers.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const CONTROL = { control: true };

/** Containers, one in the other. */
function nested(levels: number): JsonValue {
  return levels === 0 ? 1 : { a: nested(levels - 1) };
}

describe("what a caller sends cannot spoil the log for others", () => {
  test("arguments as deep as a receipt can hold are judged, deeper ones are refused", async () => {
    const server = await start();
    const call = (levels: number) =>
      server.post("/v1/evaluate", {
        capability_id: "none",
        tool_server: "files",
        tool_name: "read_file",
        parameters: nested(levels),
      });
    expect((await call(DEEPEST_BODY - 1)).status).toBe(200);
    const refused = await call(DEEPEST_BODY);
    expect([refused.status, at(refused.json, "error")]).toEqual([400, "chio_bad_request"]);
    const logged = await server.get("/v1/receipts/query", CONTROL);
    expect([logged.status, at(logged.json, "totalCount")]).toEqual([200, 1]);
  });
});

describe("revoking ends everything that came from what is revoked", () => {
  const authority = demoKey("authority from elsewhere");

  /** A token of another authority, and one that this server narrowed from it. */
  async function narrowed(server: TestServer): Promise<JsonObject> {
    const now = Number(server.shell.live.clock() / 1000n);
    const parent = signToken(
      {
        schema: TOKEN_SCHEMA,
        id: "cap-from-elsewhere",
        subject: AGENT.key,
        scope: { grants: [READ_GRANT] },
        issued_at: now - 1,
        expires_at: now + 600,
      },
      authority.seed,
    );
    const child = await server.post(
      "/v1/capabilities/attenuate",
      { parent_token: parent, new_scope: { grants: [READ_GRANT] } },
      CONTROL,
    );
    expect(child.status, child.text).toBe(200);
    return child.json;
  }

  test.each([
    ["its id", "cap-from-elsewhere"],
    ["its issuer", authority.key],
    ["its issuer in another spelling", `0x${authority.key.toUpperCase()}`],
  ])("a narrowed token ends with its parent, by %s, over a restart too", async (_name, id) => {
    const folder = temporaryDirectory();
    const options = {
      directory: folder.path,
      environment: { CHIO_TRUSTED_ISSUERS: authority.key },
    };
    const server = await startServer(options);
    const token = await narrowed(server);
    const before = await server.post("/api/evaluate", question(token));
    expect(at(before.json, "verdict", "verdict")).toBe("allow");
    const revoked = await server.post("/v1/revocations", { capabilityId: id }, CONTROL);
    expect(at(revoked.json, "newlyRevoked")).toBe(true);
    const again = await server.post("/v1/revocations", { capabilityId: id }, CONTROL);
    expect(at(again.json, "newlyRevoked")).toBe(false);
    const after = await server.post("/api/evaluate", question(token));
    expect(at(after.json, "verdict", "code")).toBe("revoked");
    await server.close();
    const restarted = await startServer(options);
    const later = await restarted.post("/api/evaluate", question(token));
    expect(at(later.json, "verdict", "code")).toBe("revoked");
    await restarted.close();
    folder.remove();
  });
});

describe("a call is judged as what its name says", () => {
  const EVENT = "events:produce:orders";

  test("an event under the boundary of a tool call is refused", async () => {
    const server = await start();
    const asked = question(null, { boundary: "tool", request: { tool_name: EVENT } });
    expect((await server.post("/api/evaluate", asked)).status).toBe(400);
  });

  test("the other two questions take the boundary from the name", async () => {
    const server = await start();
    const call = { tool_server: "events", tool_name: EVENT, capability_id: "none" };
    const asked = await server.post("/v1/evaluate", { ...call, parameters: {} });
    expect(at(asked.json, "metadata", "chio_explorer", "boundary")).toBe("produce");
    await server.post("/chio/evaluate", {
      ...call,
      request_id: "one",
      method: "POST",
      route_pattern: "/orders",
      path: "/orders",
      timestamp: 1,
      caller: { subject: "s", auth_method: { method: "anonymous" } },
    });
    const logged = await server.get("/v1/receipts/query", CONTROL);
    expect(at(logged.json, "totalCount")).toBe(2);
    expect(logged.text).not.toContain('"boundary":"tool"');
  });

  test("two sets of arguments in one question are refused", async () => {
    const server = await start();
    const call = { capability_id: "none", tool_server: "files", tool_name: "read_file" };
    const both = { ...call, parameters: {}, arguments: { path: "/etc/shadow" } };
    expect((await server.post("/v1/evaluate", both)).status).toBe(400);
  });
});

describe("a dry run of somebody's own rules keeps nobody waiting", () => {
  const dry = (policy: JsonValue, tool: string, argument: JsonObject) =>
    question(null, { mode: "dry-run", policy, request: { tool_name: tool, arguments: argument } });

  test("many rules on a long text are refused before any is tried", async () => {
    const server = await start();
    const rewrites = Array.from({ length: 20_000 }, () => ({
      kind: "redact",
      action: "mask",
      detect: ["secret"],
    }));
    const asked = dry({ rewrites }, "x", { text: "x".repeat(1_000_000) });
    const answer = await server.post("/api/evaluate", asked);
    expect([answer.status, at(answer.json, "error", "code")]).toEqual([400, "policy-refused"]);
  });

  test("a pattern that needs too many steps denies, in the name of its guard", async () => {
    const server = await start();
    const token = await issue(server, [{ ...READ_GRANT, tool_name: "bash" }]);
    const command = (length: number) =>
      server.post("/api/evaluate", {
        ...dry(
          { guards: { shell_command: { forbidden_patterns: ["[ab]*a[ab]{900}[yz]"] } } },
          "bash",
          {
            command: "ab".repeat(length / 2),
          },
        ),
        capability: token,
      });
    expect(at((await command(1000)).json, "verdict", "verdict")).toBe("allow");
    const denied = (await command(1_000_000)).json;
    expect(at(denied, "verdict")).toMatchObject({ verdict: "deny", guard: "shell-command" });
  });
});

describe("limits", () => {
  test.each([
    [
      "a grant",
      { grants: [{ ...READ_GRANT, max_invocation: 3 }] },
      "/scope/grants/0/max_invocation",
    ],
    ["a scope", { grants: [], grant: [] }, "/scope/grant"],
  ])("one that is misspelt in %s is refused, not left out", async (_name, scope, where) => {
    const server = await start();
    const asked = { subject: AGENT.key, scope };
    const answer = await server.post("/v1/capabilities", asked, CONTROL);
    expect(answer.status).toBe(422);
    expect(at(answer.json, "message")).toContain(where);
  });

  test("an amount that the store cannot hold is a signed deny, and one below it is spent", async () => {
    const server = await start();
    const most = 2n ** 63n - 1n;
    const priced = (units: bigint) =>
      issue(server, [{ ...READ_GRANT, max_cost_per_invocation: { units, currency: "USD" } }]);
    const code = async (token: JsonObject) => {
      const answer = await server.post("/api/evaluate", question(token));
      return [answer.status, at(answer.json, "verdict", "code")];
    };
    const token = await priced(most);
    expect(await code(token)).toEqual([200, undefined]);
    expect(await code(token)).toEqual([200, "budget-error"]);
    expect(await code(await priced(most + 1n))).toEqual([200, "budget-error"]);
    expect(server.shell.health()).toBe("healthy");
  });
});

describe("keys and clocks", () => {
  test("a retired kernel key vouches for its own time alone", async () => {
    let now = 1_800_000_000_000n;
    const folder = temporaryDirectory();
    const server = await startServer({ directory: folder.path, clock: () => now });
    const keyFile = join(folder.path, "keys", "kernel.json");
    const seed = fromHex(JSON.parse(readFileSync(keyFile, "utf8")).seed) ?? new Uint8Array();
    const old = objectAt((await server.post("/api/evaluate", question(null))).json, "receipt");
    now += 10_000n;
    await server.post("/api/keys/rotate", { role: "kernel" }, CONTROL);
    const verify = async (receipt: JsonObject) =>
      at((await server.post("/v1/receipts/verify", receipt)).json, "valid");
    // The window ends a second after the rotation, for what was signed within that second.
    const signedAt = (timestamp: number) => verify(signV1({ ...old, timestamp }, seed));
    expect(await verify(old)).toBe(true);
    expect(await signedAt(1_800_000_010)).toBe(true);
    expect(await signedAt(1_800_000_011)).toBe(false);
    expect(await signedAt(1_799_999_999)).toBe(false);
    await server.close();
    folder.remove();
  });

  test("a retired authority issues nothing once its last token has expired", async () => {
    let now = 1_800_000_000_000n;
    const folder = temporaryDirectory();
    const server = await startServer({
      directory: folder.path,
      environment: { CHIO_MAX_CAPABILITY_TTL: "600" },
      clock: () => now,
    });
    const keyFile = join(folder.path, "keys", "capability_authority.json");
    const seed = fromHex(JSON.parse(readFileSync(keyFile, "utf8")).seed) ?? new Uint8Array();
    await server.post("/api/keys/rotate", { role: "capability_authority" }, CONTROL);
    const code = async (token: JsonObject) =>
      at((await server.post("/api/evaluate", question(token))).json, "verdict", "code");
    const stolen = signToken(
      {
        schema: TOKEN_SCHEMA,
        id: "cap-stolen",
        subject: AGENT.key,
        scope: { grants: [READ_GRANT] },
        issued_at: 1_800_000_000,
        expires_at: 1_900_000_000,
      },
      seed,
    );
    // The key is retired a second after the rotation.
    now += 601_000n - 1n;
    expect(await code(stolen)).toBeUndefined();
    now += 1n;
    expect(await code(stolen)).toBe("untrusted-issuer");
    await server.close();
    folder.remove();
  });

  test("a clock that is set back brings nothing to life, and dates no receipt before its key", async () => {
    let now = 1_800_000_000_000n;
    const server = await start({ clock: () => now });
    const token = await issue(server, [READ_GRANT], 60);
    now += 60_000n;
    expect(at((await server.post("/api/evaluate", question(token))).json, "verdict", "code")).toBe(
      "expired",
    );
    now -= 3_600_000n;
    const { json } = await server.post("/api/evaluate", question(token));
    expect(at(json, "verdict", "code")).toBe("expired");
    expect(at(json, "receipt", "timestamp")).toBe(1_800_000_060);
  });
});
