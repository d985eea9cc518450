import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { asText, type JsonObject, type JsonValue } from "@/kernel/json/value.ts";
import { hashHex } from "@/kernel/texts.ts";
import { temporaryDirectory } from "@/lib/server/testing/data-directory.ts";
import { issue, question } from "./agent.ts";
import { toolServer } from "./fixtures/tools.mjs";
import { at, objectAt, startServer, type TestServer } from "./server.ts";
import { expectSignedDeny, expectVerified, kernelKey } from "./verified.ts";

const folder = temporaryDirectory();
const servers: TestServer[] = [];
let remote: Server;
let remotePort = 0;

/** A kernel that dispatches to a program and to an address. */
async function startDispatching(
  environment: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const program = join(import.meta.dirname, "fixtures/tool-server.mjs");
  const file = join(folder.path, "tool-servers.json");
  writeFileSync(
    file,
    JSON.stringify({
      tools: { command: process.execPath, args: [program], env: { OWN_SETTING: "1" } },
      remote: { url: `http://127.0.0.1:${remotePort}/mcp` },
      absent: { command: join(folder.path, "no-such-program") },
    }),
  );
  const server = await startServer({ environment: { CHIO_TOOL_SERVERS: file, ...environment } });
  servers.push(server);
  return server;
}

let server: TestServer;
let token: JsonObject;
beforeAll(async () => {
  // Each request has a transport of its own, as the SDK asks of servers without sessions.
  remote = createServer((incoming, outgoing) => {
    const mcp = toolServer("remote");
    const transport = new StreamableHTTPServerTransport({});
    outgoing.on("close", () => {
      mcp.close().catch(() => undefined);
    });
    mcp
      .connect(transport)
      .then(() => transport.handleRequest(incoming, outgoing))
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => {
    remote.listen(0, "127.0.0.1", resolve);
  });
  const address = remote.address();
  remotePort = typeof address === "object" && address !== null ? address.port : 0;
  server = await startDispatching();
  token = await issue(server, [grant("tools"), grant("remote"), grant("absent")]);
});
afterAll(async () => {
  await Promise.all(servers.map((one) => one.close()));
  remote.closeAllConnections();
  remote.close();
  folder.remove();
});

function grant(serverId: string, changes: JsonObject = {}): JsonObject {
  return { server_id: serverId, tool_name: "*", operations: ["invoke"], ...changes };
}

async function call(
  tool: string,
  argument: JsonValue = {},
  { on = server, serverId = "tools", capability = token } = {},
): Promise<JsonObject> {
  const request = { server_id: serverId, tool_name: tool, arguments: argument };
  const answer = await on.post("/api/evaluate", question(capability, { request }));
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

describe("an allowed call runs, and its receipt hashes what was delivered", () => {
  test.each(["tools", "remote"])("on %s", async (serverId) => {
    const answer = await call("echo", { message: "hello" }, { serverId });
    const output = objectAt(answer, "output");
    expect(output).toMatchObject({ content: [{ type: "text", text: "hello" }] });
    const receipt = objectAt(answer, "receipt");
    await expectVerified(receipt, kernelKey(server));
    expect(at(receipt, "content_hash")).toBe(hashHex(canonicalize(output), purePrimitives));
  });

  test("a tool's own error is a result like another", async () => {
    const answer = await call("failing");
    expect(at(answer, "verdict", "verdict")).toBe("allow");
    expect(at(answer, "output", "isError")).toBe(true);
  });

  test("the program sees its own settings and nothing of the kernel's", async () => {
    process.env["CHIO_KEY_PROBE"] = "never hand on";
    const answer = await call("surroundings");
    delete process.env["CHIO_KEY_PROBE"];
    const names = canonicalize(at(answer, "output") ?? null);
    expect(names).toContain("OWN_SETTING");
    expect(names).not.toContain("CHIO_");
  });

  test("a dry run and a client that runs its tools itself dispatch nothing", async () => {
    const request = { server_id: "tools", tool_name: "dying", arguments: {} };
    const dry = await server.post("/api/evaluate", question(token, { mode: "dry-run", request }));
    expect(at(dry.json, "verdict", "verdict")).toBe("allow");
    const asked = await server.post("/v1/evaluate", {
      capability_id: at(token, "id") ?? null,
      tool_server: "tools",
      tool_name: "dying",
      parameters: {},
    });
    expect(at(asked.json, "decision", "verdict")).toBe("allow");
    expect(at(await call("echo", { message: "alive" }), "verdict", "verdict")).toBe("allow");
  });
});

describe("a result is looked through before it is delivered", () => {
  test("a secret is taken out, and what is hashed is what is left", async () => {
    const answer = await call("leaky");
    expect(at(answer, "verdict")).toMatchObject({
      verdict: "allow",
      reason_code: "urn:chio:error:guard:output-redacted",
    });
    expect(canonicalize(answer)).not.toContain("IOSFODNN7EXAMPLE");
    const output = at(answer, "output") ?? null;
    const receipt = objectAt(answer, "receipt");
    expect(at(receipt, "content_hash")).toBe(hashHex(canonicalize(output), purePrimitives));
    expect(at(receipt, "redaction_mode")).toBe("redacted");
    await expectVerified(receipt, kernelKey(server));
  });
});

describe("9: a tool that cannot be run ends in a signed deny", () => {
  test("one that takes too long, and its hold is given back", async () => {
    const hasty = await startDispatching({ CHIO_DISPATCH_TIMEOUT_MS: "400" });
    const priced = await issue(hasty, [
      grant("tools", {
        max_cost_per_invocation: { units: 60, currency: "USD" },
        max_total_cost: { units: 100, currency: "USD" },
      }),
    ]);
    const options = { on: hasty, capability: priced };
    for (let time = 0; time < 2; time += 1) {
      const receipt = await expectSignedDeny(hasty, await call("slow", {}, options), {
        guard: "kernel",
        reason: /^tool server error: timed out$/,
        urn: "provider:tool-server-error",
      });
      expect(at(receipt, "metadata", "financial")).toMatchObject({
        cost_charged: 0,
        attempted_cost: 60,
        budget_remaining: 100,
      });
      expect(at(receipt, "metadata", "budget_authority", "terminal", "disposition")).toBe(
        "reversed",
      );
    }
  });

  test("one that is not there, on a server that is and on one that is not", async () => {
    for (const [tool, serverId] of [
      ["unknown", "tools"],
      ["echo", "absent"],
    ] as const) {
      const answer = await call(tool, { message: "x" }, { serverId });
      await expectSignedDeny(server, answer, {
        guard: "kernel",
        reason: /tool not registered/,
        urn: "manifest:tool-not-registered",
      });
    }
  });

  test("arguments that the transport would round", async () => {
    const receipt = await expectSignedDeny(
      server,
      await call("echo", { message: "x", exact: 2n ** 60n }),
      { guard: "kernel", reason: /exactly/, urn: "provider:tool-server-error" },
    );
    expect(at(receipt, "action", "parameters", "exact")).toBe(2n ** 60n);
  });

  test("one whose server dies: denied, and not registered any more", async () => {
    const fragile = await startDispatching();
    const own = await issue(fragile, [grant("tools")]);
    const options = { on: fragile, capability: own };
    await expectSignedDeny(fragile, await call("dying", {}, options), {
      guard: "kernel",
      reason: /^tool server error: /,
      urn: "provider:tool-server-error",
    });
    expect(at(await call("echo", { message: "x" }, options), "verdict", "code")).toBe(
      "tool-not-registered",
    );
  });
});

describe("what a tool says it has cost", () => {
  let priced: JsonObject;
  beforeAll(async () => {
    priced = await issue(server, [
      grant("tools", {
        max_cost_per_invocation: { units: 250, currency: "USD" },
        max_total_cost: { units: 100_000, currency: "USD" },
      }),
    ]);
  });
  const report = (units: number, currency = "USD") =>
    call("priced", { units, currency }, { capability: priced });

  test.each([249, 250])("%i of 250: settled at that, without another receipt", async (units) => {
    const answer = await report(units);
    expect(at(answer, "receipt", "metadata", "financial")).toMatchObject({
      cost_charged: units,
      settlement_status: "settled",
    });
    expect(at(answer, "reconciliation")).toBeUndefined();
  });

  test.each<[string, () => Promise<JsonObject>, JsonObject]>([
    ["more than was held", () => report(251), { units: 251, currency: "USD" }],
    ["another currency", () => report(10, "EUR"), { units: 10, currency: "EUR" }],
    [
      "what is no amount",
      () => call("muddled", {}, { capability: priced }),
      { units: -1, currency: "" },
    ],
  ])("%s: still allowed, failed, and reconciled in a signed receipt", async (_name, run, said) => {
    const answer = await run();
    const receipt = objectAt(answer, "receipt");
    expect(at(answer, "verdict", "verdict")).toBe("allow");
    expect(at(receipt, "metadata", "financial", "settlement_status")).toBe("failed");
    const reconciliation = objectAt(answer, "reconciliation");
    await expectVerified(reconciliation, kernelKey(server));
    expect(at(reconciliation, "metadata", "reconciliation")).toEqual({
      original_receipt_id: at(receipt, "id"),
      held: { units: 250, currency: "USD" },
      reported: said,
      realized: { units: 250, currency: "USD" },
    });
    const logged = await server.get("/v1/receipts/query?toolServer=chio&limit=200", {
      control: true,
    });
    expect(at(logged.json, "receipts")).toContainEqual(reconciliation);
    expect(asText(at(reconciliation, "tool_name"))).toBe("settlement:reconcile");
  });
});
