import { availableParallelism } from "node:os";

/** What is measured, and how large. All of it can be set from outside. */
export interface Settings {
  /** Receipts of the log that the pipeline is timed with. */
  readonly receipts: number;
  /** Receipts of the log that memory and first row are measured with; 0 leaves that part out. */
  readonly large: number;
  readonly runs: number;
  readonly leaves: number;
  readonly cores: number;
  /** Prints where the processor's time goes instead of the ratios. */
  readonly profile: boolean;
}

const EDITED = 20;

/** Receipts that are changed after they were signed; every run must find exactly these. */
export function editedOf(receipts: number): number {
  return Math.min(EDITED, Math.floor(receipts / 100));
}

/**
 * BENCH_RECEIPTS, BENCH_LARGE, BENCH_RUNS, BENCH_LEAVES; BENCH_QUICK=1 makes everything small, to see that
 * it works; BENCH_PROFILE=1 profiles.
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
  return {
    receipts: number("BENCH_RECEIPTS", 200_000, 5_000),
    large: number("BENCH_LARGE", 1_000_000, 10_000),
    runs: number("BENCH_RUNS", 3, 1),
    leaves: number("BENCH_LEAVES", 1_000_000, 10_000),
    cores: availableParallelism(),
    profile: environment["BENCH_PROFILE"] === "1",
  };
}
