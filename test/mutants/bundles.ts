import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Mutant } from "./mutant.ts";
import { withSwitches } from "./schemata.ts";

/** A test file with all that it imports of this project, mutants included, as one CommonJS script. */
export interface TestBundle {
  /** Relative to the project, with slashes. */
  readonly test: string;
  readonly path: string;
  /** Files of the project in it, relative to the project. */
  readonly files: ReadonlySet<string>;
}

/**
 * Bundles every test file of `tests` with the mutants behind switches. Packages stay outside. `failed` are
 * those that cannot be bundled, with the reason.
 */
export async function bundleTests(
  tests: readonly string[],
  mutants: readonly Mutant[],
  root: string,
  scratch: string,
): Promise<{ readonly bundles: readonly TestBundle[]; readonly failed: readonly string[] }> {
  const plugin = mutated(mutants, root);
  const bundles: TestBundle[] = [];
  const failed: string[] = [];
  for (const test of tests) {
    const path = join(scratch, "tests", test.replace(/\.ts$/u, ".js"));
    try {
      const { metafile } = await build({
        absWorkingDir: root,
        entryPoints: [test],
        outfile: path,
        bundle: true,
        platform: "node",
        format: "cjs",
        target: "node20",
        packages: "external",
        metafile: true,
        logLevel: "silent",
        plugins: [plugin],
      });
      bundles.push({ test, path, files: new Set(Object.keys(metafile.inputs)) });
    } catch (error) {
      failed.push(
        `${test}: ${error instanceof Error ? error.message.slice(0, 300) : "not bundled"}`,
      );
    }
  }
  return { bundles, failed };
}

/** Puts the switches into a file as it is read, and the address of the file where it asks for its own. */
function mutated(mutants: readonly Mutant[], root: string): Plugin {
  const byFile = new Map<string, Mutant[]>();
  for (const mutant of mutants) {
    const path = join(root, mutant.file);
    byFile.set(path, [...(byFile.get(path) ?? []), mutant]);
  }
  return {
    name: "mutants",
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, "utf8");
        const switched = withSwitches(source, byFile.get(path) ?? []);
        const address = JSON.stringify(pathToFileURL(path).href);
        return { contents: switched.replaceAll("import.meta.url", address), loader: "ts" };
      });
    },
  };
}
