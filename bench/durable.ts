import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { RECEIPT_STORE } from "@/lib/server/store/receipt-store.ts";
import { integerAt, openForReading, openStoreFile } from "@/lib/server/store/sqlite.ts";
import type { DurableServerAnswer, DurableServerShare } from "./durable-server.ts";
import { AGENT, AUTHORITY, benchmarkCall, benchmarkToken } from "./evaluations.ts";
import { type Spread, spreadOf } from "./figures.ts";

const CLIENTS = [1, 16, 64];

/** What one number of clients got. */
export interface DurableLevel {
  readonly clients: number;
  /** Evaluations per second, each answered when its receipt was durable. */
  readonly rate: Spread;
  /** Bare commits per second right before: one row, one sync. */
  readonly commits: Spread;
  readonly ratio: Spread;
  /** Milliseconds, over all runs. */
  readonly p50: number;
  readonly p99: number;
}

const ROW = 1600;
const TABLE = "CREATE TABLE rows (text TEXT NOT NULL)";
const TOKENS = 20;

/**
 * Live evaluations through HTTP for `seconds` at each number of clients, the server in a thread of its own and
 * its stores on this disk. The baseline, taken in turn, is what a log without group commit could do: one synced
 * SQLite commit for each receipt. Every answer must be an allow, and every one must be in the store afterwards.
 */
export async function measureDurable(
  seconds: number,
  runs: number,
  bundle: string,
): Promise<readonly DurableLevel[]> {
  const folder = mkdtempSync(join(tmpdir(), "chio-bench-"));
  const share: DurableServerShare = {
    role: "durable-server",
    folder,
    issuer: AUTHORITY.key,
  };
  const worker = new Worker(new URL(bundle), { workerData: share });
  try {
    const listening = await answerOf(worker);
    if (listening.kind !== "listening") {
      throw new Error("the server does not listen");
    }
    const bodies = requestBodies();
    let answered = await ask(listening.port, 16, 1, bodies);
    const levels: DurableLevel[] = [];
    for (const clients of CLIENTS) {
      const rates: number[] = [];
      const commits: number[] = [];
      const times: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        commits.push(bareCommits(join(folder, `bare-${clients}-${run}.sqlite3`), seconds / 4));
        const asked = await ask(listening.port, clients, seconds, bodies);
        rates.push(asked.length / seconds);
        times.push(...asked);
        answered = answered.concat(asked);
      }
      times.sort((a, b) => a - b);
      levels.push({
        clients,
        rate: spreadOf(rates),
        commits: spreadOf(commits),
        ratio: spreadOf(rates.map((rate, run) => rate / (commits[run] ?? Number.NaN))),
        p50: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
        p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
      });
    }
    const closed = answerOf(worker);
    worker.postMessage("close");
    await closed;
    requireStored(join(folder, "server"), answered.length);
    return levels;
  } finally {
    await worker.terminate();
    rmSync(folder, { recursive: true, force: true });
  }
}

function answerOf(worker: Worker): Promise<DurableServerAnswer> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

function requestBodies(): readonly string[] {
  const now = BigInt(Math.floor(Date.now() / 1000));
  const tokens = Array.from({ length: TOKENS }, (_, number) => benchmarkToken(number, now));
  return Array.from({ length: 120 }, (_, number) => {
    const [server_id, tool_name, given] = benchmarkCall(number);
    return JSON.stringify({
      mode: "live",
      capability: tokens[number % TOKENS],
      request: { agent_id: AGENT.key, server_id, tool_name, arguments: given },
    });
  });
}

/** The times of all answers, in milliseconds. */
async function ask(
  port: number,
  clients: number,
  seconds: number,
  bodies: readonly string[],
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const body = bodies[next % bodies.length] ?? "";
      next += 1;
      const started = performance.now();
      await post(port, agent, body);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return times;
}

function post(port: number, agent: Agent, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const sent = request(
      { host: "127.0.0.1", port, path: "/api/evaluate", method: "POST", agent, headers },
      (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () => {
          const text = Buffer.concat(pieces).toString("utf8");
          const allowed = response.statusCode === 200 && text.includes('"verdict":"allow"');
          return allowed
            ? resolve()
            : reject(new Error(`${response.statusCode} ${text.slice(0, 400)}`));
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Commits per second of one row each, synced as the server's are. */
function bareCommits(path: string, seconds: number): number {
  const connection = openStoreFile(path, { schema: [TABLE] });
  const insert = connection.prepare("INSERT INTO rows VALUES (?)");
  const row = "r".repeat(ROW);
  const started = performance.now();
  let commits = 0;
  while (performance.now() - started < seconds * 1000) {
    connection.write(() => insert.run(row));
    commits += 1;
  }
  const rate = (commits * 1000) / (performance.now() - started);
  connection.close();
  return rate;
}

function requireStored(folder: string, answered: number): void {
  const connection = openForReading(join(folder, RECEIPT_STORE));
  const row = connection.prepare("SELECT COUNT(*) FROM chio_tool_receipts").first();
  connection.close();
  const stored = row === null ? 0n : integerAt(row, 0);
  if (stored !== BigInt(answered)) {
    throw new Error(`${answered} answers, but ${stored} receipts in the store`);
  }
}
