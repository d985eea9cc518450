import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { KernelShell } from "../kernel-shell.ts";
import { handle } from "./handle.ts";
import { type HttpProblem, refusal } from "./problem.ts";
import { matchPath, type Route } from "./route.ts";

/**
 * The route table on a plain Node server: what `chio serve` runs, and the tests, without Next. One function
 * handles a request here and there; this file moves octets and nothing else.
 */
export function createKernelServer(routes: readonly Route[], shell: KernelShell): Server {
  const server = createServer((incoming, outgoing) => {
    respond(routes, shell, incoming, outgoing).catch((problem: unknown) => {
      shell.report(problem);
      outgoing.destroy();
    });
  });
  // A client that sends a header each minute would hold a socket for hours.
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  server.maxHeadersCount = 0;
  return server;
}

async function respond(
  routes: readonly Route[],
  shell: KernelShell,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const found = findRoute(routes, incoming.method ?? "", incoming.url ?? "");
  const response =
    "code" in found ? refusal(found) : await handle(found, toRequest(incoming), shell);
  await send(response, incoming, outgoing);
}

function findRoute(routes: readonly Route[], method: string, target: string): Route | HttpProblem {
  const path = target.split("?", 1)[0] ?? "";
  const here = routes.filter((route) => matchPath(route.path, path) !== null);
  if (here.length === 0) {
    return { code: "not-found", message: "There is nothing at this address." };
  }
  const wanted = method === "HEAD" ? "GET" : method;
  return (
    here.find((route) => route.method === wanted) ?? {
      code: "method-not-allowed",
      message: `This address answers ${here.map((route) => route.method).join(", ")}.`,
    }
  );
}

function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers();
  const { rawHeaders } = incoming;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  const method = incoming.method ?? "GET";
  // The authority of the address decides nothing: the guard reads the Host header itself.
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const bodiless = method === "GET" || method === "HEAD";
  return new Request(url, {
    method,
    headers,
    ...(bodiless ? {} : { body: bodyOf(incoming), duplex: "half" }),
  });
}

async function send(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null || incoming.method === "HEAD") {
    outgoing.end();
  } else if (response.headers.get("content-type")?.startsWith("application/json") === true) {
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } else {
    // Ends early where the client goes away: the stream behind it is cancelled then.
    await pipeline(chunksOf(response.body), outgoing).catch(() => undefined);
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value;
    }
  } finally {
    await reader.cancel();
  }
}

/** The body, read only when asked for; what nobody asks for, Node drops after the answer. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Uint8Array> | null = null;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        chunks ??= incoming[Symbol.asyncIterator]();
        const next = await chunks.next();
        if (next.done === true) {
          controller.close();
        } else {
          controller.enqueue(next.value);
        }
      },
    },
    { highWaterMark: 0 },
  );
}
