import { runChio } from "./chio.ts";

// A reader that has seen enough (`| head`) closes the pipe: that is no failure of ours.
process.stdout.on("error", () => undefined);

// npm changes the working directory; INIT_CWD remembers the caller's.
process.exitCode = await runChio(process.argv.slice(2), {
  cwd: process.env["INIT_CWD"] ?? process.cwd(),
  stdin: process.stdin,
  out: process.stdout,
  complain: process.stderr,
});
