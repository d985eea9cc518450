import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/value.ts";
import { compiled, problemsOf } from "./testing/compiled.ts";

describe("the scope of capabilities under the policy", () => {
  const access = (members: JsonObject) => ({ guards: { tool_access: members } });

  it("is what the policy lists", () => {
    const policy = compiled({
      capabilities: {
        default: {
          tools: [
            { server: "s", tool: "t" },
            { server: "*", tool: "u", operations: ["invoke", "delegate"], ttl: 20 },
          ],
          resources: [{ uri: "file://*", ttl: 30 }],
          prompts: [{ prompt: "p", operations: ["get"], ttl: 40 }],
        },
      },
    });
    expect(policy.defaultScope).toEqual({
      grants: [
        { server_id: "s", tool_name: "t", operations: ["invoke"] },
        { server_id: "*", tool_name: "u", operations: ["invoke", "delegate"] },
      ],
      resource_grants: [{ uri_pattern: "file://*", operations: ["read"] }],
      prompt_grants: [{ prompt_name: "p", operations: ["get"] }],
    });
    expect(policy.defaultTtl).toBe(20n);
  });

  it("is not made of the allowed tools where one is listed", () => {
    const policy = compiled({
      guards: { tool_access: { allow: ["a", "b"] } },
      capabilities: { default: { tools: [{ server: "s", tool: "t" }] } },
    });
    expect(policy.defaultScope).toEqual({
      grants: [{ server_id: "s", tool_name: "t", operations: ["invoke"] }],
    });
  });

  it("lives as long as its shortest entry, within the policy's bound", () => {
    const life = (ttl: JsonObject, max: number) =>
      compiled({
        kernel: { max_capability_ttl: max },
        capabilities: { default: { tools: [{ server: "s", tool: "t", ...ttl }] } },
      }).defaultTtl;
    expect(life({}, 3600)).toBe(300n);
    expect(life({}, 299)).toBe(299n);
    expect(life({ ttl: 900 }, 900)).toBe(900n);
    expect(life({ ttl: 1 }, 900)).toBe(1n);
    const tooLong = {
      kernel: { max_capability_ttl: 899 },
      capabilities: { default: { resources: [{ uri: "u", ttl: 900 }] } },
    };
    expect(problemsOf(tooLong)).toEqual([
      {
        pointer: "/capabilities/default/resources/0/ttl",
        kind: "out-of-range",
        detail: "must be from 1 to 899",
      },
    ]);
  });

  it("is made of the allowed tools where none are listed", () => {
    expect(compiled(access({ allow: ["a", "b"], max_args_size: 7 })).defaultScope).toEqual({
      grants: ["a", "b"].map((tool_name) => ({
        server_id: "*",
        tool_name,
        operations: ["invoke"],
        constraints: [{ type: "max_args_size", value: 7 }],
      })),
    });
    expect(compiled(access({})).defaultScope).toEqual({ grants: [] });
  });

  it("needs an approval for the tools that are to be confirmed", () => {
    const approval = { type: "require_approval_above", value: { threshold_units: 0 } };
    const { defaultScope } = compiled({
      guards: { tool_access: { require_confirmation: ["write_*"] } },
      capabilities: {
        default: {
          tools: [
            { server: "s", tool: "write_file" },
            { server: "s", tool: "read_file" },
            { server: "s", tool: "*" },
          ],
        },
      },
    });
    const grant = { server_id: "s", operations: ["invoke"] };
    expect(defaultScope).toEqual({
      grants: [
        { ...grant, tool_name: "write_file", constraints: [approval] },
        { ...grant, tool_name: "read_file" },
        { ...grant, tool_name: "*", constraints: [approval] },
      ],
    });
  });

  it.each<[JsonObject, string, string]>([
    [{ tools: [{ tool: "t" }] }, "/tools/0/server", "wrong-type"],
    [{ tools: [{ server: "s" }] }, "/tools/0/tool", "wrong-type"],
    [{ tools: [{ server: "", tool: "t" }] }, "/tools/0/server", "out-of-range"],
    [{ tools: [{ server: 1, tool: "t" }] }, "/tools/0/server", "wrong-type"],
    [{ tools: ["t"] }, "/tools/0", "wrong-type"],
    [
      { tools: [{ server: "s", tool: "t", operations: ["Invoke"] }] },
      "/tools/0/operations",
      "wrong-type",
    ],
    [
      { tools: [{ server: "s", tool: "t", operations: "invoke" }] },
      "/tools/0/operations",
      "wrong-type",
    ],
    [{ tools: [{ server: "s", tool: "t", cost: 1 }] }, "/tools/0/cost", "unknown-key"],
    [{ resources: [{}] }, "/resources/0/uri", "wrong-type"],
    [{ prompts: [{ prompt: "p", ttl: 0 }] }, "/prompts/0/ttl", "out-of-range"],
  ])("%j is refused", (entry, pointer, kind) => {
    expect(problemsOf({ capabilities: { default: entry } })).toContainEqual(
      expect.objectContaining({ pointer: `/capabilities/default${pointer}`, kind }),
    );
  });
});
