import { CallToolResultSchema, ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { DispatchCall, Dispatcher, DispatchOutcome } from "./dispatcher.ts";
import { connectMcp, type McpConnection } from "./mcp-connection.ts";
import type { ToolServerSettings } from "./tool-servers.ts";

/** A server that went away is looked for again no more often than this, in milliseconds. */
const LOOK_AGAIN = 5_000;
/** A server has this long to start and to list its tools, in milliseconds. */
const CONNECT_WITHIN = 20_000;
/** Characters of a result; a receipt hashes all of it, and so has to hold all of it. */
const LONGEST_RESULT = 16 * 1024 * 1024;

type Connected =
  | { readonly kind: "open"; readonly connection: McpConnection }
  | { readonly kind: "closed"; readonly since: number }
  | { readonly kind: "opening"; readonly done: Promise<void> };

export interface McpOptions {
  readonly timeoutMilliseconds: number;
  /** Told when a server cannot be reached; the id, never what the server said. */
  readonly report: (serverId: string, problem: unknown) => void;
}

/**
 * Tool servers by the official MCP SDK. Servers that cannot be reached at the start are no reason not to
 * start: their tools are not registered, which denies, and they are looked for again when they are asked for.
 */
export async function mcpDispatcher(
  servers: ReadonlyMap<string, ToolServerSettings>,
  options: McpOptions,
): Promise<Dispatcher> {
  const states = new Map<string, Connected>();
  let closing = false;

  const open = (id: string, settings: ToolServerSettings): Promise<void> => {
    const lost = () => states.set(id, { kind: "closed", since: performance.now() });
    const done = connectMcp(settings, CONNECT_WITHIN, lost).then(
      async (connection) => {
        states.set(id, { kind: "open", connection });
        if (closing) {
          await connection.client.close();
        }
      },
      (problem: unknown) => {
        lost();
        options.report(id, problem);
      },
    );
    states.set(id, { kind: "opening", done });
    return done;
  };

  await Promise.all([...servers].map(([id, settings]) => open(id, settings)));

  return {
    isRegistered(serverId, toolName) {
      const state = states.get(serverId);
      const settings = servers.get(serverId);
      if (state?.kind === "closed" && settings !== undefined && !closing) {
        if (performance.now() - state.since >= LOOK_AGAIN) {
          open(serverId, settings).catch(() => undefined);
        }
      }
      return state?.kind === "open" && state.connection.tools.has(toolName);
    },
    async call(call) {
      const state = states.get(call.serverId);
      return state?.kind === "open"
        ? await run(state.connection, call, options.timeoutMilliseconds)
        : { kind: "failed", detail: "not connected" };
    },
    async close() {
      closing = true;
      await Promise.all(
        [...states.values()].map(async (state) => {
          if (state.kind === "opening") {
            await state.done;
          } else if (state.kind === "open") {
            await state.connection.client.close();
          }
        }),
      );
    },
  };
}

async function run(
  { client }: McpConnection,
  call: DispatchCall,
  timeout: number,
): Promise<DispatchOutcome> {
  const parameters = plainObject(call.arguments);
  if (parameters === null) {
    // What was judged and is signed must be what runs, to the last digit.
    return failed("the arguments are no object that MCP can carry exactly");
  }
  try {
    const result = await client.request(
      { method: "tools/call", params: { name: call.toolName, arguments: parameters } },
      CallToolResultSchema,
      { timeout, maxTotalTimeout: timeout },
    );
    return delivered(result);
  } catch (problem) {
    return failed(reasonOf(problem));
  }
}

function delivered(result: unknown): DispatchOutcome {
  const text = JSON.stringify(result);
  if (text.length > LONGEST_RESULT) {
    return failed("the result is too long");
  }
  const parsed = parseJson(text);
  if (!parsed.ok || !isObject(parsed.value.value)) {
    return failed("the result is no JSON object");
  }
  const output = parsed.value.value;
  const meta = member(output, "_meta");
  return {
    kind: "delivered",
    output,
    cost: isObject(meta) ? member(meta, "chio_cost") : undefined,
  };
}

function failed(detail: string): DispatchOutcome {
  return { kind: "failed", detail };
}

/** A server writes its own error messages: none of them gets into a signed reason. */
function reasonOf(problem: unknown): string {
  if (!(problem instanceof McpError)) {
    return "the connection failed";
  }
  return problem.code === ErrorCode.RequestTimeout
    ? "timed out"
    : `the server answered with error ${problem.code}`;
}

/** The arguments as the SDK writes them, or null where that would lose something. */
function plainObject(value: JsonValue): Record<string, unknown> | null {
  if (!isObject(value) || holdsBigInteger(value)) {
    return null;
  }
  const copy: Record<string, unknown> = JSON.parse(canonicalize(value));
  return copy;
}

function holdsBigInteger(value: JsonValue): boolean {
  return typeof value === "bigint"
    ? true
    : typeof value === "object" && value !== null
      ? children(value).some(holdsBigInteger)
      : false;
}

function children(value: JsonObject | readonly JsonValue[]): readonly JsonValue[] {
  return Object.values(value);
}
