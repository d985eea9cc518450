// node scripts/e2e.mjs [playwright arguments]: end-to-end tests against the production build, on a free port.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDependencies, findChromium, isBuilt, root, run } from "./setup.mjs";

/** Builds what is stale, runs the tests, and returns Playwright's exit code with its counts. */
export async function endToEnd(args = []) {
  if (!isBuilt()) return { code: 1, passed: 0, failed: 1, skipped: 0 };
  const results = join(root, "test-results/results.json");
  rmSync(results, { force: true });
  // An own log: tests must neither write into the one of whoever runs them nor wait for its lock.
  const data = mkdtempSync(join(tmpdir(), "chio-e2e-"));
  const code = run(
    process.execPath,
    [join(root, "node_modules/playwright/cli.js"), "test", ...args],
    {
      env: {
        ...withoutSettings(),
        CHROME_PATH: findChromium(),
        PORT: String(await freePort()),
        RESULTS_FILE: results,
        CHIO_DATA_DIR: data,
      },
    },
  );
  rmSync(data, { recursive: true, force: true });
  if (!existsSync(results)) return { code: code || 1, passed: 0, failed: 1, skipped: 0 };
  const { stats } = JSON.parse(readFileSync(results, "utf8"));
  return {
    code,
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  };
}

/** The settings of servers come from the tests, never from the shell that they were started in. */
function withoutSettings() {
  const names = Object.keys(process.env).filter((name) => name.startsWith("CHIO_"));
  return Object.fromEntries(
    names.filter((name) => name !== "CHIO_VECTORS").map((name) => [name, ""]),
  );
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

if (process.argv[1] === join(root, "scripts/e2e.mjs")) {
  ensureDependencies();
  const { code } = await endToEnd(process.argv.slice(2));
  process.exitCode = code;
}
