import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { toHex } from "@/kernel/encoding.ts";
import { makeDemoKeys } from "@/lib/playground/demo-keys.ts";
import { evaluateHere, type HerePorts } from "@/lib/playground/evaluate-here.ts";
import { findHint } from "@/lib/playground/hint/find-hint.ts";
import type { FromPlayground, ToPlayground } from "@/lib/playground/protocol.ts";
import type { FromReplay, ToReplay } from "@/lib/playground/replay/protocol.ts";
import { ReplayWork } from "@/lib/playground/replay/replay-work.ts";

let ports: HerePorts | null = null;
let replay: ReplayWork | null = null;

self.addEventListener("message", (event: MessageEvent<ToPlayground | ToReplay>) => {
  const { data: message } = event;
  ports ??= makePorts();
  if (message.kind === "replay-begin" || message.kind === "replay-judge") {
    replay ??= makeReplay(ports);
    post(replay.answer(message));
    return;
  }
  try {
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

function makeReplay({ demo }: HerePorts): ReplayWork {
  const encoder = new TextEncoder();
  // Thousands of records are hashed: the platform's encoder takes a tenth of the kernel's time.
  return new ReplayWork({
    demo,
    primitives: { ...purePrimitives, utf8: (text) => encoder.encode(text) },
  });
}

function post(message: FromPlayground | FromReplay): void {
  self.postMessage(message);
}
