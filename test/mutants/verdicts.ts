import type { TestBundle } from "./bundles.ts";
import type { Mutant } from "./mutant.ts";
import { shareOut, type Worker } from "./pool.ts";

/** A test file that passes without any mutant: how long it takes, and which mutants it meets. */
export interface Baseline {
  readonly bundle: TestBundle;
  readonly milliseconds: number;
  readonly tests: number;
  readonly reached: ReadonlySet<number>;
}

export type MutantVerdict =
  | { readonly kind: "killed"; readonly by: string }
  | { readonly kind: "survived"; readonly tests: number }
  | { readonly kind: "not-reached" };

const BASELINE_LIMIT = 180_000;

/** Runs every test file as it is. `failed` are those that do not pass, with the name of the first test. */
export async function runBaseline(
  bundles: readonly TestBundle[],
  workers: readonly Worker[],
): Promise<{ readonly passed: readonly Baseline[]; readonly failed: readonly string[] }> {
  const passed: Baseline[] = [];
  const failed: string[] = [];
  await shareOut(bundles, workers, async (bundle, worker) => {
    const outcome = await worker.run({ bundle: bundle.path, mutant: null }, BASELINE_LIMIT);
    if (outcome.kind !== "ran") {
      failed.push(`${bundle.test}: ${outcome.kind}`);
    } else if (outcome.run.failed !== null) {
      failed.push(`${bundle.test}: ${outcome.run.failed}`);
    } else {
      const { milliseconds, tests, reached } = outcome.run;
      passed.push({ bundle, milliseconds, tests, reached: new Set(reached) });
    }
  });
  return { passed, failed };
}

/** Runs the test files that meet the mutant, the likely and quick ones first, until one fails. */
export async function judge(
  mutant: Mutant,
  baselines: readonly Baseline[],
  worker: Worker,
): Promise<MutantVerdict> {
  const meeting = baselines
    .filter(({ reached }) => reached.has(mutant.id))
    .sort((a, b) => costOf(a, mutant) - costOf(b, mutant));
  for (const { bundle, milliseconds } of meeting) {
    const limit = 10_000 + milliseconds * 10;
    const outcome = await worker.run({ bundle: bundle.path, mutant: mutant.id }, limit);
    if (outcome.kind !== "ran") {
      return { kind: "killed", by: `${bundle.test}: ${outcome.kind}` };
    }
    if (outcome.run.failed !== null) {
      return { kind: "killed", by: `${bundle.test}: ${outcome.run.failed}` };
    }
  }
  return meeting.length === 0
    ? { kind: "not-reached" }
    : { kind: "survived", tests: meeting.length };
}

/** A test beside the code is the likeliest to notice. */
function costOf({ bundle, milliseconds }: Baseline, { file }: Mutant): number {
  const folder = (path: string): string => path.slice(0, path.lastIndexOf("/"));
  const stem = file.replace(/\.ts$/u, "");
  const near = bundle.test.startsWith(`${stem}.`)
    ? 0.1
    : folder(bundle.test) === folder(file)
      ? 0.5
      : 1;
  return (milliseconds + 5) * near;
}
