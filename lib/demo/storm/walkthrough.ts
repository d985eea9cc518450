import { EVIDENCE, ndjson, pretty } from "@/lib/evidence/folder.ts";
import { demoKey } from "../keys.ts";
import type { DemoPorts } from "../ports.ts";
import { trustText } from "../trust.ts";
import { scopeOf } from "./call.ts";
import { authority, StormCourt } from "./court.ts";
import { LetterBox } from "./letters.ts";
import { STORM_RULES, type StormRecord, type WalkthroughTruth } from "./model.ts";
import { ChunkSealer, storming } from "./scribe.ts";
import { StormTally } from "./tally.ts";
import { TEMPLATES } from "./templates.ts";
import { walkthroughCalls } from "./walkthrough-calls.ts";
import {
  capabilities,
  capabilityOf,
  DAY,
  EVENTS_SERVER,
  POLICY_CHANGE,
  RESEARCH,
} from "./walkthrough-cast.ts";
import { WalkthroughNotes } from "./walkthrough-notes.ts";

/** Part of the day: lines of a file of the log, records of the dead letter topic, and at the end the truth. */
export type WalkthroughPart =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "letters"; readonly letters: readonly StormRecord[] }
  | { readonly kind: "truth"; readonly truth: WalkthroughTruth };

export interface WalkthroughOptions {
  /** 1 for the numbers of the analyst's five minutes; less for a smaller day of the same proportions. */
  readonly scale?: number;
  /** Whether inclusion proofs are written; roots are recomputed from the receipts anyway. */
  readonly proofs?: boolean;
}

export const LOG_FOLDER = "receipt-log";
export const TOKENS = "capabilities.ndjson";
const SEED = 20_260_416;
/** Capabilities were issued a month before. */
const KEY_DAYS = 60;

export const stormKernel = () => demoKey("storm kernel");

/**
 * A day in which one group asks for a topic that it may not have: the kernel's log with its checkpoints, the
 * capabilities, the dead letters in the order in which they were written, and the truth about all of it.
 */
export async function* walkthrough(
  { scale = 1, proofs = false }: WalkthroughOptions,
  ports: DemoPorts,
): AsyncGenerator<WalkthroughPart> {
  const { primitives } = ports;
  const court = new StormCourt({
    capabilities: capabilities(),
    policyChange: POLICY_CHANGE,
    primitives,
  });
  const tally = new StormTally(false, [STORM_RULES.scopes.threshold + 1]);
  const notes = new WalkthroughNotes();
  const sealer = new ChunkSealer(authority(), ports);
  const options = {
    court,
    letters: new LetterBox(primitives),
    kernel: stormKernel(),
    seed: SEED,
    ports,
  };
  yield { kind: "text", path: TOKENS, text: ndjson(court.tokens) };
  const counted = function* () {
    for (const call of walkthroughCalls(scale, primitives)) {
      tally.count(call);
      notes.note(call);
      yield call;
    }
  };
  const checkpoints: string[] = [];
  for await (const chunk of storming(counted(), options)) {
    const { receipts, firstSeq } = chunk;
    const text = receipts.map((one, at) => `{"seq":${firstSeq + at},"receipt":${one}}\n`).join("");
    yield { kind: "text", path: `${LOG_FOLDER}/${EVIDENCE.receipts}`, text };
    if (receipts.length > 0) {
      const sealed = await sealer.seal(chunk);
      checkpoints.push(ndjson([sealed.checkpoint.value]));
      if (proofs) {
        const path = `${LOG_FOLDER}/${EVIDENCE.inclusion}`;
        yield { kind: "text", path, text: ndjson(sealed.proofs()) };
      }
    }
    yield { kind: "letters", letters: chunk.letters };
  }
  yield {
    kind: "text",
    path: `${LOG_FOLDER}/${EVIDENCE.checkpoints}`,
    text: checkpoints.join(""),
  };
  yield { kind: "truth", truth: truthOf(scale, court, tally, notes, sealer.count) };
}

/** The keys of the day, to be dropped on their own: the kernel's, and that of checkpoints and capabilities. */
export function walkthroughTrust(): string {
  const day = 86_400;
  const from = DAY - KEY_DAYS * day;
  const until = DAY + KEY_DAYS * day;
  return trustText([
    { key: stormKernel(), from, until, roles: ["kernel"] },
    { key: authority(), from, until, roles: ["checkpoint", "capability_authority"] },
  ]);
}

/** The research group's capability as it would read with the topic granted: a body, nobody signed it. */
export function grantedCapability(): string {
  const id = capabilityOf(RESEARCH);
  const given = capabilities().find((one) => one.id === id);
  return pretty({
    id,
    issuer: authority().key,
    subject: demoKey(RESEARCH).key,
    scope: { grants: [...(given?.grants ?? []), { ...GRANT, operations: ["invoke"] }] },
    issued_at: given?.from ?? 0,
    expires_at: given?.until ?? 0,
  });
}
const GRANT = { server_id: EVENTS_SERVER, tool_name: TEMPLATES.topic.tool } as const;

function truthOf(
  scale: number,
  { policies }: StormCourt,
  tally: StormTally,
  notes: WalkthroughNotes,
  checkpoints: number,
): WalkthroughTruth {
  const { tool, guard } = TEMPLATES.topic;
  const scope = scopeOf({ server: EVENTS_SERVER, tool });
  const burst = notes.burst(scope, guard);
  const least = STORM_RULES.scopes.threshold;
  const widenings = notes.widenings(least);
  const widening = widenings.find(({ agent }) => agent === RESEARCH) ?? {
    agent: RESEARCH,
    tried: [],
  };
  return {
    ...tally.truth(SEED, { bursts: [burst], widenings }),
    scale,
    checkpoints,
    day: DAY,
    policy: { changedAt: POLICY_CHANGE, before: policies[0].hash, after: policies[1].hash },
    top: { ...burst, tool, widening },
    scopeRule: [least, least + 1].map((threshold) => ({
      threshold,
      firings: tally.firings(threshold),
    })),
    replay: {
      capability: capabilityOf(RESEARCH),
      grant: { ...GRANT, operations: ["invoke"] },
      allowed: burst.denials - notes.small,
      refusedByConstraint: notes.small,
    },
  };
}
