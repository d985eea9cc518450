import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { VerificationReport } from "@/lib/verification/report.ts";

/** What `chio verify --json` says of paths that are relative to `cwd`, by the command that people run. */
export function chioReport(cwd: string, words: readonly string[]): VerificationReport {
  const script = join(process.cwd(), "scripts/chio.mjs");
  const done = spawnSync(process.execPath, [script, "verify", ...words, "--json"], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: cwd },
    maxBuffer: 256 * 1024 * 1024,
  });
  if (done.stdout === "") throw new Error(`chio verify said nothing: ${done.stderr}`);
  const report: VerificationReport = JSON.parse(done.stdout);
  return report;
}
