import { spawn } from "node:child_process";
import { once } from "node:events";
import { bundle } from "../../scripts/bundle.mjs";
import type { Acknowledged, CrashTarget } from "./crash-target.ts";

/** The receipt log in a process of its own, without a server around it. */
export async function logTarget(): Promise<CrashTarget> {
  const program: string = await bundle("lib/server/testing/crash-writer.ts", "crash-writer");
  return {
    name: "log",
    start(directory, round) {
      const child = spawn(process.execPath, [program, directory, String(round)], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      const exited = once(child, "close");
      let text = "";
      let errors = "";
      const working = new Promise<void>((resolve, reject) => {
        child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
          resolve();
        });
        child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
          errors += chunk;
        });
        child.on("error", reject);
        child.on("close", () => reject(new Error(`the writer ended by itself: ${errors}`)));
      });
      return {
        working,
        async kill() {
          child.kill("SIGKILL");
          await exited;
          // What follows the last line's end was cut by the kill: nobody has read it as an answer.
          const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
          return lines.filter((line) => line !== "").map((line): Acknowledged => JSON.parse(line));
        },
      };
    },
  };
}
