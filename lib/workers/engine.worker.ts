import { createSHA256 } from "hash-wasm";
import { runSelfTest } from "@/kernel/self-test.ts";
import { blobSink } from "@/lib/ingest/sources.ts";
import { demoDrops } from "./demo-drops.ts";
import { Engine } from "./engine.ts";
import { openSqlite } from "./open-sqlite.ts";
import { webPlatform } from "./platform-web.ts";
import type { FromEngine, ResultMessage, ToEngine } from "./protocol.ts";
import { countRequests } from "./request-ledger.ts";

let engine: Promise<Engine> | null = null;

self.addEventListener("message", (event: MessageEvent<ToEngine>) => {
  receive(event.data).catch((error: unknown) => {
    post({ kind: "failed", message: String(error) });
  });
});

async function receive(message: ToEngine): Promise<void> {
  if (message.kind === "start") {
    engine = start();
    await engine;
    return;
  }
  const running = await engine;
  if (running === null) {
    throw new Error("the engine was not started");
  }
  switch (message.kind) {
    case "connect":
      message.port.onmessage = (event: MessageEvent<ResultMessage>) =>
        running.takeResult(event.data.result);
      return;
    case "warm":
      await openSqlite();
      post({ kind: "warmed" });
      countRequests((count) => post({ kind: "requests", count }));
      return;
    default:
      await running.receive(message);
  }
}

async function start(): Promise<Engine> {
  const platform = await webPlatform();
  const selfTest = await runSelfTest(platform.primitives, platform.backend);
  post({ kind: "ready", selfTest, exact: platform.exact });
  // Files and members are hashed one after the other, so one hasher serves; a stream that was given up
  // in the middle leaves nothing behind.
  const hasher = await createSHA256();
  return new Engine({
    platform,
    expand: {
      sha256Stream: () => {
        hasher.init();
        return {
          update: (bytes) => {
            hasher.update(bytes);
          },
          digestHex: () => hasher.digest("hex"),
        };
      },
      sqlite: openSqlite,
      sink: blobSink,
    },
    post,
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    ...demoDrops(platform),
  });
}

function post(message: FromEngine, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}
