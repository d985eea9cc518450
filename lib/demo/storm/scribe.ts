import type { JsonObject } from "@/kernel/json/value.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import { MerkleRange } from "@/kernel/merkle/range.ts";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import type { CheckpointRecord } from "@/lib/evidence/checkpoint.ts";
import { wrappedProof } from "@/lib/evidence/derived-records.ts";
import { signBatch } from "../checkpoint.ts";
import { draftV1 } from "../choreography/seal.ts";
import type { DemoKey } from "../keys.ts";
import type { DemoPorts } from "../ports.ts";
import { type Random, seededRandom } from "../random.ts";
import { type StormCall, secondOf } from "./call.ts";
import type { StormCourt } from "./court.ts";
import type { LetterBox } from "./letters.ts";
import type { StormRecord } from "./model.ts";

/** What some calls left behind: receipts in the log, and dead letters. */
export interface StormChunk {
  /** Canonical texts, in the order of their numbers, from `firstSeq` on. */
  readonly receipts: readonly string[];
  readonly firstSeq: number;
  /** Unix seconds of the last of them. */
  readonly lastSecond: number;
  readonly letters: readonly StormRecord[];
}

/** Receipts that wait for their signatures at a time: what waits long is copied by the collector. */
const CHUNK = 100;

export interface ScribeOptions {
  readonly court: StormCourt;
  readonly letters: LetterBox;
  readonly kernel: DemoKey;
  readonly seed: number;
  readonly ports: DemoPorts;
}

/** Signs the receipts of calls and writes their dead letters, one chunk of {@link CHUNK} receipts at a time. */
export async function* storming(
  calls: Iterable<StormCall>,
  options: ScribeOptions,
): AsyncGenerator<StormChunk> {
  const { court, letters, kernel, ports } = options;
  const random = seededRandom(options.seed ^ 0x5eed);
  let waiting: Promise<Written>[] = [];
  let held = 0;
  let firstSeq = 1;
  const chunk = async (): Promise<StormChunk> => {
    const written = await Promise.all(waiting);
    const receipts = written.flatMap(({ text }) => (text === null ? [] : [text]));
    const made: StormChunk = {
      receipts,
      firstSeq,
      lastSecond: secondOf(written.at(-1)?.call.ms ?? 0),
      letters: written.flatMap(({ call, id, text }) =>
        call.denied === null ? [] : [letters.letter(call, { id, text: text ?? "" })],
      ),
    };
    firstSeq += receipts.length;
    waiting = [];
    held = 0;
    return made;
  };
  for (const call of calls) {
    waiting.push(written(call, court, kernel, random, ports));
    held += call.denied?.shape === "claim" ? 0 : 1;
    if (held === CHUNK) {
      yield await chunk();
    }
  }
  if (waiting.length > 0) {
    yield await chunk();
  }
}

interface Written {
  readonly call: StormCall;
  readonly id: string;
  /** Null for a claim, of which there is no receipt. */
  readonly text: string | null;
}

async function written(
  call: StormCall,
  court: StormCourt,
  kernel: DemoKey,
  random: Random,
  { primitives, sign }: DemoPorts,
): Promise<Written> {
  const handle = random.hex(20);
  if (call.denied?.shape === "claim") {
    return { call, id: random.hex(64), text: null };
  }
  const draft = draftV1(court.body(call, handle), kernel.key, primitives);
  return { call, id: draft.id, text: draft.seal(await sign(kernel.seed, draft.message)) };
}

/** Puts chunks under checkpoints that continue each other; the last one too, however short. */
export class ChunkSealer {
  readonly #signer: DemoKey;
  readonly #ports: DemoPorts;
  readonly #chain: MerkleRange;
  #previous: CheckpointRecord | null = null;
  count = 0;

  constructor(signer: DemoKey, ports: DemoPorts) {
    this.#signer = signer;
    this.#ports = ports;
    this.#chain = new MerkleRange(ports.primitives.sha256);
  }

  /** The checkpoint of a chunk that has receipts, and the inclusion proofs of them, once asked for. */
  async seal({ receipts, firstSeq, lastSecond }: StormChunk): Promise<{
    readonly checkpoint: CheckpointRecord;
    readonly proofs: () => readonly JsonObject[];
  }> {
    const { sha256, utf8 } = this.#ports.primitives;
    // The text of a receipt is canonical as it was signed: it is its own leaf.
    const tree = merkleTree(
      receipts.map((text) => leafHash(utf8(text), sha256)),
      sha256,
    );
    const batch = {
      start: firstSeq,
      end: firstSeq + receipts.length - 1,
      root: tree.root,
      issuedAt: lastSecond + 1,
    };
    const checkpoint = await signBatch(
      2,
      batch,
      this.#signer,
      this.#previous,
      this.#chain,
      this.#ports,
    );
    this.#previous = checkpoint;
    this.count += 1;
    const proofs = (): readonly JsonObject[] =>
      receipts.map((_, index) =>
        wrappedProof(
          checkpoint,
          firstSeq + index,
          receipts.length,
          index,
          tree.inclusionProof(index),
        ),
      );
    return { checkpoint, proofs };
  }
}
