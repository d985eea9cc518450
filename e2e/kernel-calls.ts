import { generateKeyPairSync } from "node:crypto";
import { expect } from "./fixtures.ts";
import type { Answer, Json, KernelServer } from "./kernel-server.ts";

/** What was sent and answered, counted as it is sent. */
export interface Sent {
  /** Receipts of tool calls, by verdict. */
  allow: number;
  deny: number;
  /** Receipts of HTTP requests, which are no part of the log's sequence. */
  http: number;
}

/** An agent with a key and the capabilities that the server issued to it. */
export interface Agent {
  readonly key: string;
  readonly files: Json;
  readonly broker: Json;
  readonly revoked: Json;
}

/** Asks the server for capabilities over its control route, and has one of them revoked. */
export async function issueTo(server: KernelServer): Promise<Agent> {
  const { publicKey } = generateKeyPairSync("ed25519");
  const key = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");
  const control = { authorization: `Bearer ${server.token}` };
  const issue = async (server_id: string, tool_name: string): Promise<Json> => {
    const grants = [{ server_id, tool_name, operations: ["invoke"] }];
    const body = { subject: key, scope: { grants }, ttl_seconds: 3600 };
    const issued = await server.post("/v1/capabilities", body, control);
    expect(issued.status, issued.text).toBe(200);
    return issued.json;
  };
  const agent = {
    key,
    files: await issue("files", "read_file"),
    broker: await issue("broker", "*"),
    revoked: await issue("files", "read_file"),
  };
  const revoked = await server.post(
    "/v1/revocations",
    { capabilityId: agent.revoked["id"] },
    control,
  );
  expect(revoked.status, revoked.text).toBe(200);
  return agent;
}

/** Puts calls to a server in the shapes of its clients, and holds each answer to what it must be. */
export class Caller {
  readonly #sent: Sent;
  readonly #server: KernelServer;
  readonly #agent: Agent;

  constructor(server: KernelServer, agent: Agent, sent: Sent) {
    this.#server = server;
    this.#agent = agent;
    this.#sent = sent;
  }

  /** As the Python client asks: by the id of a token that the server issued. */
  async tool(path: string, verdict: "allow" | "deny"): Promise<string> {
    const answer = await this.#server.post("/v1/evaluate", {
      capability_id: this.#agent.files["id"],
      tool_server: "files",
      tool_name: "read_file",
      parameters: { path },
    });
    return this.#counted(answer, object(answer.json, "decision"), verdict, answer.json);
  }

  /** As the middleware asks about a tool: with the token in the header, or with none. */
  async wrapped(token: "files" | "revoked" | null, verdict: "allow" | "deny"): Promise<void> {
    const answer = await this.#ask(token, {
      method: token === null ? "GET" : "POST",
      route_pattern: "/chio/tools/files/read_file",
      path: "/chio/tools/files/read_file",
      tool_server: "files",
      tool_name: "read_file",
      arguments: { path: "/srv/shop/report.txt" },
    });
    this.#counted(answer, object(answer.json, "verdict"), verdict, object(answer.json, "receipt"));
    this.#sent.http += 1;
  }

  /** As the middleware asks about a route of the application. */
  async route(method: "GET" | "POST", verdict: "allow" | "deny"): Promise<void> {
    const answer = await this.#ask(null, { method, route_pattern: "/orders", path: "/orders" });
    expect(object(answer.json, "verdict")["verdict"]).toBe(verdict);
    this.#sent.http += 1;
  }

  /** One choreography of three boundaries, each receipt the parent of the next. */
  async choreography(order: number): Promise<void> {
    const consumed = await this.#boundary("consume", null, "events:consume:orders", order);
    const acted = await this.#boundary("tool", consumed, "read_file", order);
    await this.#boundary("produce", acted, "events:produce:shipments", order);
  }

  async #boundary(boundary: string, parent: string | null, tool: string, order: number) {
    const isTool = boundary === "tool";
    const answer = await this.#server.post("/api/evaluate", {
      mode: "live",
      boundary,
      capability: isTool ? this.#agent.files : this.#agent.broker,
      ...(parent === null ? {} : { parent_receipt_id: parent }),
      request: {
        agent_id: this.#agent.key,
        server_id: isTool ? "files" : "broker",
        tool_name: tool,
        arguments: isTool ? { path: `/srv/shop/orders/${order}.json` } : { order },
      },
    });
    const { json } = answer;
    const headers = boundary === "produce" ? object(json, "headers")["X-Chio-Verdict"] : "allow";
    expect(headers).toBe("allow");
    return this.#counted(answer, object(json, "verdict"), "allow", object(json, "receipt"));
  }

  #ask(token: "files" | "revoked" | null, call: Json): Promise<Answer> {
    const presented: Record<string, string> =
      token === null ? {} : { "x-chio-capability": JSON.stringify(this.#agent[token]) };
    const body = {
      request_id: `req-${this.#sent.allow}-${this.#sent.deny}-${this.#sent.http}`,
      caller: { subject: "shop", auth_method: { method: "anonymous" } },
      timestamp: Math.floor(Date.now() / 1000),
      query: {},
      headers: {},
      ...call,
    };
    return this.#server.post("/chio/evaluate", body, presented);
  }

  #counted(answer: Answer, verdict: Json, expected: "allow" | "deny", receipt: Json): string {
    expect(answer.status, answer.text).toBe(200);
    expect(verdict["verdict"], answer.text).toBe(expected);
    expect(receipt["signature"], "every decision is signed").toMatch(/^[0-9a-f]{128}$/);
    this.#sent[expected] += 1;
    return String(receipt["id"]);
  }
}

/** The object under a name; empty where there is none, which fails whatever is then asked of it. */
function object(json: Json, name: string): Json {
  const value = json[name];
  return typeof value === "object" && value !== null ? { ...value } : {};
}
