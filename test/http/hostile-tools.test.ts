import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { temporaryDirectory } from "@/lib/server/testing/data-directory.ts";
import { issue, question } from "./agent.ts";
import { at, startServer, type TestServer } from "./server.ts";
import { expectSignedDeny } from "./verified.ts";

const folder = temporaryDirectory();
const PIECE = "x".repeat(1024 * 1024);
let server: TestServer;
let token: JsonObject;
/** Connects as a server should, and answers every call without end. */
let flood: Server;

beforeAll(async () => {
  flood = createServer((incoming, outgoing) => {
    let text = "";
    incoming.on("data", (chunk) => {
      text += chunk;
    });
    incoming.on("end", () => {
      const { id, method, params } = text === "" ? {} : JSON.parse(text);
      const say = (result: unknown) => {
        outgoing.writeHead(200, { "Content-Type": "application/json" });
        outgoing.end(JSON.stringify({ jsonrpc: "2.0", id, result }));
      };
      if (method === "initialize") {
        const { protocolVersion } = params;
        const serverInfo = { name: "flood", version: "1" };
        say({ protocolVersion, capabilities: { tools: {} }, serverInfo });
      } else if (method === "tools/list") {
        say({ tools: [{ name: "flood", inputSchema: { type: "object" } }] });
      } else if (method === "tools/call") {
        outgoing.writeHead(200, { "Content-Type": "application/json" });
        const more = (): void => {
          if (!outgoing.destroyed) {
            outgoing.write(PIECE, more);
          }
        };
        more();
      } else {
        outgoing.writeHead(method === undefined ? 405 : 202).end();
      }
    });
  });
  await new Promise<void>((resolve) => {
    flood.listen(0, "127.0.0.1", resolve);
  });
  const address = flood.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const program = join(import.meta.dirname, "fixtures/hostile-server.mjs");
  const file = join(folder.path, "tool-servers.json");
  const hostile = { command: process.execPath, args: [program] };
  const flooding = { url: `http://127.0.0.1:${port}/mcp` };
  writeFileSync(file, JSON.stringify({ hostile, other: hostile, flooding }));
  server = await startServer({
    environment: { CHIO_TOOL_SERVERS: file, CHIO_DISPATCH_TIMEOUT_MS: "5000" },
  });
  token = await issue(server, [
    {
      server_id: "*",
      tool_name: "*",
      operations: ["invoke"],
      max_cost_per_invocation: { units: 10, currency: "USD" },
      max_total_cost: { units: 40, currency: "USD" },
    },
  ]);
});
afterAll(async () => {
  await server.close();
  flood.closeAllConnections();
  flood.close();
  folder.remove();
});

async function call(tool: string, serverId = "hostile"): Promise<JsonObject> {
  const request = { server_id: serverId, tool_name: tool, arguments: {} };
  const answer = await server.post("/api/evaluate", question(token, { request }));
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

const FAILED = {
  guard: "kernel",
  reason: /^tool server error: /,
  urn: "provider:tool-server-error",
};

describe("a tool server that means harm costs its call and nothing else", () => {
  test("its schema's pattern is never run: one that backtracks for ever stops nobody", async () => {
    const answer = await call("patterned");
    expect(at(answer, "verdict", "verdict")).toBe("allow");
    expect((await server.get("/chio/health")).status).toBe(200);
  });

  test("what it says beside its answer, and after it, is not heard", async () => {
    expect(JSON.stringify(at(await call("garbage"), "output"))).toContain("after garbage");
    expect(JSON.stringify(at(await call("twice"), "output"))).toContain("first");
  });

  test.each(["shapeless", "torn", "silent"])(
    "an answer that is %s is a signed deny",
    async (tool) => {
      await expectSignedDeny(server, await call(tool), FAILED);
    },
  );

  test("an answer without an end is cut off, from a program and from an address", async () => {
    await expectSignedDeny(server, await call("endless", "other"), FAILED);
    await expectSignedDeny(server, await call("flood", "flooding"), FAILED);
  });

  test("every hold of a call that failed was given back: one more fits, and no second", async () => {
    expect(at(await call("twice"), "verdict", "verdict")).toBe("allow");
    expect(at(await call("twice"), "verdict", "code")).toBe("budget-exhausted");
  });
});
