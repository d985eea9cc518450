// npm test: everything. Types, lint, dead code, unit and integration tests, then the production build in
// a real browser. The last line counts all tests; the exit code is 0 only when nothing failed.
import { check } from "./check.mjs";
import { endToEnd } from "./e2e.mjs";
import { ensureDependencies, findChromium, say } from "./setup.mjs";

ensureDependencies();
// First of all, so that a machine without a browser says so at once and not after the unit tests.
process.env.CHROME_PATH = findChromium();
const { failed, counts } = await check({ all: true });
const browser = await endToEnd();
if (browser.code !== 0) failed.push("end-to-end tests");

const sum = (word) => counts[word] + browser[word];
// A step that failed without a failed test (a type error, a suite that does not load) counts as one.
const failures = Math.max(sum("failed"), failed.length);
if (failed.length > 0) say(`Failed: ${failed.join(", ")}.`);
process.exitCode = failures === 0 ? 0 : 1;
process.stdout.write(`${sum("passed")} passed, ${failures} failed, ${sum("skipped")} skipped\n`);
