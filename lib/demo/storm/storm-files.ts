import type { Primitives } from "@/kernel/primitives.ts";
import { EVIDENCE, ndjson } from "@/lib/evidence/folder.ts";
import type { DemoPorts } from "../ports.ts";
import { seededRandom } from "../random.ts";
import { authority, StormCourt } from "./court.ts";
import { LetterBox } from "./letters.ts";
import type { StormRecord } from "./model.ts";
import { ChunkSealer, storming } from "./scribe.ts";
import type { Storm } from "./storm.ts";
import { stormCapabilities } from "./storm-calls.ts";
import { LOG_FOLDER, stormKernel, TOKENS } from "./walkthrough.ts";
import { DAY } from "./walkthrough-cast.ts";

/** Part of a storm's day: text that is appended to a file of the log, records of the dead letter topic. */
export type StormPart =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "letters"; readonly letters: readonly StormRecord[] };

/** The dead letters of a storm without a log, of which every one is a claim; its truth is the storm's. */
export function* claimLetters(storm: Storm, primitives: Primitives): Generator<StormRecord> {
  const letters = new LetterBox(primitives);
  const random = seededRandom(storm.plan.agents.length ^ 0x1d5);
  for (const event of storm.events()) {
    switch (event.kind) {
      case "call":
        yield letters.letter(event.call, { id: random.hex(64), text: "" });
        break;
      case "failure":
        yield letters.failure(event.ms, event.source);
        break;
      case "tombstone":
        yield letters.tombstone(event.ms, event.key);
    }
  }
}

/** A storm with its kernel's log: capabilities, receipts under checkpoints, and dead letters of every shape. */
export async function* signedStorm(storm: Storm, ports: DemoPorts): AsyncGenerator<StormPart> {
  const { primitives } = ports;
  const court = new StormCourt({
    capabilities: stormCapabilities(storm.plan),
    policyChange: DAY + 43_200,
    primitives,
  });
  const letters = new LetterBox(primitives);
  const sealer = new ChunkSealer(authority(), ports);
  const noise: StormRecord[] = [];
  const calls = function* () {
    for (const event of storm.events()) {
      switch (event.kind) {
        case "call":
          yield event.call;
          break;
        case "failure":
          noise.push(letters.failure(event.ms, event.source));
          break;
        case "tombstone":
          noise.push(letters.tombstone(event.ms, event.key));
      }
    }
  };
  yield { kind: "text", path: TOKENS, text: ndjson(court.tokens) };
  const options = { court, letters, kernel: stormKernel(), seed: 7, ports };
  const checkpoints: string[] = [];
  for await (const chunk of storming(calls(), options)) {
    const text = chunk.receipts
      .map((one, at) => `{"seq":${chunk.firstSeq + at},"receipt":${one}}\n`)
      .join("");
    yield { kind: "text", path: `${LOG_FOLDER}/${EVIDENCE.receipts}`, text };
    if (chunk.receipts.length > 0) {
      checkpoints.push(ndjson([(await sealer.seal(chunk)).checkpoint.value]));
    }
    yield { kind: "letters", letters: [...chunk.letters, ...noise.splice(0)] };
  }
  yield { kind: "letters", letters: noise };
  const path = `${LOG_FOLDER}/${EVIDENCE.checkpoints}`;
  yield { kind: "text", path, text: checkpoints.join("") };
}
