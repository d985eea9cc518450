import { expect, test } from "vitest";
import { readToolServers } from "./tool-servers.ts";

test("reads programs and addresses", () => {
  const servers = readToolServers(
    JSON.stringify({
      files: { command: "node", args: ["a.mjs"], env: { A: "1" } },
      bare: { command: "tool" },
      web: { url: "https://tools.example/mcp" },
    }),
  );
  expect(servers.ok && [...servers.value]).toEqual([
    ["files", { kind: "stdio", command: "node", args: ["a.mjs"], env: { A: "1" } }],
    ["bare", { kind: "stdio", command: "tool", args: [], env: {} }],
    ["web", { kind: "http", url: new URL("https://tools.example/mcp") }],
  ]);
});

test.each([
  ["not JSON", "{", "not-json"],
  ["a server twice", '{"a":{"command":"x"},"a":{"command":"y"}}', "not-json"],
  ["a list", "[]", "not-a-server-list"],
  ["no object", '{"a":"node"}', "not-a-server"],
  ["no program", '{"a":{}}', "not-a-server"],
  ["an empty program", '{"a":{"command":""}}', "not-a-server"],
  ["an unknown member", '{"a":{"command":"x","cwd":"/"}}', "unknown-member"],
  ["arguments that are no texts", '{"a":{"command":"x","args":[1]}}', "not-a-server"],
  ["an environment of numbers", '{"a":{"command":"x","env":{"A":1}}}', "not-a-server"],
  ["both ways", '{"a":{"command":"x","url":"http://x"}}', "not-a-server"],
  ["another protocol", '{"a":{"url":"file:///etc/passwd"}}', "not-a-server"],
  ["no address", '{"a":{"url":"tools"}}', "not-a-server"],
])("refuses %s", (_name, text, code) => {
  expect(readToolServers(text)).toMatchObject({ ok: false, error: { code } });
});
