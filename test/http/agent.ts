import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { type DemoKey, demoKey } from "@/lib/demo/keys.ts";
import { objectAt, type TestServer } from "./server.ts";

/** The agent of the tests; its key is derived from its name. */
export const AGENT: DemoKey = demoKey("agent of the http tests");

export const READ_GRANT: JsonObject = {
  server_id: "files",
  tool_name: "read_file",
  operations: ["invoke"],
};

/** A capability that the server itself issued to the agent. */
export async function issue(
  server: TestServer,
  grants: readonly JsonObject[] = [READ_GRANT],
  ttl = 600,
): Promise<JsonObject> {
  const issued = await server.post(
    "/v1/capabilities",
    { subject: AGENT.key, scope: { grants }, ttl_seconds: ttl },
    { control: true },
  );
  if (issued.status !== 200) {
    throw new Error(issued.text);
  }
  return issued.json;
}

/** What `POST /api/evaluate` takes, for a read of a harmless file unless told otherwise. */
export function question(capability: JsonValue, changes: JsonObject = {}): JsonObject {
  const { request = {}, ...rest } = changes;
  return {
    capability,
    mode: "live",
    request: {
      agent_id: AGENT.key,
      server_id: "files",
      tool_name: "read_file",
      arguments: { path: "/data/report.txt" },
      ...objectAt({ request }, "request"),
    },
    ...rest,
  };
}
