import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json/value.ts";
import { AGENT } from "../testing/evaluation.ts";
import { presentedCapability, readCallRequest } from "./read-request.ts";

const REQUEST = { agent_id: AGENT, server_id: "srv", tool_name: "tool", arguments: { a: 1 } };

function read(value: JsonValue) {
  const result = readCallRequest(value, "req-made");
  if (!result.ok) {
    throw new Error(JSON.stringify(result.error));
  }
  return result.value.call;
}

function problems(value: JsonValue): readonly string[] {
  const result = readCallRequest(value, "req-made");
  return result.ok ? [] : result.error.map(({ pointer, expected }) => `${pointer}: ${expected}`);
}

describe("a request", () => {
  it("reads a call, with what was left out at its default", () => {
    expect(read(REQUEST)).toEqual({
      requestId: "req-made",
      agentId: AGENT,
      serverId: "srv",
      toolName: "tool",
      arguments: { a: 1 },
      boundary: "tool",
      sessionId: null,
      model: null,
      roots: null,
    });
    expect(read({ agent: AGENT, server: "srv", tool: "tool" }).arguments).toEqual({});
  });

  it("reads everything a call can bring", () => {
    expect(
      read({
        ...REQUEST,
        request_id: "r",
        session_id: "s",
        model_metadata: { model_id: "m", safety_tier: "high" },
        roots: ["/workspace"],
      }),
    ).toMatchObject({
      requestId: "r",
      sessionId: "s",
      model: { modelId: "m", safetyTier: "high" },
      roots: ["/workspace"],
    });
    expect(read({ ...REQUEST, model_metadata: { model_id: "m" } }).model?.safetyTier).toBe(null);
  });

  it("knows the other spellings of its members, one at a time", () => {
    const { arguments: args, ...rest } = REQUEST;
    expect(read({ ...rest, params: args })).toEqual(read(REQUEST));
    expect(read({ ...rest, parameters: args })).toEqual(read(REQUEST));
    expect(problems({ ...REQUEST, params: {} })).toEqual(["/params: not beside arguments"]);
  });

  it("reads the call of a gateway, which names its parts by other words", () => {
    const { server_id: tool_server, tool_name: tool, agent_id: agent, ...rest } = REQUEST;
    expect(read({ ...rest, id: "r", agent, tool_server, tool })).toEqual({
      ...read(REQUEST),
      requestId: "r",
    });
    expect(read({ ...rest, agent, server: tool_server, tool })).toEqual(read(REQUEST));
  });

  it("hands on the proof of possession as it came", () => {
    const dpop = { proof: "as received" };
    const result = readCallRequest({ ...REQUEST, dpop }, "req-made");
    expect(result.ok && result.value.dpop).toEqual(dpop);
    const without = readCallRequest(REQUEST, "req-made");
    expect(without.ok && without.value.dpop).toBeNull();
  });

  it("writes an agent's key in its canonical spelling and leaves a name alone", () => {
    expect(read({ ...REQUEST, agent_id: `ed25519:${AGENT.toUpperCase()}` }).agentId).toBe(AGENT);
    expect(read({ ...REQUEST, agent_id: "research-agent" }).agentId).toBe("research-agent");
  });

  it("says every problem at once", () => {
    expect(
      problems({
        agent_id: 7,
        server_id: "",
        tool_name: "x".repeat(513),
        boundary: "sideways",
        session_id: [],
        model_metadata: { model_id: "m", safety_tier: "odd" },
        roots: ["/a", 3],
        arguements: {},
      }),
    ).toEqual([
      "/arguements: no member of this name",
      "/boundary: consume | tool | produce",
      "/agent_id: a text of 1 to 512 characters",
      "/server_id: a text of 1 to 512 characters",
      "/tool_name: a text of 1 to 512 characters",
      "/session_id: a text of 1 to 512 characters",
      "/model_metadata: {model_id, safety_tier?: low | standard | high | restricted}",
      "/roots: a list of texts",
    ]);
    expect(problems([])).toEqual([": an object"]);
    expect(problems({ tool_name: "x".repeat(512) })).toEqual([
      "/agent_id: a name",
      "/server_id: a name",
    ]);
    expect(problems({ ...REQUEST, roots: "/a" })).toEqual(["/roots: a list of texts"]);
    expect(problems({ ...REQUEST, model_metadata: "m" })).toHaveLength(1);
    expect(problems({ ...REQUEST, model_metadata: { model_id: 1 } })).toHaveLength(1);
  });

  it("takes the boundary from the tool's name, or the tool's name from boundary and topic", () => {
    const event = { agent_id: AGENT, server_id: "streams" };
    expect(read({ ...event, tool_name: "events:consume:orders" }).boundary).toBe("consume");
    expect(read({ ...event, tool_name: "events:produce:orders" }).boundary).toBe("produce");
    expect(read({ ...event, tool_name: "orders" }).boundary).toBe("tool");
    const consume = read({ ...event, boundary: "consume", topic: "orders" });
    expect(consume.toolName).toBe("events:consume:orders");
    expect(read({ ...event, boundary: "produce", topic: "orders" }).toolName).toBe(
      "events:produce:orders",
    );
    const both = { ...event, boundary: "consume", topic: "orders" };
    expect(read({ ...both, tool_name: "events:consume:orders" }).toolName).toBe(
      "events:consume:orders",
    );
    expect(problems({ ...both, tool_name: "events:consume:other" })).toEqual([
      "/tool_name: events:consume:<topic>",
    ]);
    for (const tool_name of ["events:consume:orders", "events:produce:orders"]) {
      expect(problems({ ...event, boundary: "tool", tool_name })).toEqual([
        "/tool_name: no event for a tool call",
      ]);
    }
    expect(read({ ...event, boundary: "tool", tool_name: "events:orders" }).boundary).toBe("tool");
    expect(problems({ ...event, boundary: "produce", tool_name: "charge" })).toEqual([
      "/tool_name: events:produce:<topic>",
    ]);
    expect(problems({ ...event, boundary: "produce" })).toEqual(["/tool_name: a name"]);
    expect(problems({ ...event, tool_name: "charge", topic: "orders" })).toEqual([
      "/topic: absent for a tool call",
    ]);
  });
});

describe("a presented capability", () => {
  it("is nothing, a token, or unreadable", () => {
    for (const nothing of [undefined, null, ""]) {
      expect(presentedCapability(nothing)).toEqual({ kind: "none" });
    }
    expect(presentedCapability({ id: "c" })).toEqual({ kind: "token", token: { id: "c" } });
    expect(presentedCapability('{"id":"c"}')).toEqual({ kind: "token", token: { id: "c" } });
    expect(presentedCapability('{"id":"c","id":"d"}')).toEqual({
      kind: "unreadable",
      problem: "not a JSON object (duplicate-key at 10)",
    });
    for (const other of ["[]", 7, []]) {
      expect(presentedCapability(other)).toEqual({
        kind: "unreadable",
        problem: "a token is a JSON object",
      });
    }
  });
});
