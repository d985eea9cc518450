import { toHex } from "@/kernel/encoding.ts";
import { makeDemoKeys } from "@/lib/playground/demo-keys.ts";
import { evaluateHere, type HerePorts } from "@/lib/playground/evaluate-here.ts";
import type { FromPlayground, ToPlayground } from "@/lib/playground/protocol.ts";

let ports: HerePorts | null = null;

self.addEventListener("message", (event: MessageEvent<ToPlayground>) => {
  const { data: message } = event;
  try {
    ports ??= makePorts();
    const outcome = evaluateHere(message.input, ports);
    post({ kind: "evaluated", ask: message.ask, outcome });
  } catch (error) {
    post({ kind: "failed", ask: message.ask, message: String(error) });
  }
});

function makePorts(): HerePorts {
  return {
    demo: makeDemoKeys((target) => crypto.getRandomValues(target)),
    meter: () => performance.now(),
    nonce: () => `rcpt-demo-${toHex(crypto.getRandomValues(new Uint8Array(16)))}`,
  };
}

function post(message: FromPlayground): void {
  self.postMessage(message);
}
