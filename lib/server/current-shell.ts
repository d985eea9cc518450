import { err, ok, type Result } from "@/kernel/result.ts";
import type { KernelShell } from "./kernel-shell.ts";
import { openKernelShell } from "./open-shell.ts";
import { describeProblems, readSettings } from "./settings.ts";

/** Bundlers make several copies of a module; what is global is one for the process. */
declare global {
  var chioKernelShell: Promise<Result<KernelShell, string>> | undefined;
}

/** The kernel of this process, opened once. The error is for the operator. */
export function currentShell(): Promise<Result<KernelShell, string>> {
  globalThis.chioKernelShell ??= open();
  return globalThis.chioKernelShell;
}

async function open(): Promise<Result<KernelShell, string>> {
  const settings = readSettings({
    directory: process.env["INIT_CWD"] ?? process.cwd(),
    environment: process.env,
  });
  if (!settings.ok) {
    return err(describeProblems(settings.error));
  }
  const shell = await openKernelShell({
    settings: settings.value,
    environment: process.env,
    report: reportToOperator,
  });
  if (!shell.ok) {
    return err(`${shell.error.message} (${shell.error.code})`);
  }
  closeAtTheEnd(shell.value);
  // Whoever needs the control token must know where it lies; never what it is.
  process.stderr.write(`chio: log, keys and control token in ${settings.value.dataDirectory}\n`);
  return ok(shell.value);
}

/** One line on standard error: what kind of problem, and where in this program; nothing of a request. */
export function reportToOperator(problem: unknown): void {
  const kind = problem instanceof Error ? `${problem.name}: ${problem.message}` : "unknown problem";
  process.stderr.write(`chio: ${kind.replaceAll(/[\p{Cc}\p{Cf}]/gu, " ").slice(0, 500)}\n`);
}

/** What was acknowledged is durable in any case; this signs the last checkpoint before the process goes. */
function closeAtTheEnd(shell: KernelShell): void {
  const close = (): void => {
    shell.close().catch(reportToOperator);
  };
  process.once("SIGINT", close);
  process.once("SIGTERM", close);
}
