import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "@/lib/demo/random.ts";
import { temporaryDirectory } from "@/lib/server/testing/data-directory.ts";
import type { VerificationReport } from "@/lib/verification/report.ts";
import { missingFrom, verifyDirectory } from "./check-directory.ts";
import type { Acknowledged, CrashTarget } from "./crash-target.ts";

export interface CrashReport {
  readonly rounds: number;
  readonly acknowledged: number;
  /** Rounds that were killed while the process still started. */
  readonly early: number;
  /** What does not hold, as sentences; empty where nothing acknowledged was lost. */
  readonly problems: readonly string[];
  readonly report: VerificationReport;
}

/** Milliseconds: how long a process writes at most before it is killed, and how soon while it starts. */
const LONGEST_WORK = 120;
const LONGEST_START = 400;
/** One round in so many is killed while it starts. */
const EARLY = 6;

/**
 * Starts a process on one data directory, kills it at a random moment, and starts the next one on what is
 * left, `rounds` times. After each: every receipt that was ever acknowledged is there under its number, its
 * spend and its nonce too, and the checkpoints continue each other. At the end the store verifies.
 */
export async function crashRounds(
  rounds: number,
  seed: number,
  target: CrashTarget,
): Promise<CrashReport> {
  const random = seededRandom(seed);
  const directory = temporaryDirectory();
  const all: Acknowledged[] = [];
  const problems: string[] = [];
  let early = 0;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const running = target.start(directory.path, round);
      // The first and the last must work: the stores are made, and a plain restart is enough.
      const isEarly = round > 1 && round < rounds && random.below(EARLY) === 0;
      if (isEarly) {
        early += 1;
        running.working.catch(() => undefined);
        await pause(random.below(LONGEST_START));
      } else {
        await running.working;
        await pause(random.below(LONGEST_WORK));
      }
      const acknowledged = await running.kill();
      all.push(...acknowledged);
      problems.push(
        ...missingFrom(directory.path, acknowledged).map((one) => `round ${round}: ${one}`),
      );
    }
    problems.push(...missingFrom(directory.path, all));
    const report = await verifyDirectory(directory.path);
    return { rounds, acknowledged: all.length, early, problems, report };
  } finally {
    directory.remove();
  }
}
