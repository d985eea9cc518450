import { openStage } from "./browser.ts";
import { type ChainRun, runChain } from "./chain.ts";
import { chainLog } from "./chain-log.ts";
import {
  countText,
  megabytesText,
  ratioText,
  type Spread,
  secondsText,
  spreadOf,
  spreadText,
} from "./figures.ts";
import { row, say } from "./lines.ts";

/** Aims of the index (times the database's hand-over), walks, pictures and tasks (milliseconds), frames a second. */
const AIM = { index: 2, walk: 50, picture: 1000, task: 200, frames: 30, items: 800 } as const;
const SPANS = { first: "from the act to the first items", all: "to all items and two frames more" };

/** Chains of a choreography of about `receipts`: the index, walks, pictures, and moving them. */
export async function measureChain(receipts: number, count: number, bundle: string): Promise<void> {
  const log = await chainLog(receipts);
  const { facts } = log;
  say("");
  say(
    `Chains: ${countText(facts.receipts)} receipts, ${countText(facts.links)} links, ${countText(facts.missing)} parents not loaded, ${megabytesText(log.bytes)} with Kafka records`,
  );
  const runs: ChainRun[] = [];
  const stage = await openStage(bundle);
  try {
    for (let run = 0; run < count; run += 1) {
      runs.push(await runChain(stage, log));
    }
  } finally {
    await stage.end();
  }
  printIndex(runs);
  printWalks(runs);
  printPictures(runs);
  printMovements(runs);
}

function printIndex(runs: readonly ChainRun[]): void {
  const of = (value: (run: ChainRun) => number) => spreadOf(runs.map(value));
  row(
    "files chosen to everything verified",
    spreadText(
      of((run) => run.whole),
      secondsText,
    ),
  );
  const bytes = megabytesText(runs[0]?.handed.whole[0]?.bytes ?? 0);
  const asked = runs.flatMap((run) => run.handed.whole.map(({ milliseconds }) => milliseconds));
  row(`DuckDB hands over the links, ${bytes} of Arrow`, times(spreadOf(asked)));
  row("the same in parts, as the page reads", times(of((run) => run.handed.parts.milliseconds)));
  row("index of integers, in the engine's worker", times(of((run) => run.first.index)));
  const again = spreadOf(runs.flatMap((run) => run.again.map(({ index }) => index)));
  row("the same when concluded again", times(again));
  const ratio = of((run) => run.first.index / handOver(run));
  row(
    "ratio to its run's hand-over",
    spreadText(ratio, ratioText) + judged(ratio.median <= AIM.index),
  );
  const second = spreadOf(
    runs.flatMap((run) => run.again.map(({ index }) => index / handOver(run))),
  );
  row("the same when concluded again", spreadText(second, ratioText));
  row("names to links to index, all of relating", times(of((run) => run.first.relate)));
  const related = spreadOf(runs.flatMap((run) => run.again.map(({ relate }) => relate)));
  row("the same when concluded again", times(related));
  row("from the link to where most began", times(of((run) => run.overview)));
}

function handOver({ handed }: ChainRun): number {
  return spreadOf(handed.whole.map(({ milliseconds }) => milliseconds)).median;
}

function printWalks(runs: readonly ChainRun[]): void {
  say(
    "  Walks, asked by the page and answered to it, three times a run; then DuckDB's recursive SQL",
  );
  for (const [at, { name, receipts, hops }] of (runs[0]?.walks ?? []).entries()) {
    const ours = spreadOf(runs.flatMap(({ walks }) => walks[at]?.ours ?? []));
    const database = spreadOf(runs.map(({ walks }) => walks[at]?.database ?? Number.NaN));
    row(`  ${name}`, times(ours) + judged(ours.median < AIM.walk));
    row(`  ${countText(receipts)} receipts, ${hops} hops; DuckDB`, times(database));
  }
}

function printPictures(runs: readonly ChainRun[]): void {
  for (const [at, one] of (runs[0]?.pictures ?? []).entries()) {
    const { name, receipts, times: drawn, drawnReceipts, folded, stubs } = one;
    const of = (value: (run: ChainRun["pictures"][number]) => number) =>
      spreadOf(runs.flatMap(({ pictures }) => pictures.slice(at, at + 1).map(value)));
    say(`  First picture: ${name}, ${countText(receipts)} receipts`);
    row(
      "  items drawn, links between them",
      `${drawn.items} (${drawnReceipts} receipts, ${stubs} stubs; ${countText(folded)} in folds), ${drawn.links}${judged(drawn.items <= AIM.items)}`,
    );
    row("  view answered", times(of((picture) => picture.times.answered)));
    row(`  ${SPANS.first}`, times(of((picture) => picture.times.begun)));
    const whole = of((picture) => picture.times.drawn);
    row(`  ${SPANS.all}`, times(whole) + judged(whole.median < AIM.picture));
    const task = of((picture) => picture.times.longestTask);
    row("  longest task of the page", times(task) + judged(task.most <= AIM.task));
  }
}

function printMovements(runs: readonly ChainRun[]): void {
  say(`  Moving a picture of ${runs[0]?.movedItems ?? 0} items, no GPU, pictures drawn a second`);
  for (const [at, { name }] of (runs[0]?.movements ?? []).entries()) {
    const of = (value: (run: ChainRun["movements"][number]) => number) =>
      spreadOf(runs.flatMap(({ movements }) => movements.slice(at, at + 1).map(value)));
    const drawn = of(({ movement }) => movement.drawn);
    row(`  ${name}`, spreadText(drawn, countText) + judged(drawn.median > AIM.frames));
    row(
      "  frames of the page a second",
      spreadText(
        of(({ movement }) => movement.frames),
        countText,
      ),
    );
    row("  19 of 20 frames within", times(of(({ movement }) => movement.slow)));
  }
}

const times = (spread: Spread): string => spreadText(spread, millisecondsText);
const millisecondsText = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const judged = (isMet: boolean): string => (isMet ? "" : "  DEFECT: misses the aim");
