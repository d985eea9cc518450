import { DEMO_START } from "../log.ts";
import type { DemoPorts } from "../ports.ts";
import { type Random, seededRandom } from "../random.ts";
import { Desk, type Drafted } from "./desk.ts";
import type { ChoreographyChunk, ChoreographyFile, ChoreographyOptions } from "./model.ts";
import { orderSteps } from "./order.ts";
import { nextTime, type OrderState, openOrder } from "./order-state.ts";
import { planOf, randomOf } from "./plan.ts";
import { lineageLine } from "./statement.ts";

/** Few enough that what waits for a signature dies young: four times as many cost a third of the speed. */
const CHUNK = 100;
/** Seconds between one order and the next: a chain takes about twenty, so that some five overlap. */
const PAUSE = 9;

/** A receipt with its text as it was signed. */
export interface WrittenReceipt {
  readonly seq: number;
  /** Unix seconds. */
  readonly timestamp: number;
  /** Canonical JSON. */
  readonly text: string;
  readonly edited: Drafted["edited"];
}

export interface WrittenChunk {
  readonly receipts: readonly WrittenReceipt[];
  /** Lines without their ends. */
  readonly records: readonly string[];
  readonly statements: readonly string[];
}

/**
 * The shop's day as lines of files: receipts in the order in which they were signed, the Kafka records of
 * the same moments, and lineage statements. Memory holds one chunk and the orders that are open. The last
 * chunk is the truth. The options decide every byte, whatever signs.
 */
export async function* choreography(
  options: ChoreographyOptions,
  ports: DemoPorts,
): AsyncGenerator<ChoreographyChunk> {
  const desk = new Desk(options, ports);
  const shuffled = options.permute === true ? seededRandom(options.seed ^ 0x0dd) : null;
  let done = 0;
  for await (const chunk of writtenChunks(options, desk, ports)) {
    done += chunk.receipts.length;
    const receipts = chunk.receipts.map(({ seq, text, edited }) => {
      const found = edited === null ? text : text.replace(edited.from, () => edited.to);
      return `{"seq":${seq},"receipt":${found}}`;
    });
    const files: readonly (readonly [ChoreographyFile, readonly string[]])[] = [
      ["receipts", receipts],
      ["records", chunk.records],
      ["statements", chunk.statements],
    ];
    for (const [file, lines] of files) {
      if (lines.length > 0) {
        const ordered = shuffled === null ? lines : inAnotherOrder(lines, shuffled);
        yield { kind: "lines", file, text: `${ordered.join("\n")}\n`, lines: lines.length, done };
      }
    }
  }
  yield { kind: "truth", truth: desk.truth(options.orders) };
}

/** The same, before anybody changed a receipt: what a kernel's own export is made from. */
export async function* writtenChunks(
  options: ChoreographyOptions,
  desk: Desk,
  ports: DemoPorts,
): AsyncGenerator<WrittenChunk> {
  const size = options.chunk ?? CHUNK;
  let drafts: Drafted[] = [];
  for (const state of moments(options)) {
    drafts.push(desk.happen(state));
    if (drafts.length >= size) {
      yield await written(drafts, desk, ports);
      drafts = [];
    }
  }
  if (drafts.length > 0) {
    yield await written(drafts, desk, ports);
  }
}

async function written(
  drafts: readonly Drafted[],
  { key }: Desk,
  ports: DemoPorts,
): Promise<WrittenChunk> {
  const signatures = await Promise.all(
    drafts.map(({ draft }) => ports.sign(key.seed, draft.message)),
  );
  const receipts: WrittenReceipt[] = [];
  const records: string[] = [];
  for (const [index, { seq, timestamp, draft, edited, records: recordsOf }] of drafts.entries()) {
    const text = draft.seal(signatures[index] ?? new Uint8Array());
    receipts.push({ seq, timestamp, text, edited });
    for (const line of recordsOf(text)) {
      records.push(line);
    }
  }
  const statements = await Promise.all(
    drafts.flatMap(({ lineage }) => lineage.map((one) => lineageLine(one, key, ports))),
  );
  return { receipts, records, statements };
}

/** Which order's next step happens next: the earliest of all that are open, until none is. */
function* moments(options: ChoreographyOptions): Generator<OrderState> {
  const open: OrderState[] = [];
  let placed = 0;
  let start = DEMO_START;
  const random = seededRandom(options.seed);
  for (;;) {
    const earliest = earliestOf(open);
    if (placed < options.orders && (earliest === null || nextTime(earliest) > start)) {
      open.push(place(placed, start, options));
      placed += 1;
      start += 1 + random.below(2 * PAUSE);
      continue;
    }
    if (earliest === null) {
      return;
    }
    yield earliest;
    if (nextTime(earliest) === Number.POSITIVE_INFINITY) {
      open.splice(open.indexOf(earliest), 1);
    }
  }
}

function place(order: number, start: number, options: ChoreographyOptions): OrderState {
  const random = randomOf(options.seed, order);
  const plan = planOf(order, options, random);
  return openOrder(order, start, plan, orderSteps(plan, random), random);
}

/** Few orders are open at a time, so that a heap would not be faster. */
function earliestOf(open: readonly OrderState[]): OrderState | null {
  let earliest: OrderState | null = null;
  for (const one of open) {
    if (earliest === null || nextTime(one) < nextTime(earliest)) {
      earliest = one;
    }
  }
  return earliest;
}

function inAnotherOrder(lines: readonly string[], random: Random): readonly string[] {
  const moved = [...lines];
  for (let at = moved.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    const line = moved[at] ?? "";
    moved[at] = moved[other] ?? "";
    moved[other] = line;
  }
  return moved;
}
