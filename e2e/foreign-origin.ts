import { createServer } from "node:http";

export interface ForeignOrigin {
  readonly url: string;
  readonly hits: () => number;
  readonly close: () => Promise<void>;
}

/** A server that answers anyone, so that only the policy can be what stops a request to it. */
export async function openForeignOrigin(): Promise<ForeignOrigin> {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits += 1;
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/plain" });
    response.end("reached");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/planted`,
    hits: () => hits,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
