// npm run soak [-- ROUNDS [SEED]]: kills the writing server at random moments, 500 times unless told otherwise, and
// holds what is left against everything that it had acknowledged.
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { ensureDependencies, fail, root, run, say } from "./setup.mjs";

const ROUNDS = 500;

ensureDependencies();
const [rounds = String(ROUNDS), seed = String(randomInt(1, 2 ** 31))] = process.argv.slice(2);
if (!/^[1-9][0-9]{0,5}$/.test(rounds) || !/^[0-9]{1,10}$/.test(seed)) {
  fail("usage: npm run soak [-- ROUNDS [SEED]]");
}
const started = performance.now();
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const code = run(process.execPath, [vitest, "run", "test/crash"], {
  env: { CHIO_CRASH_ROUNDS: rounds, CHIO_CRASH_SEED: seed },
});
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
say(
  `soak: ${rounds} kills with seed ${seed} ${code === 0 ? "lost nothing" : "FAILED"} (${minutes} min)`,
);
process.exitCode = code;
