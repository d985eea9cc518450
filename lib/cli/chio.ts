import { runCheck } from "./check.ts";
import { EXIT } from "./exit.ts";
import { runReceipt } from "./receipt.ts";
import { runRules } from "./rules.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { USAGE } from "./usage.ts";
import { runVerify } from "./verify.ts";

/** Runs one command line and gives its exit code. Never throws for what a file holds. */
export async function runChio(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const [command, ...rest] = words;
  switch (command) {
    case "verify":
      return runVerify(rest, surroundings);
    case "check":
      return runCheck(rest, surroundings);
    case "receipt":
      return runReceipt(rest, surroundings);
    case "rules":
      return runRules(rest, surroundings);
    case "serve": {
      // Loaded when it is asked for: the other commands start without a database and without a server.
      const { runServe } = await import("./serve.ts");
      return runServe(rest, surroundings, process.env, untilSignal());
    }
    case "help":
    case "--help":
    case "-h":
      surroundings.out.write(USAGE);
      return EXIT.nothingFails;
    default:
      if (command !== undefined) {
        surroundings.complain.write(`chio: unknown command ${safeText(command)}\n`);
      }
      surroundings.complain.write(USAGE);
      return EXIT.unusable;
  }
}

/** Resolves when the process is asked to end. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
