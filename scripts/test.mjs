// npm test: everything. Types, lint, dead code, unit and integration tests, then the production build in
// a real browser. The last line counts all tests; the exit code is 0 only when nothing failed.
import { check } from "./check.mjs";
import { endToEnd } from "./e2e.mjs";
import { ensureDependencies, findChromium, say } from "./setup.mjs";

ensureDependencies();
// First of all, so that a machine without a browser says so at once and not after the unit tests.
process.env.CHROME_PATH = findChromium();
const { failed, counts } = await check();
const browser = await endToEnd();
if (browser.code !== 0) failed.push("end-to-end tests");

const sum = (word) => counts[word] + browser[word];
if (failed.length > 0) say(`Failed: ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 && sum("failed") === 0 ? 0 : 1;
process.stdout.write(
  `${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped\n`,
);
