import { EXIT } from "./exit.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { runVerify } from "./verify.ts";

const USAGE = `usage: chio verify PATH... [--trust FILE] [--json]

  PATH      a file, a folder (read to its end) or - for standard input
  --trust   a trust file: its keys are pinned
  --json    one JSON document instead of text

exit: 0 nothing fails, 1 does not verify, 2 usage, unusable input or nothing checked
`;

/** Runs one command line and gives its exit code. Never throws for what a file holds. */
export async function runChio(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const [command, ...rest] = words;
  switch (command) {
    case "verify":
      return runVerify(rest, surroundings);
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
