import { runSelfTest } from "@/kernel/self-test.ts";
import { LiveReader } from "@/lib/live/live-reader.ts";
import { pinnedBundle } from "@/lib/live/pinned-bundle.ts";
import type { FromLive, ToLive } from "@/lib/live/protocol.ts";
import { webPlatform } from "./platform-web.ts";
import { countRequests } from "./request-ledger.ts";

/** Reads one live source at a time. It asks nothing of the network before a person connects it to the server. */

let reader: Promise<LiveReader> | null = null;

self.addEventListener("message", (event: MessageEvent<ToLive>) => {
  receive(event.data).catch((error: unknown) => {
    post({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  });
});

async function receive(message: ToLive): Promise<void> {
  if (message.kind === "start") {
    reader = start();
    await reader;
    return;
  }
  const running = await reader;
  if (running === null) {
    throw new Error("a message came before the start");
  }
  await serve(running, message);
}

async function serve(
  running: LiveReader,
  message: Exclude<ToLive, { kind: "start" }>,
): Promise<void> {
  switch (message.kind) {
    case "trust":
      running.judgeBy(pinnedBundle(message.keys));
      return;
    case "rules":
      running.evaluate(message.rules);
      return;
    case "watch":
      await running.watch(message.run, message.handle, message.fromStart);
      return;
    case "tail":
      await running.tail(message.run, message.url, message.token);
      return;
    case "stop":
      running.stop(message.run);
      return;
    case "content":
      post({ kind: "content", content: running.content() });
      return;
  }
}

async function start(): Promise<LiveReader> {
  const platform = await webPlatform();
  const { failures } = await runSelfTest(platform.primitives, platform.backend);
  post({ kind: "ready", failures });
  if (failures.length > 0) {
    throw new Error("A known answer was not met in this browser: nothing is judged here.");
  }
  countRequests((count) => post({ kind: "requests", count }));
  return new LiveReader({
    platform,
    post,
    ask: async (url, headers) => {
      const response = await fetch(url, {
        headers,
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
      });
      return { status: response.status, text: await response.text() };
    },
    now: () => performance.now(),
    unixSeconds: () => Date.now() / 1000,
    wait,
  });
}

/** Resolves after a time, or at once when it is stopped; with 0 it only lets messages pass. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}

function post(message: FromLive): void {
  self.postMessage(message);
}
