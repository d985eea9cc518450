// Node 20 runs no TypeScript: bundles an entry into .chio/ when its sources have changed.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesUnder, hashOf, readStamp, root, writeStamp } from "./setup.mjs";

const SOURCES = [
  "kernel",
  "lib",
  "bench",
  "test/mutants",
  "scripts/bundle.mjs",
  "package-lock.json",
  "tsconfig.json",
];

/** Bundles `entry` (a path in the project) and returns the path of the result, an ES module. */
export async function bundle(entry, name) {
  const outfile = join(root, ".chio", `${name}.mjs`);
  const sources = hashOf(filesUnder(SOURCES));
  if (existsSync(outfile) && readStamp(name) === sources) return outfile;
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: { [name]: entry },
    outdir: dirname(outfile),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // What is imported on demand stays apart, with the packages that it needs.
    splitting: true,
    chunkNames: `${name}-[hash]`,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    loader: { ".sql": "text" },
    logLevel: "error",
  });
  writeStamp(name, sources);
  return outfile;
}
