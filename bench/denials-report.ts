import { openStage } from "./browser.ts";
import { type DenialsRun, runDenials } from "./denials.ts";
import { stormLog } from "./denials-log.ts";
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

/** Milliseconds: the first screen, a chart, facet or brush, a preview, stops at the median and at worst, a task. */
const AIM = {
  first: 1500,
  chart: 150,
  preview: 500,
  stop: 200,
  worstStop: 500,
  task: 100,
} as const;

/** The Denials page, rules and the workbench over a storm of `rows` dead letters and their log. */
export async function measureDenials(rows: number, count: number, bundle: string): Promise<void> {
  const log = await stormLog(rows);
  const { facts } = log;
  say("");
  say(
    `Denials: ${countText(facts.denials)} of them, ${countText(facts.claims)} claims, in ${countText(rows)} dead letters and ${countText(facts.receipts)} receipts, ${megabytesText(log.bytes)}`,
  );
  const runs: DenialsRun[] = [];
  const stage = await openStage(bundle);
  try {
    for (let run = 0; run < count; run += 1) {
      runs.push(await runDenials(stage, log));
    }
  } finally {
    await stage.end();
  }
  const of = (value: (run: DenialsRun) => number) => spreadOf(runs.map(value));
  row(
    "files chosen to everything checked",
    spreadText(
      of(({ whole }) => whole),
      secondsText,
    ),
  );
  row(
    "peak memory of the renderer",
    spreadText(
      of(({ peakBytes }) => peakBytes),
      megabytesText,
    ),
  );
  const rowsHeld = facts.deadLetters + facts.receipts;
  const perRow = of(({ tableBytes }) => tableBytes / rowsHeld);
  row("the database's tables, octets a row", spreadText(perRow, countText));
  const first = of((run) => run.first);
  row(
    "first screen: bars and patterns drawn after",
    times(first) + judged(first.median < AIM.first),
  );
  row(
    "brushed, all that the page shows changed",
    times(spreadOf(runs.flatMap((run) => run.brushed))),
  );
  const task = of(({ longestTask }) => longestTask);
  row("longest task of the page meanwhile", taskText(task) + judged(task.most <= AIM.task));
  printQuestions(runs);
  printPreviews(runs);
  printStops(runs);
}

function printQuestions(runs: readonly DenialsRun[]): void {
  say(
    "  Questions, bound, asked and answered in the page; the native engine with one thread, with all; ratios to it",
  );
  for (const [at, { name, isAimed }] of (runs[0]?.questions ?? []).entries()) {
    const asked = runs.flatMap(({ questions }) => questions.slice(at, at + 1));
    const ours = spreadOf(asked.flatMap((one) => one.ours));
    const one = spreadOf(asked.flatMap(({ native }) => native.one));
    const all = spreadOf(asked.flatMap(({ native }) => native.all));
    const missed = isAimed ? judged(ours.median < AIM.chart) : "";
    row(
      `  ${name}`,
      `${times(ours)}; ${millisecondsText(one.median)}, ${millisecondsText(all.median)}; ${ratioText(ours.median / one.median)}, ${ratioText(ours.median / all.median)}${missed}`,
    );
  }
}

function printPreviews(runs: readonly DenialsRun[]): void {
  say("  Rules previewed by the engine's worker, after the first");
  for (const [at, { name }] of (runs[0]?.previews ?? []).entries()) {
    const asked = runs.flatMap(({ previews }) => previews.slice(at, at + 1));
    const later = spreadOf(asked.flatMap((one) => one.times.slice(1)));
    const cold = spreadOf(asked.flatMap((one) => one.times.slice(0, 1)));
    row(
      `  ${name}`,
      `${times(later)}, the first ${times(cold)}${judged(later.median < AIM.preview)}`,
    );
  }
}

function printStops(runs: readonly DenialsRun[]): void {
  const stops = runs.flatMap((run) => run.stops);
  say(`  Stopped in the workbench after a second: ${stops.length} statements`);
  for (const name of new Set(stops.map((stop) => stop.name))) {
    const own = stops.filter((stop) => stop.name === name);
    const ended = own.filter((stop) => stop.ended).length;
    const answered = own.filter((stop) => !stop.ended).map((stop) => stop.answered);
    const next =
      answered.length === 0 ? "" : `; the engine answers after ${times(spreadOf(answered))}`;
    const engines = ended === 0 ? "" : `; ${ended} with their engine`;
    row(
      `  ${name}, ${own.length} times`,
      `${times(spreadOf(own.map(({ stopped }) => stopped)))}${next}${engines}`,
    );
  }
  const all = spreadOf(stops.map(({ stopped }) => stopped));
  row("  all", times(all) + judged(all.median < AIM.stop && all.most < AIM.worstStop));
}

const times = (spread: Spread): string => spreadText(spread, millisecondsText);
const taskText = (spread: Spread): string =>
  spread.most === 0 ? "none over 50 ms" : times(spread);
const millisecondsText = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const judged = (isMet: boolean): string => (isMet ? "" : "  DEFECT: misses the aim");
