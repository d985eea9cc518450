import { toHex } from "@/kernel/encoding.ts";
import { makeDemoKeys } from "@/lib/playground/demo-keys.ts";
import { evaluateHere, type HerePorts } from "@/lib/playground/evaluate-here.ts";
import { findHint } from "@/lib/playground/hint/find-hint.ts";
import type { FromPlayground, ToPlayground } from "@/lib/playground/protocol.ts";

let ports: HerePorts | null = null;

self.addEventListener("message", (event: MessageEvent<ToPlayground>) => {
  const { data: message } = event;
  try {
    ports ??= makePorts();
    post(answerTo(message, ports));
  } catch (error) {
    post({ kind: "failed", ask: message.ask, message: String(error) });
  }
});

function answerTo(message: ToPlayground, lent: HerePorts): FromPlayground {
  const { ask, input } = message;
  switch (message.kind) {
    case "evaluate":
      return { kind: "evaluated", ask, outcome: evaluateHere(input, lent) };
    case "hint":
      return { kind: "hinted", ask, hint: findHint(input, lent) };
  }
}

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
