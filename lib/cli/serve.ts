import { once } from "node:events";
import type { Server } from "node:http";
import { createKernelServer } from "@/lib/server/http/node-adapter.ts";
import { ROUTES } from "@/lib/server/http/route-table.ts";
import { openKernelShell } from "@/lib/server/open-shell.ts";
import { describeProblems, readSettings } from "@/lib/server/settings.ts";
import { EXIT } from "./exit.ts";
import { safeText } from "./safe-text.ts";
import { environmentOf, isLoopback, parseServeArguments } from "./serve-arguments.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * `chio serve`: the kernel's routes on a plain server, with the settings of `npm start` and without its pages.
 * Runs until `stop` resolves, then lets go of everything that it holds.
 */
export async function runServe(
  words: readonly string[],
  { cwd, out, complain }: Surroundings,
  environment: Readonly<Record<string, string | undefined>>,
  stop: Promise<unknown>,
): Promise<number> {
  const refuse = (sentence: string): number => {
    complain.write(`chio serve: ${safeText(sentence)}\n`);
    return EXIT.unusable;
  };
  const parsed = parseServeArguments(words, environment);
  if (!parsed.ok) {
    return refuse(parsed.error);
  }
  const { host, port } = parsed.value;
  const settings = readSettings({
    directory: cwd,
    environment: environmentOf(parsed.value, environment),
  });
  if (!settings.ok) {
    return refuse(describeProblems(settings.error));
  }
  if (!isLoopback(host) && settings.value.allowedHosts.length === 0) {
    return refuse(`--host ${host} needs CHIO_ALLOWED_HOSTS: the names under which it may be asked`);
  }
  const shell = await openKernelShell({
    settings: settings.value,
    environment,
    report: (problem) => {
      const text = problem instanceof Error ? `${problem.name}: ${problem.message}` : "a problem";
      complain.write(`chio serve: ${safeText(text)}\n`);
    },
  });
  if (!shell.ok) {
    return refuse(`${shell.error.message} (${shell.error.code})`);
  }
  const server = createKernelServer(ROUTES, shell.value);
  try {
    const address = await listen(server, port, host);
    out.write(`chio serve: http://${address}, data in ${settings.value.dataDirectory}\n`);
    await stop;
    return EXIT.nothingFails;
  } catch (problem) {
    return refuse(problem instanceof Error ? problem.message : "the address cannot be taken");
  } finally {
    server.close();
    server.closeIdleConnections();
    await shell.value.close();
    server.closeAllConnections();
  }
}

async function listen(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return `${host.includes(":") ? `[${host}]` : host}:${bound}`;
}
