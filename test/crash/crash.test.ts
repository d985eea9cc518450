import { expect, test } from "vitest";
import { crashRounds } from "./crash-rounds.ts";
import { logTarget } from "./log-target.ts";
import { serverTarget } from "./server-target.ts";

/** The long version of this test is a soak: `CHIO_CRASH_ROUNDS=500`. */
const ROUNDS = Number(process.env["CHIO_CRASH_ROUNDS"] ?? 25);
const SEED = Number(process.env["CHIO_CRASH_SEED"] ?? 20_260_415);

test.each([
  ["log", logTarget],
  ["server", serverTarget],
])(
  `nothing that the %s acknowledged is lost when it is killed ${ROUNDS} times`,
  async (_, target) => {
    const crash = await crashRounds(ROUNDS, SEED, await target());
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
