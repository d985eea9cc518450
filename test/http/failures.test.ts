import { afterEach, describe, expect, test } from "vitest";
import { signToken } from "@/kernel/capability/sign.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { withMember } from "@/kernel/record-members.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import type { KernelShell } from "@/lib/server/kernel-shell.ts";
import { issue, question, READ_GRANT } from "./agent.ts";
import { at, startServer, type TestServer, type TestServerOptions } from "./server.ts";
import { expectSignedDeny } from "./verified.ts";

const servers: TestServer[] = [];
async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startServer(options);
  servers.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function ask(server: TestServer, body: JsonObject): Promise<JsonObject> {
  const answer = await server.post("/api/evaluate", body);
  expect(answer.status).toBe(200);
  return answer.json;
}

describe("every way to fail ends in a signed deny that is in the log", () => {
  test("1: no token", async () => {
    const server = await start();
    for (const capability of [null, ""]) {
      await expectSignedDeny(server, await ask(server, question(capability)), {
        guard: "kernel",
        reason: /token is required/,
        urn: "transport:auth-missing-or-invalid",
      });
    }
  });

  test("2: an invalid signature, an unknown issuer, and what is no token at all", async () => {
    const server = await start();
    const token = await issue(server);
    const forged = withMember(token, "id", "cap-forged");
    await expectSignedDeny(server, await ask(server, question(forged)), {
      guard: "kernel",
      reason: /signature is invalid/,
      urn: "capability:signature-invalid",
    });
    const foreign = signToken(token, demoKey("nobody's authority").seed);
    await expectSignedDeny(server, await ask(server, question(foreign)), {
      guard: "kernel",
      reason: /not a trusted CA/,
      urn: "capability:signature-invalid",
    });
    for (const capability of ["{", [], 7]) {
      await expectSignedDeny(server, await ask(server, question(capability)), {
        guard: "kernel",
        reason: /verification failed/,
        urn: "capability:signature-invalid",
      });
    }
  });

  test("3: expired, at the very second, and not before", async () => {
    let now = 1_800_000_000_000n;
    const server = await start({ clock: () => now });
    const token = await issue(server, [READ_GRANT], 600);
    now += 600_000n - 1n;
    expect(at(await ask(server, question(token)), "verdict", "verdict")).toBe("allow");
    now += 1n;
    await expectSignedDeny(server, await ask(server, question(token)), {
      guard: "kernel",
      reason: /has expired/,
      urn: "capability:expired",
    });
  });

  test("4: revoked, and the token that narrows it with it", async () => {
    const server = await start();
    const token = await issue(server);
    const narrowed = await server.post(
      "/v1/capabilities/attenuate",
      { parent_token: token, new_scope: { grants: [READ_GRANT] } },
      { control: true },
    );
    expect(narrowed.status).toBe(200);
    expect(at(await ask(server, question(narrowed.json)), "verdict", "verdict")).toBe("allow");
    const revoked = await server.post(
      "/v1/revocations",
      { capabilityId: at(token, "id") ?? null },
      { control: true },
    );
    expect(revoked.json).toMatchObject({ revoked: true, newlyRevoked: true });
    for (const capability of [token, narrowed.json]) {
      await expectSignedDeny(server, await ask(server, question(capability)), {
        guard: "kernel",
        reason: /has been revoked/,
        urn: "capability:revoked",
      });
    }
  });

  test("5: out of scope, and another agent's token", async () => {
    const server = await start();
    const token = await issue(server);
    const writes = question(token, { request: { tool_name: "write_file" } });
    await expectSignedDeny(server, await ask(server, writes), {
      guard: "kernel",
      reason: /not in capability scope/,
      urn: "capability:scope-exceeded",
    });
    const other = question(token, { request: { agent_id: demoKey("another agent").key } });
    await expectSignedDeny(server, await ask(server, other), {
      guard: "kernel",
      reason: /does not match capability subject/,
      urn: "capability:subject-mismatch",
    });
  });

  test("6: a guard denies, and the guards after it leave no row", async () => {
    const server = await start();
    const token = await issue(server);
    const shadow = question(token, { request: { arguments: { path: "/etc/shadow" } } });
    const answer = await ask(server, shadow);
    const receipt = await expectSignedDeny(server, answer, {
      guard: "forbidden-path",
      reason: /forbidden-path/,
      urn: "guard:denied",
    });
    expect(at(receipt, "evidence")).toMatchObject([
      { guard_name: "forbidden-path", verdict: false },
    ]);
  });

  test("7: a guard that throws denies in its own name", async () => {
    const server = await start({
      change: (shell) =>
        withLive(shell, {
          policy: {
            ...shell.live.policy,
            guards: [
              {
                name: "brittle",
                check() {
                  throw new Error("out of ideas");
                },
              },
            ],
          },
        }),
    });
    await expectSignedDeny(server, await ask(server, question(await issue(server))), {
      guard: "brittle",
      reason: /brittle.*fail-closed/,
      urn: "guard:denied",
    });
  });

  test("8: the budget ends exactly where it ends, also for calls at once", async () => {
    const server = await start();
    const limited = {
      ...READ_GRANT,
      max_cost_per_invocation: { units: 250, currency: "USD" },
      max_total_cost: { units: 1000, currency: "USD" },
    };
    const token = await issue(server, [limited]);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        // One name for all six: a repeated request is another call, not a call that was paid for.
        ask(server, question(token, { request: { request_id: "same" } })),
      ),
    );
    const allowed = answers.filter((one) => at(one, "verdict", "verdict") === "allow");
    expect(allowed).toHaveLength(4);
    const denied = answers.find((one) => at(one, "verdict", "verdict") === "deny") ?? {};
    const receipt = await expectSignedDeny(server, denied, {
      guard: "kernel",
      reason: /budget exhausted/,
      urn: "kernel:budget-exhausted",
    });
    expect(at(receipt, "metadata", "financial")).toMatchObject({
      attempted_cost: 250,
      budget_remaining: 0,
      cost_charged: 0,
      settlement_status: "not_applicable",
    });
    expect(at(allowed[0], "receipt", "metadata", "financial")).toMatchObject({
      cost_charged: 250,
      budget_total: 1000,
      settlement_status: "settled",
    });
  });

  test("10: the kernel itself fails, before and after it has judged", async () => {
    const before = await start({
      change: (shell) =>
        withLive(shell, {
          trustedIssuers: () => {
            throw new TypeError("secret of the house");
          },
        }),
    });
    const denied = await expectSignedDeny(before, await ask(before, question(null)), {
      guard: "kernel",
      reason: /^internal error: TypeError$/,
      urn: "kernel:internal-error",
    });
    expect(JSON.stringify(denied)).not.toContain("secret of the house");
    expect(before.reported).toHaveLength(1);

    const after = await start({
      change: (shell) =>
        withLive(shell, {
          budgets: {
            ...shell.live.budgets,
            apply() {
              throw new RangeError("the book is torn");
            },
          },
        }),
    });
    const counted = await issue(after, [{ ...READ_GRANT, max_invocations: 3 }]);
    await expectSignedDeny(after, await ask(after, question(counted)), {
      guard: "kernel",
      reason: /^internal error: RangeError$/,
      urn: "kernel:internal-error",
    });
  });
});

describe("a decision that cannot be signed or stored is no decision", () => {
  test("without a signature there is an error, and no receipt anywhere", async () => {
    const server = await start({
      change: (shell) =>
        withLive(shell, {
          signer: () => {
            throw new Error("the key is gone");
          },
        }),
    });
    const answer = await server.post("/api/evaluate", question(await issue(server)));
    expect(answer.status).toBe(500);
    expect(at(answer.json, "error", "code")).toBe("signing-failed");
    expect(answer.text).not.toContain("allow");
    expect(answer.text).not.toContain("the key is gone");
  });

  test("without a durable receipt there is an error, and the server says that it is not well", async () => {
    const server = await start();
    const token = await issue(server);
    server.shell.receipts.connection.exec(
      "CREATE TRIGGER broken BEFORE INSERT ON chio_tool_receipts BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    const answer = await server.post("/api/evaluate", question(token));
    expect(answer.status).toBe(503);
    expect(at(answer.json, "error", "code")).toBe("not-durable");
    expect(answer.text).not.toContain("allow");
    expect((await server.get("/chio/health")).json).toMatchObject({ status: "unhealthy" });
    server.shell.receipts.connection.exec("DROP TRIGGER broken");
    expect((await server.post("/api/evaluate", question(token))).status).toBe(200);
    expect((await server.get("/chio/health")).json).toMatchObject({ status: "healthy" });
  });
});

function withLive(shell: KernelShell, live: Partial<KernelShell["live"]>): KernelShell {
  return { ...shell, live: { ...shell.live, ...live } };
}
