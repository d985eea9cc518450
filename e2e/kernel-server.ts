import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

/** A JSON object as the server answers it; the numbers of these tests are small. */
export type Json = { readonly [name: string]: unknown };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body where it is a JSON object, else empty. */
  readonly json: Json;
}

/** The exit code after Ctrl-C, as shells count: 128 and the number of the signal. */
export const INTERRUPTED = 130;

/** The server as `npm start` runs it, with a data directory and an output of its own. */
export interface KernelServer {
  readonly url: string;
  /** The control token, from the data directory. */
  readonly token: string;
  /** Everything that it printed so far. */
  output(): string;
  post(path: string, body: Json, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** As Ctrl-C in a terminal does, which signals all of its processes at once; the exit code. */
  stop(): Promise<number | null>;
  /** Without a chance to tidy up. */
  kill(): Promise<void>;
}

const START = join(process.cwd(), "scripts/start.mjs");

/** Starts the production server and waits until it is healthy. What is inherited is not its settings. */
export async function startKernelServer(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<KernelServer> {
  const port = await freePort();
  const started = startProgram({ ...settings, CHIO_DATA_DIR: directory, PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  await healthy(url, started);
  return {
    url,
    token: (await readFile(join(directory, "control-token"), "utf8")).trim(),
    output: started.output,
    post: (path, body, headers = {}) =>
      send(url + path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
    get: (path, headers = {}) => send(url + path, { headers }),
    stop: () => {
      started.signal("SIGINT");
      return started.ended;
    },
    async kill() {
      started.signal("SIGKILL");
      await started.ended;
    },
  };
}

/** A start that is expected to fail: what was said, and the exit code. */
export async function startInVain(
  directory: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const started = startProgram({ CHIO_DATA_DIR: directory, PORT: String(await freePort()) });
  const code = await started.ended;
  return { code, output: started.output() };
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
  /** To the program and to what it started. */
  readonly signal: (name: NodeJS.Signals) => void;
}

function startProgram(environment: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, [START], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, as a terminal gives it.
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += String(chunk);
    });
  }
  const { pid } = child;
  const signal = (name: NodeJS.Signals): void => {
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-pid, name);
    }
  };
  const abandon = (): void => signal("SIGKILL");
  process.once("exit", abandon);
  const ended = once(child, "close").then(() => {
    process.off("exit", abandon);
    return child.exitCode;
  });
  return { child, ended, output: () => output, signal };
}

const PATIENCE = 30_000;

async function healthy(url: string, { child, output, signal }: Started): Promise<void> {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until && child.exitCode === null) {
    const health = await send(`${url}/chio/health`, {}).catch(() => null);
    if (health?.json["status"] === "healthy") return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  signal("SIGKILL");
  throw new Error(`the server did not come up: ${output()}`);
}

async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : {},
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}
