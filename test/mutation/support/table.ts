import type { Tally } from "./run.ts";

/** Counts by kind and effect, for the log of the test run. */
export function tableOf(name: string, tallies: readonly Tally[]): string {
  const rows = tallies.map(({ kind, done, effects }) => {
    const parts = Object.entries(effects).map(([effect, count]) => `${count} ${effect}`);
    return `  ${kind.padEnd(24)}${String(done).padStart(6)}  ${parts.join(", ") || "does not apply"}`;
  });
  const total = tallies.reduce((sum, tally) => sum + tally.done, 0);
  return `\n${name}: ${total} mutations\n${rows.join("\n")}\n`;
}
