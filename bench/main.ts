import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { openStage } from "./browser.ts";
import { compareJson } from "./canonical-json.ts";
import { measureChain } from "./chain-report.ts";
import { compareCheckpointing } from "./checkpointing.ts";
import { measureDenials } from "./denials-report.ts";
import { measureDurable } from "./durable.ts";
import { type DurableServerShare, serveDurably } from "./durable-server.ts";
import { compareEvaluations } from "./evaluations.ts";
import {
  countText,
  megabytesText,
  microsecondsText,
  ratioText,
  type Spread,
  secondsText,
  spreadOf,
  spreadText,
} from "./figures.ts";
import { row, say } from "./lines.ts";
import { type LogFile, logFile } from "./log-file.ts";
import { compareMerkle } from "./merkle-tree.ts";
import { type NativeShare, NativeVerifiers } from "./native-verify.ts";
import { serveNativeVerify } from "./native-verify-thread.ts";
import { firstRowOf, type PipelineRun, runPipeline } from "./pipeline.ts";
import { profilePipeline } from "./profile.ts";
import { type Settings, settingsFrom } from "./settings.ts";
import { compareUnits } from "./unit.ts";

const JSON_LINES = 20_000;
const UNIT_RECEIPTS = 20_000;
const AIM = 0.85;
const DEFECT = 0.65;
const LONGEST_TASK = 100;
/** With fewer receipts, compiling and drawing the page weigh more than checking. */
const FEWEST_JUDGED = 100_000;

if (parentPort !== null) {
  await serveRole(workerData, parentPort);
} else {
  const settings = settingsFrom(process.env);
  await (settings.profile ? profilePipeline(settings, import.meta.url) : measure(settings));
}

function serveRole(share: NativeShare | DurableServerShare, port: MessagePort): Promise<void> {
  return share.role === "durable-server"
    ? serveDurably(share, port)
    : serveNativeVerify(share, port);
}

async function measure(settings: Settings): Promise<void> {
  const [cpu] = cpus();
  say(
    `${settings.cores} cores (${cpu?.model ?? "unknown"}), Node ${process.versions.node}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}; median (least..most) of ${settings.runs} runs`,
  );
  if (settings.only === "chain") {
    await measureChain(settings.receipts, settings.runs, import.meta.url);
    return;
  }
  if (settings.only === "denials") {
    await measureDenials(settings.receipts, settings.runs, import.meta.url);
    return;
  }
  await measureDeciding(settings);
  if (settings.only === "kernel") {
    return;
  }
  const log = await logFile(settings.receipts);
  await measurePipeline(log, settings);
  await measureUnits(settings);
  measureJson(log, settings);
  await measureMerkle(settings);
  await measureChain(settings.receipts, settings.runs, import.meta.url);
  if (settings.large > 0) {
    await measureLarge(await logFile(settings.large), settings);
    await measureChain(settings.large, settings.runs, import.meta.url);
    await measureDenials(settings.large, settings.runs, import.meta.url);
  }
}

/** The half that decides: judging alone, judging through HTTP until durable, checkpoints. */
async function measureDeciding(settings: Settings): Promise<void> {
  say("");
  say(
    `Evaluation with every guard and a signed v1 receipt: ${countText(settings.evaluations)} calls, one core`,
  );
  const judged = compareEvaluations(settings.evaluations, settings.runs);
  row("ours, evaluations/s", spreadText(judged.ours, countText));
  row("OpenSSL verify and sign alone, pairs/s", spreadText(judged.native, countText));
  row("ratio", spreadText(judged.ratio, ratioText));
  if (settings.served > 0) {
    await measureServed(settings);
  }
  const taken = compareCheckpointing(settings.evaluations, settings.runs);
  say("");
  say(`Checkpoints, one for each 100 receipts: ${countText(settings.evaluations)} receipts`);
  row("cost a receipt", spreadText(inverse(taken.ours), microsecondsText));
  row(
    "bare hashes, signature and synced commit",
    spreadText(inverse(taken.native), microsecondsText),
  );
  row("ratio", spreadText(taken.ratio, ratioText));
}

/** Microseconds for one, from a rate per second. */
function inverse({ median, least, most }: Spread): Spread {
  return { median: 1e6 / median, least: 1e6 / most, most: 1e6 / least };
}

async function measureServed(settings: Settings): Promise<void> {
  say("");
  say(
    `POST /api/evaluate, live, answered when durable; ${settings.served} s at each number of clients`,
  );
  for (const level of await measureDurable(settings.served, settings.runs, import.meta.url)) {
    say(`  ${level.clients === 1 ? "1 client" : `${level.clients} clients`}`);
    row("  evaluations/s", spreadText(level.rate, countText));
    row("  bare SQLite commits/s, one row and one sync", spreadText(level.commits, countText));
    row("  ratio", spreadText(level.ratio, ratioText));
    row("  answered within, p50 and p99", `${level.p50.toFixed(1)} and ${level.p99.toFixed(1)} ms`);
  }
}

async function measurePipeline(log: LogFile, settings: Settings): Promise<void> {
  say("");
  say(
    `Pipeline, file to queryable and verified rows: ${countText(log.receipts)} receipts, ${megabytesText(log.bytes)}, ${log.edited} edited`,
  );
  const native = await NativeVerifiers.prepare(log, settings.cores, import.meta.url);
  const stage = await openStage(import.meta.url);
  try {
    const ours: PipelineRun[] = [];
    const rates: { ours: number; native: number }[] = [];
    const processor: { ours: number; native: number }[] = [];
    for (let run = 0; run < settings.runs; run += 1) {
      const baseline = await native.run();
      if (baseline.verified !== log.receipts || baseline.accepted !== log.receipts - log.edited) {
        throw new Error(`OpenSSL accepts ${baseline.accepted} of ${baseline.verified}`);
      }
      const pipeline = await runPipeline(stage, log);
      ours.push(pipeline);
      rates.push({
        ours: (log.receipts / pipeline.whole) * 1000,
        native: baseline.verified / baseline.seconds,
      });
      processor.push({
        ours: (pipeline.processor / log.receipts) * 1000,
        native: (baseline.processor / log.receipts) * 1000,
      });
    }
    const ratio = spreadOf(rates.map((rate) => rate.ours / rate.native));
    const judge = log.receipts < FEWEST_JUDGED ? () => "  too few receipts to judge" : judged;
    row("ours, receipts/s", spreadText(spreadOf(rates.map((rate) => rate.ours)), countText));
    row(
      "OpenSSL verify alone, receipts/s",
      spreadText(spreadOf(rates.map((rate) => rate.native)), countText),
    );
    row("ratio", `${spreadText(ratio, ratioText)}${judge(ratio.median)}`);
    const mine = spreadOf(processor.map((time) => time.ours));
    const theirs = spreadOf(processor.map((time) => time.native));
    row("processor time a receipt, whole renderer", spreadText(mine, microsecondsText));
    row("processor time a receipt, OpenSSL", spreadText(theirs, microsecondsText));
    row("ratio of processor times", ratioText(theirs.median / mine.median));
    row(
      "edited receipts found",
      `${log.edited} of ${log.edited}, every run; OpenSSL refuses the same number`,
    );
    row("longest task of the page", longestTaskText(ours));
    row(
      "peak memory of the renderer",
      spreadText(spreadOf(ours.map(({ peakBytes }) => peakBytes)), megabytesText),
    );
    printStages(ours);
  } finally {
    await stage.end();
    await native.end();
  }
}

function judged(ratio: number): string {
  if (ratio < DEFECT) {
    return `  DEFECT: below ${DEFECT}`;
  }
  return ratio < AIM ? `  below the aim of ${AIM}` : `  at or above the aim of ${AIM}`;
}

function longestTaskText(runs: readonly PipelineRun[]): string {
  const task = Math.max(...runs.map(({ longestTask }) => longestTask));
  const defect = task > LONGEST_TASK ? `  DEFECT: above ${LONGEST_TASK} ms` : "";
  return `${Math.round(task)} ms${defect}`;
}

function printStages(runs: readonly PipelineRun[]): void {
  say("  Stages, in order:");
  for (const [index, [name]] of (runs[0]?.stages ?? []).entries()) {
    const times = runs.map(({ stages }) => stages[index]?.[1] ?? 0);
    row(`  ${name}`, spreadText(spreadOf(times), secondsText));
  }
  say("  Processor time by thread, last run:");
  for (const [name, time] of runs.at(-1)?.threads ?? []) {
    row(`  ${name}`, secondsText(time));
  }
}

async function measureUnits(settings: Settings): Promise<void> {
  const log = await logFile(Math.min(settings.receipts, UNIT_RECEIPTS));
  const rates = await compareUnits(log, settings.runs);
  say("");
  say(
    `A verifying worker's work in Node, ${countText(log.receipts)} receipts, one thread, receipts/s`,
  );
  for (const [name, rate] of rates) {
    row(name, spreadText(rate, countText));
  }
}

function measureJson(log: LogFile, settings: Settings): void {
  const lines = readFileSync(log.path, "utf8").trimEnd().split("\n").slice(0, JSON_LINES);
  const { ours, native, ratio } = compareJson(lines, settings.runs);
  say("");
  say(`Canonical JSON, ${countText(lines.length)} lines, one core`);
  row("ours: strict parse, canonical text", `${spreadText(ours, megabytesText)}/s`);
  row("JSON.stringify(JSON.parse(line))", `${spreadText(native, megabytesText)}/s`);
  row("ratio", spreadText(ratio, ratioText));
}

async function measureMerkle(settings: Settings): Promise<void> {
  const { ours, native, ratio } = await compareMerkle(settings.leaves, settings.runs);
  say("");
  say(`Merkle tree of ${countText(settings.leaves)} leaves, one core`);
  row("ours, hashes/s", spreadText(ours, countText));
  row("native SHA-256 of 65 octets, hashes/s", spreadText(native, countText));
  row("ratio", spreadText(ratio, ratioText));
}

async function measureLarge(log: LogFile, settings: Settings): Promise<void> {
  say("");
  say(`Memory and first row: ${countText(log.receipts)} receipts, ${megabytesText(log.bytes)}`);
  const stage = await openStage(import.meta.url);
  try {
    const runs: PipelineRun[] = [];
    const firstRows: number[] = [];
    for (let run = 0; run < settings.runs; run += 1) {
      firstRows.push(await firstRowOf(stage, log));
      runs.push(await runPipeline(stage, log));
    }
    const of = (value: (run: PipelineRun) => number) => spreadOf(runs.map(value));
    row(
      "peak memory of the renderer",
      spreadText(
        of(({ peakBytes }) => peakBytes),
        megabytesText,
      ),
    );
    row("first row visible after", spreadText(spreadOf(firstRows), secondsText));
    row(
      "all rows verified and counted after",
      spreadText(
        of(({ whole }) => whole),
        secondsText,
      ),
    );
    row(
      "receipts/s",
      spreadText(
        of(({ whole }) => (log.receipts / whole) * 1000),
        countText,
      ),
    );
    row("longest task of the page", longestTaskText(runs));
  } finally {
    await stage.end();
  }
}
