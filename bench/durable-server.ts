import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MessagePort } from "node:worker_threads";
import { createKernelServer } from "@/lib/server/http/node-adapter.ts";
import { evaluateRoute } from "@/lib/server/http/routes/evaluate.ts";
import { openKernelShell } from "@/lib/server/open-shell.ts";
import { readSettings } from "@/lib/server/settings.ts";
import { BENCHMARK_POLICY } from "./evaluations.ts";

/** What the thread of the server is started with. */
export interface DurableServerShare {
  readonly role: "durable-server";
  /** Holds the policy, and the stores in `server`. */
  readonly folder: string;
  /** The authority whose tokens it takes. */
  readonly issuer: string;
}

export type DurableServerAnswer =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "closed" };

/** Serves `POST /api/evaluate` as `chio serve` does, until the first message comes. */
export async function serveDurably(
  { folder, issuer }: DurableServerShare,
  port: MessagePort,
): Promise<void> {
  const policy = join(folder, "benchmark-policy.json");
  mkdirSync(folder, { recursive: true });
  writeFileSync(policy, JSON.stringify(BENCHMARK_POLICY));
  const environment = {
    CHIO_DATA_DIR: join(folder, "server"),
    CHIO_POLICY: policy,
    CHIO_TRUSTED_ISSUERS: issuer,
    CHIO_EVALUATE_RATE: "1000000",
  };
  const settings = readSettings({ directory: folder, environment });
  if (!settings.ok) {
    throw new Error("the benchmark's settings are refused");
  }
  const report = (problem: unknown): void => {
    process.stderr.write(`${String(problem)}\n`);
  };
  const opened = await openKernelShell({ settings: settings.value, environment, report });
  if (!opened.ok) {
    throw new Error(opened.error.message);
  }
  const shell = opened.value;
  const server = createKernelServer([evaluateRoute], shell);
  const say = (answer: DurableServerAnswer): void => port.postMessage(answer);
  port.once("message", () => {
    server.closeAllConnections();
    server.close(() => {
      void shell.close().then(() => {
        say({ kind: "closed" });
        port.close();
      });
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object" && address !== null) {
      say({ kind: "listening", port: address.port });
    }
  });
}
