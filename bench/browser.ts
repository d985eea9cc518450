import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright";
import { CHROMIUM_ARGUMENTS, chromiumPath } from "../e2e/launch.ts";

export interface Stage {
  readonly browser: Browser;
  readonly origin: string;
  readonly end: () => Promise<void>;
}

/** The production server and a real Chromium, both of their own. `bundle` stands in `.chio/` of the project. */
export async function openStage(bundle: string): Promise<Stage> {
  const root = dirname(dirname(fileURLToPath(bundle)));
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [join(root, "node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)],
    { cwd: root, env: { ...process.env, NODE_ENV: "production" }, stdio: "ignore" },
  );
  const origin = `http://127.0.0.1:${port}`;
  await answering(origin);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGUMENTS],
  });
  return {
    browser,
    origin,
    async end() {
      await browser.close();
      server.kill();
    },
  };
}

async function answering(origin: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    try {
      if ((await fetch(origin)).ok) {
        return;
      }
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server on ${origin} does not answer`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
