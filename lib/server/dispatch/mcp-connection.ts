import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  getDefaultEnvironment,
  StdioClientTransport,
} from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { ListToolsResultSchema } from "@modelcontextprotocol/sdk/types.js";
import type { ToolServerSettings } from "./tool-servers.ts";

/** A server that lists tools without end is cut off here. */
const PAGES_OF_TOOLS = 100;
/** Octets of one answer over HTTP; what a program may write at a time is bounded by the SDK. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

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
  const until = performance.now() + milliseconds;
  // For all pages together: a server that takes its time with each would keep the kernel from starting.
  const left = () => {
    const timeout = Math.max(1, until - performance.now());
    return { timeout, maxTotalTimeout: timeout };
  };
  try {
    await client.connect(transportOf(settings), left());
    const tools = new Set<string>();
    let cursor: string | undefined;
    for (let page = 0; page < PAGES_OF_TOOLS; page += 1) {
      // Asked in the client's place: it would keep the schemas of results, and hold the results against them by the
      // platform's regular expressions, where a pattern of the server's can stop this process for good.
      const params = cursor === undefined ? {} : { cursor };
      const asked = { method: "tools/list", params } as const;
      const listed = await client.request(asked, ListToolsResultSchema, left());
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
        fetch: boundedFetch,
      });
  }
}

/** `fetch`, and an answer that does not end is cut off. */
async function boundedFetch(address: string | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(address, init);
  if (response.body === null) {
    return response;
  }
  let octets = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        octets += chunk.byteLength;
        if (octets > LONGEST_ANSWER) {
          controller.error(new RangeError("the answer is too long"));
        } else {
          controller.enqueue(chunk);
        }
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(counted, { status, statusText, headers });
}
