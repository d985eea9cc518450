import type { Server } from "node:http";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { createKernelServer } from "@/lib/server/http/node-adapter.ts";
import { ROUTES } from "@/lib/server/http/route-table.ts";
import type { KernelShell } from "@/lib/server/kernel-shell.ts";
import { openKernelShell } from "@/lib/server/open-shell.ts";
import { readSettings } from "@/lib/server/settings.ts";
import { temporaryDirectory } from "@/lib/server/testing/data-directory.ts";

export const CONTROL_TOKEN = "control-token-of-the-tests-0123456789";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body where it is a JSON object, else empty. */
  readonly json: JsonObject;
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly control?: boolean;
}

export interface TestServer {
  readonly url: string;
  readonly shell: KernelShell;
  /** What the operator was told. */
  readonly reported: readonly unknown[];
  post(path: string, body: JsonValue, asked?: Asked): Promise<Answer>;
  get(path: string, asked?: Asked): Promise<Answer>;
  /** Anything else, as it is. */
  send(path: string, init: RequestInit): Promise<Answer>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
  readonly clock?: () => bigint;
  readonly limits?: Parameters<typeof openKernelShell>[0]["limits"];
  /** Changes the shell before it serves: how a test breaks one part of a real server. */
  readonly change?: (shell: KernelShell) => KernelShell;
}

/** A real kernel on a real socket, on a port of the system's choice and an own data directory. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const temporary = options.directory === undefined ? temporaryDirectory() : null;
  const directory = options.directory ?? temporary?.path ?? "";
  const settings = readSettings({
    directory,
    environment: {
      CHIO_DATA_DIR: directory,
      CHIO_CONTROL_TOKEN: CONTROL_TOKEN,
      ...options.environment,
    },
  });
  if (!settings.ok) {
    throw new Error(JSON.stringify(settings.error));
  }
  const reported: unknown[] = [];
  const opened = await openKernelShell({
    settings: settings.value,
    environment: {},
    report: (problem) => reported.push(problem),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  if (!opened.ok) {
    temporary?.remove();
    throw new Error(opened.error.message);
  }
  const shell = options.change?.(opened.value) ?? opened.value;
  const server = createKernelServer(ROUTES, shell);
  const url = `http://127.0.0.1:${await listening(server)}`;
  const send = async (path: string, init: RequestInit): Promise<Answer> =>
    read(await fetch(url + path, init));
  const authorization = ({ control = false }: Asked): Readonly<Record<string, string>> =>
    control ? { Authorization: `Bearer ${CONTROL_TOKEN}` } : {};
  return {
    url,
    shell,
    reported,
    send,
    post: (path, body, asked = {}) =>
      send(path, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          ...authorization(asked),
          ...asked.headers,
        },
        body: canonicalize(body),
      }),
    get: (path, asked = {}) =>
      send(path, { headers: { ...authorization(asked), ...asked.headers } }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await opened.value.close();
      temporary?.remove();
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const parsed = parseJson(text);
  const json = parsed.ok && isObject(parsed.value.value) ? parsed.value.value : {};
  return { status: response.status, headers: response.headers, text, json };
}

/** A member at a path of names, or undefined. */
export function at(
  value: JsonValue | undefined,
  ...names: readonly string[]
): JsonValue | undefined {
  let current = value;
  for (const name of names) {
    current = isObject(current) ? member(current, name) : undefined;
  }
  return current;
}

/** The object at a path of names; empty where there is none, which fails whatever is then asked of it. */
export function objectAt(value: JsonValue | undefined, ...names: readonly string[]): JsonObject {
  const found = at(value, ...names);
  return isObject(found) ? found : {};
}
