import { currentShell } from "./current-shell.ts";

/** Opens the kernel of this process, or ends the process with the reason on standard error. */
export async function startKernel(): Promise<void> {
  const shell = await currentShell();
  if (!shell.ok) {
    process.stderr.write(`chio: ${shell.error}\n`);
    process.exit(1);
  }
}
