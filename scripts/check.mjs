// npm run check: types, lint, dead code and unit tests, in sequence.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies, nextBin, root, run, runAndKeep, say } from "./setup.mjs";

const bin = (path) => join(root, "node_modules", path);

// The app is checked from nothing: what was kept from an earlier check outlives a change of settings.
const STEPS = [
  ["lint", [bin("@biomejs/biome/bin/biome"), "ci", "--colors=off", "--error-on-warnings", "."]],
  ["types: app", [bin("typescript/bin/tsc"), "--noEmit", "--incremental", "false", "-p", "."]],
  ["types: kernel", [bin("typescript/bin/tsc"), "--noEmit", "-p", "kernel"]],
  ["types: workers", [bin("typescript/bin/tsc"), "--noEmit", "-p", "lib/workers"]],
  ["dead code", [bin("knip/bin/knip.js"), "--no-progress"]],
];
const TESTS = [bin("vitest/vitest.mjs"), "run"];
/** Thousands of mutations through the whole pipeline: part of `npm test`, too long for every commit. */
const LONG_TESTS = "test/mutation/**";

/**
 * Runs every step even after a failure: one run shows all there is to repair.
 * `all`: with the long tests. Returns the failed steps and the counts of the tests.
 */
export async function check({ all }) {
  ensureDependencies();
  // The generated types that app/ refers to; made by the build, or by this when there is none yet.
  if (!existsSync(join(root, "next-env.d.ts"))) run(process.execPath, [nextBin, "typegen"]);
  const started = performance.now();
  const failed = [];
  let counts = { passed: 0, failed: 0, skipped: 0 };
  const tests = all ? TESTS : [...TESTS, "--exclude", LONG_TESTS];
  for (const [name, args] of [...STEPS, ["tests", tests]]) {
    const at = performance.now();
    const { code, text } = await runAndKeep(process.execPath, args);
    if (name === "tests") counts = vitestCounts(text);
    say(`${code === 0 ? "ok" : "FAILED"}: ${name} (${seconds(at)})`);
    if (code !== 0) failed.push(name);
  }
  say(
    `check: ${failed.length === 0 ? "all passed" : `failed: ${failed.join(", ")}`} (${seconds(started)})`,
  );
  return { failed, counts };
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Reads vitest's summary line `Tests  1 failed | 20 passed | 3 skipped (24)`. */
function vitestCounts(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colour codes of a terminal
  const plain = text.replace(/\u001b\[[0-9;]*m/g, "");
  const line = plain.match(/^\s*Tests\s+(.*)$/m)?.[1] ?? "";
  const count = (word) => Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

if (process.argv[1] === join(root, "scripts/check.mjs")) {
  const { failed } = await check({ all: false });
  process.exitCode = failed.length === 0 ? 0 : 1;
}
