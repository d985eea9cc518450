import type { FromLive, ToLive } from "@/lib/live/protocol.ts";
import type { FromPlayground, ToPlayground } from "@/lib/playground/protocol.ts";
import type { FromReplay, ToReplay } from "@/lib/playground/replay/protocol.ts";
import type { FromEngine, FromVerifier, ToEngine, ToVerifier } from "./protocol.ts";

/** A worker as the page uses it; a test puts something else behind it. */
export interface Thread<In, Out> {
  post(message: In, transfer?: Transferable[]): void;
  /** `onCrash` is called when the worker dies, or says something that cannot be read. */
  listen(onMessage: (message: Out) => void, onCrash: (reason: string) => void): void;
  end(): void;
}

export type Verifier = Thread<ToVerifier, FromVerifier>;
export type EngineThread = Thread<ToEngine, FromEngine>;

export function spawnVerifier(): Verifier {
  return thread(
    new Worker(new URL("./verify.worker.ts", import.meta.url), {
      type: "module",
      name: "verifier",
    }),
  );
}

export function spawnEngine(): EngineThread {
  return thread(
    new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "engine" }),
  );
}

export function spawnPlayground(): Thread<ToPlayground | ToReplay, FromPlayground | FromReplay> {
  return thread(
    new Worker(new URL("./playground.worker.ts", import.meta.url), {
      type: "module",
      name: "playground",
    }),
  );
}

export function spawnLive(): Thread<ToLive, FromLive> {
  return thread(
    new Worker(new URL("./live.worker.ts", import.meta.url), { type: "module", name: "live" }),
  );
}

function thread<In, Out>(worker: Worker): Thread<In, Out> {
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen(onMessage, onCrash) {
      worker.onmessage = (event: MessageEvent<Out>) => onMessage(event.data);
      worker.onerror = (event) => {
        event.preventDefault();
        onCrash(event.message);
      };
      worker.onmessageerror = () => onCrash("a message could not be read");
    },
    end: () => worker.terminate(),
  };
}
