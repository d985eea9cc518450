import { availableParallelism } from "node:os";

/** What is measured, and how large. All of it can be set from outside. */
export interface Settings {
  /** Receipts of the log that the pipeline is timed with, and of the choreography. */
  readonly receipts: number;
  /** Receipts of the log that memory and first row are measured with, and of a second choreography; 0 leaves both out. */
  readonly large: number;
  readonly runs: number;
  readonly leaves: number;
  /** Evaluations that the kernel alone is timed with. */
  readonly evaluations: number;
  /** Seconds for which each number of clients asks the server; 0 leaves that part out. */
  readonly served: number;
  readonly cores: number;
  /** Prints where the processor's time goes instead of the ratios. */
  readonly profile: boolean;
  /** Measures one part alone: the deciding half, which needs no page, chains, or denials. */
  readonly only: "kernel" | "chain" | "denials" | null;
}

const EDITED = 20;

/** Receipts that are changed after they were signed; every run must find exactly these. */
export function editedOf(receipts: number): number {
  return Math.min(EDITED, Math.floor(receipts / 100));
}

/**
 * BENCH_RECEIPTS, BENCH_LARGE, BENCH_RUNS, BENCH_LEAVES, BENCH_EVALUATIONS, BENCH_SERVED; BENCH_QUICK=1 makes
 * everything small, to see that it works; BENCH_PROFILE=1 profiles; BENCH_ONLY=kernel measures the deciding half
 * alone, BENCH_ONLY=chain a choreography and BENCH_ONLY=denials a storm alone, of a million receipts or dead letters
 * unless BENCH_RECEIPTS says otherwise.
 */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const quick = environment["BENCH_QUICK"] === "1";
  const number = (name: string, usual: number, small: number): number => {
    const given = environment[name];
    const value = given === undefined ? (quick ? small : usual) : Number(given);
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`${name} is ${given}, which is no count`);
    }
    return value;
  };
  const { BENCH_ONLY: given } = environment;
  const only = given === "kernel" || given === "chain" || given === "denials" ? given : null;
  const isLarge = only === "chain" || only === "denials";
  return {
    receipts: number("BENCH_RECEIPTS", isLarge ? 1_000_000 : 200_000, 5_000),
    large: number("BENCH_LARGE", 1_000_000, 10_000),
    runs: number("BENCH_RUNS", 3, 1),
    leaves: number("BENCH_LEAVES", 1_000_000, 10_000),
    evaluations: number("BENCH_EVALUATIONS", 6000, 600),
    served: number("BENCH_SERVED", 10, 1),
    cores: availableParallelism(),
    profile: environment["BENCH_PROFILE"] === "1",
    only,
  };
}
