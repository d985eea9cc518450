// npm test: everything. Types, lint, dead code, unit and integration tests, then the production build in
// a real browser. The last line counts all tests; the exit code is 0 only when nothing failed.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { check } from "./check.mjs";
import { ensureBuild, ensureDependencies, findChromium, root, run, say } from "./setup.mjs";

ensureDependencies();
const chromium = findChromium();
const { failed, counts } = await check();
ensureBuild();
const e2e = await endToEnd();
if (e2e.code !== 0) failed.push("end-to-end tests");

const total = {
  passed: counts.passed + e2e.passed,
  failed: counts.failed + e2e.failed,
  skipped: counts.skipped + e2e.skipped,
};
if (failed.length > 0) say(`Failed: ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 && total.failed === 0 ? 0 : 1;
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);

async function endToEnd() {
  const results = join(root, "test-results/results.json");
  rmSync(results, { force: true });
  const code = run(process.execPath, [join(root, "node_modules/playwright/cli.js"), "test"], {
    env: { CHROME_PATH: chromium, PORT: String(await freePort()), RESULTS_FILE: results },
  });
  if (!existsSync(results)) return { code: code || 1, passed: 0, failed: 1, skipped: 0 };
  const { stats } = JSON.parse(readFileSync(results, "utf8"));
  return {
    code,
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
