import { expect, test } from "vitest";
import { artifactOf, CLASSES, type ClassName } from "./classes.ts";
import { runClass, trustOf, verdictOnArtifact } from "./run.ts";
import { tableOf } from "./table.ts";

const LONGEST = 30 * 60 * 1000;

/** The mutation tests of some classes; a file for each few, so that they run side by side. */
export function mutationSuite(names: readonly ClassName[]): void {
  for (const name of names) {
    test(`${name}: the unchanged artifact holds`, async () => {
      const artifact = await artifactOf(name);
      const alone = await verdictOnArtifact(artifact, artifact.files, null);
      expect(alone.report.findings.filter((one) => one.severity === "error")).toEqual([]);
      expect(alone.report.headline).toBe("self-consistent");
      const pinned = await verdictOnArtifact(artifact, artifact.files, trustOf(artifact.trust));
      expect(pinned.report.findings.filter((one) => one.severity === "error")).toEqual([]);
      expect(pinned.report.headline).toBe("verified");
    });

    test(`${name}: changed content never holds, unchanged content never fails`, {
      timeout: LONGEST,
    }, async () => {
      const tallies = await runClass(name, CLASSES.indexOf(name) + 1);
      process.stdout.write(tableOf(name, tallies));
      expect(tallies.flatMap((tally) => tally.wrong)).toEqual([]);
    });
  }
}
