import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  getDefaultEnvironment,
  StdioClientTransport,
} from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { ToolServerSettings } from "./tool-servers.ts";

/** A server that lists tools without end is cut off here. */
const PAGES_OF_TOOLS = 100;

export interface McpConnection {
  readonly client: Client;
  readonly tools: ReadonlySet<string>;
}

/**
 * Connects to one MCP server and learns its tools. The program gets the few environment variables that the
 * SDK calls safe and those of its settings: never this server's own, which hold its keys.
 *
 * @throws where the server cannot be reached, speaks something else, or takes too long
 */
export async function connectMcp(
  settings: ToolServerSettings,
  milliseconds: number,
  onClose: () => void,
): Promise<McpConnection> {
  const client = new Client({ name: "chio-explorer", version: "1.0.0" });
  const options = { timeout: milliseconds, maxTotalTimeout: milliseconds };
  try {
    await client.connect(transportOf(settings), options);
    const tools = new Set<string>();
    let cursor: string | undefined;
    for (let page = 0; page < PAGES_OF_TOOLS; page += 1) {
      const listed = await client.listTools(cursor === undefined ? {} : { cursor }, options);
      for (const tool of listed.tools) {
        tools.add(tool.name);
      }
      cursor = listed.nextCursor;
      if (cursor === undefined) {
        break;
      }
    }
    client.onclose = onClose;
    return { client, tools };
  } catch (problem) {
    await client.close().catch(() => undefined);
    throw problem;
  }
}

function transportOf(settings: ToolServerSettings): Transport {
  switch (settings.kind) {
    case "stdio":
      return new StdioClientTransport({
        command: settings.command,
        args: [...settings.args],
        env: { ...getDefaultEnvironment(), ...settings.env },
        stderr: "ignore",
      });
    case "http":
      return new StreamableHTTPClientTransport(settings.url, {
        requestInit: { redirect: "error" },
      });
  }
}
