import { expect, test } from "vitest";
import { crashRounds } from "./crash-rounds.ts";
import { logTarget } from "./log-target.ts";

/** The long version of this test is a soak: `CHIO_CRASH_ROUNDS=500`. */
const ROUNDS = Number(process.env["CHIO_CRASH_ROUNDS"] ?? 25);
const SEED = Number(process.env["CHIO_CRASH_SEED"] ?? 20_260_415);

test(
  `nothing acknowledged is lost when the process is killed ${ROUNDS} times`,
  async () => {
    const crash = await crashRounds(ROUNDS, SEED, await logTarget());
    expect(crash.problems).toEqual([]);
    expect(crash.acknowledged).toBeGreaterThan(ROUNDS);
    const { report } = crash;
    expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(report.headline).toBe("verified");
    expect(report.counts.receipts).toBeGreaterThanOrEqual(crash.acknowledged);
    expect(report.counts.checkpoints).toBeGreaterThan(0);
  },
  60_000 + ROUNDS * 5000,
);
