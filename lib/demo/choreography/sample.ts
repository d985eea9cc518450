import { BatchSealer, type DemoBatch, type DemoReceipt } from "../batch.ts";
import { type EvidenceFolder, folderOf } from "../evidence.ts";
import { recordOf } from "../manifest.ts";
import type { DemoPorts } from "../ports.ts";
import { editReceipt, restamp } from "../tamper.ts";
import { type WrittenChunk, writtenChunks } from "./choreography.ts";
import { Desk } from "./desk.ts";
import type { ChoreographyOptions, ChoreographyTruth, OrderPlan } from "./model.ts";

/** What one click opens: a kernel's evidence, and two exports from beside it. */
export interface ChoreographySample {
  readonly evidence: EvidenceFolder;
  /** Kafka records, a line each. */
  readonly records: string;
  /** Lineage statements, a line each. */
  readonly statements: string;
  readonly truth: ChoreographyTruth;
  /** The number of the receipt that somebody changed. */
  readonly editedSeq: number;
}

const BATCH = 100;
const ORDERS = 16;
const SENDS = 412;

const USUAL: Partial<OrderPlan> = {
  retried: false,
  denied: new Set(),
  returned: false,
  edited: false,
};

/** Orders to which something happens, by number. The first one is the chain to look at. */
const SPECIAL: ReadonlyMap<number, Partial<OrderPlan>> = new Map([
  [
    0,
    {
      items: 1,
      denied: new Set(["over-budget", "forbidden-path", "pii-read", "sms-scope"]),
      returned: true,
      edited: true,
    },
  ],
  [3, { retried: true, attemptRecorded: true }],
  [5, { denied: new Set(["charge-scope"]) }],
  [9, { denied: new Set(["sms-scope"]) }],
]);

export const SAMPLE_OPTIONS: ChoreographyOptions = {
  orders: ORDERS,
  seed: 20_260_417,
  hotRoot: SENDS,
  plan: (order) => ({ ...USUAL, ...SPECIAL.get(order) }),
  chunk: BATCH,
};

/**
 * A morning of the shop, each call judged by the kernel: evidence under checkpoints, of which one receipt was
 * changed after it was signed, with the Kafka records and the lineage statements of the same morning.
 */
export async function choreographySample(ports: DemoPorts): Promise<ChoreographySample> {
  const desk = new Desk(SAMPLE_OPTIONS, ports);
  const records: string[] = [];
  const statements: string[] = [];
  const edits: { seq: number; from: string; to: string }[] = [];
  const gathered = async function* (): AsyncGenerator<WrittenChunk> {
    for await (const chunk of writtenChunks(SAMPLE_OPTIONS, desk, ports)) {
      records.push(...chunk.records);
      statements.push(...chunk.statements);
      edits.push(
        ...chunk.receipts.flatMap(({ seq, edited }) => (edited ? { seq, ...edited } : [])),
      );
      yield chunk;
    }
  };
  const honest = await folderOf(checkpointed(gathered(), desk, ports), ports);
  const [edit] = edits;
  if (edit === undefined) {
    throw new RangeError("the sample has a receipt that was changed");
  }
  return {
    evidence: restamp(editReceipt(honest, edit.seq, edit.from, edit.to), ports),
    records: textOf(records),
    statements: textOf(statements),
    truth: desk.truth(ORDERS),
    editedSeq: edit.seq,
  };
}

/** Every receipt is covered: the last checkpoint is issued over what there is. */
async function* checkpointed(
  chunks: AsyncIterable<WrittenChunk>,
  { key }: Desk,
  ports: DemoPorts,
): AsyncGenerator<DemoBatch> {
  const sealer = new BatchSealer(2, ports);
  for await (const { receipts } of chunks) {
    const values = receipts.map(({ seq, text }): DemoReceipt => ({ seq, value: recordOf(text) }));
    const last = receipts.at(-1)?.timestamp ?? 0;
    yield sealer.seal(values, last + 1, key);
  }
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
