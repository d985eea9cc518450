import type { CDPSession } from "playwright";
import { openStage } from "./browser.ts";
import { logFile } from "./log-file.ts";
import type { Settings } from "./settings.ts";

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}
interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** What `Profiler.stop` answers. */
interface Stopped {
  readonly profile: Profile;
}

const SHOWN = 40;

/** Drops the log once and prints, for every worker, the functions that took most of its time themselves. */
export async function profilePipeline(settings: Settings, bundle: string): Promise<void> {
  const log = await logFile(settings.receipts);
  const stage = await openStage(bundle);
  try {
    const page = await stage.browser.newPage();
    const session = await page.context().newCDPSession(page);
    const workers = await attachWorkers(session);
    await page.goto(stage.origin);
    await page.locator("[data-offline-ready=true]").waitFor({ state: "attached" });
    for (const worker of workers) {
      await worker.send("Profiler.enable");
      await worker.send("Profiler.setSamplingInterval", { interval: 500 });
      await worker.send("Profiler.start");
    }
    await page.locator("input[type=file]:not([webkitdirectory])").first().setInputFiles(log.path);
    await page
      .getByText("checked in")
      .first()
      .waitFor({ timeout: 15 * 60_000 });
    for (const [index, worker] of workers.entries()) {
      const { profile }: Stopped = JSON.parse(await worker.send("Profiler.stop"));
      process.stdout.write(`\nWorker ${index + 1} ${worker.url}\n${topOf(profile).join("\n")}\n`);
    }
  } finally {
    await stage.end();
  }
}

interface WorkerSession {
  readonly url: string;
  /** The answer as JSON. */
  send(method: string, params?: object): Promise<string>;
}

/** A worker is reached through its page's session, message by message. */
async function attachWorkers(session: CDPSession): Promise<WorkerSession[]> {
  const workers: WorkerSession[] = [];
  const waiting = new Map<number, (answer: string) => void>();
  let last = 0;
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    workers.push({
      url: targetInfo.url,
      send(method, params = {}) {
        last += 1;
        const id = last;
        const answer = new Promise<string>((resolve) => waiting.set(id, resolve));
        const message = JSON.stringify({ id, method, params });
        return session
          .send("Target.sendMessageToTarget", { sessionId, message })
          .then(() => answer);
      },
    });
  });
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(JSON.stringify(result));
    waiting.delete(id);
  });
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return workers;
}

function topOf({ nodes, samples, timeDeltas }: Profile): readonly string[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const own = new Map<string, number>();
  let total = 0;
  for (const [index, sample] of samples.entries()) {
    const frame = frames.get(sample);
    const time = timeDeltas[index] ?? 0;
    if (frame === undefined || frame.functionName === "(idle)") {
      continue;
    }
    const file = frame.url.split("/").at(-1) ?? "";
    const name = `${frame.functionName || "(anonymous)"} ${file}:${frame.lineNumber + 1}:${frame.columnNumber + 1}`;
    own.set(name, (own.get(name) ?? 0) + time);
    total += time;
  }
  return [...own]
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN)
    .map(([name, time]) => {
      const share = ((100 * time) / total).toFixed(1).padStart(5);
      return `${share} % ${(time / 1000).toFixed(0).padStart(7)} ms  ${name}`;
    });
}
