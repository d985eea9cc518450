import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleTests } from "./bundles.ts";
import { type Mutant, mutantsOf } from "./mutant.ts";
import { changesOf } from "./operators.ts";
import { shareOut, Worker } from "./pool.ts";
import { markdownOf, type Result, type Run, textOf } from "./report.ts";
import { sampleOf } from "./sample.ts";
import { kernelTests, mutatedFiles, settingsFrom, USAGE } from "./settings.ts";
import { keysOf, type ReviewedSurvivor, reviewOf } from "./survivors.ts";
import { refusedByCompiler } from "./type-check.ts";
import { type Baseline, judge, runBaseline } from "./verdicts.ts";
import { serveJobs } from "./worker.ts";

const entry = fileURLToPath(import.meta.url);
/** The bundle stands in `.chio/` of the project. */
const root = dirname(dirname(entry));
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

if (process.argv[2] === "worker") {
  await serveJobs(root);
} else {
  process.exitCode = await mutate(process.argv.slice(2));
}

async function mutate(words: readonly string[]): Promise<number> {
  if (words.includes("--help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  const settings = settingsFrom(words);
  const started = performance.now();
  const scratch = mkdtempSync(join(tmpdir(), "chio-mutants-"));
  const workers = Array.from({ length: settings.jobs }, () => new Worker(entry));
  try {
    const all = allMutants().filter(
      ({ file }) =>
        settings.only.length === 0 || settings.only.some((path) => file.startsWith(path)),
    );
    const refused = await refusedByCompiler(all, root, scratch);
    const valid = all.filter(({ id }) => !refused.has(id));
    const drawn = sampleOf(valid, settings.count, settings.seed);
    say(`${all.length} mutants, ${refused.size} refused by the compiler, ${drawn.length} drawn`);
    const { bundles, failed: unbundled } = await bundleTests(
      kernelTests(root),
      drawn,
      root,
      scratch,
    );
    const files = new Set(drawn.map(({ file }) => file));
    const meeting = bundles.filter((bundle) => [...bundle.files].some((file) => files.has(file)));
    const { passed, failed: unpassed } = await runBaseline(meeting, workers);
    const failed = [...unbundled, ...unpassed];
    for (const { bundle, milliseconds, tests } of slowest(passed)) {
      say(`${Math.round(milliseconds)} ms, ${tests} tests: ${bundle.test}`);
    }
    for (const one of failed) {
      say(`does not pass without a mutant, left out: ${one}`);
    }
    const keys = keysOf(all);
    const reviewed = readReviewed();
    const results: Result[] = [];
    await shareOut(drawn, workers, async (mutant, worker) => {
      const verdict = await judge(mutant, passed, worker);
      const key = keys.get(mutant.id);
      const review = key === undefined ? null : reviewOf(key, reviewed);
      results.push({ mutant, key, verdict, review });
      if (results.length % 50 === 0) {
        say(`${results.length} of ${drawn.length}`);
      }
    });
    const run: Run = {
      results: results.sort((a, b) => a.mutant.id - b.mutant.id),
      places: valid.length,
      refused: refused.size,
      failed,
      seed: settings.seed,
      tests: passed.reduce((sum, one) => sum + one.tests, 0),
      files: new Set(all.map(({ file }) => file)).size,
      seconds: Math.round((performance.now() - started) / 1000),
    };
    const report = textOf(run);
    process.stdout.write(report.text);
    if (settings.record) {
      writeFileSync(join(root, "docs/mutants.md"), markdownOf(run));
    }
    return report.good ? 0 : 1;
  } finally {
    for (const worker of workers) {
      worker.end();
    }
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Slow tests cost a run of this the most. */
function slowest(baselines: readonly Baseline[]): readonly Baseline[] {
  return [...baselines].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
}

function allMutants(): readonly Mutant[] {
  const mutants: Mutant[] = [];
  for (const file of mutatedFiles(root)) {
    const source = readFileSync(join(root, file), "utf8");
    mutants.push(...mutantsOf(file, source, changesOf(file, source), mutants.length + 1));
  }
  return mutants;
}

function readReviewed(): readonly ReviewedSurvivor[] {
  return JSON.parse(readFileSync(join(root, "test/mutants/survivors.json"), "utf8"));
}
